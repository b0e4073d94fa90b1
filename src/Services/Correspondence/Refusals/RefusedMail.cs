using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;

namespace Plenaria.Correspondence;

/// <summary>Says which domains refuse letters, for modules that know who has an address there.</summary>
public sealed class RefusedMail(PlenariaDb db)
{
    private const int Most = 100;

    /// <summary>
    /// Those that refuse now, in lower case, with what their servers answered last; the hundred that did so first.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancel) =>
        await db.Set<RefusingDomain>()
            .AsNoTracking()
            .OrderBy(d => d.Since)
            .ThenBy(d => d.Domain)
            .Take(Most)
            .ToDictionaryAsync(d => d.Domain, d => d.Answer, cancel);
}
