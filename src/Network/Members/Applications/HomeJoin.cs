using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Home;

namespace Plenaria.Members.Applications;

/// <summary>How an institution joins, in three steps on the home page.</summary>
internal sealed class HomeJoin(PlenariaDb db) : IHomePageBlock
{
    public const int Steps = 3;

    // A network that has no member yet has not opened.
    public async Task<object?> GetModelAsync(Language reader, CancellationToken cancel) =>
        await db.Set<MemberCount>().AnyAsync(c => c.Count > 0, cancel) ? Steps : null;
}
