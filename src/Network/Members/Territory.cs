using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Members;

/// <summary>Where somebody may change members: everywhere, or in the territory of the office they work for.</summary>
internal sealed class Territory(PlenariaDb db)
{
    public async Task<bool> Allows(Acting acting, string region, CancellationToken cancel)
    {
        if (!acting.May(MembersModule.Edit))
            return false;
        if (acting.May(MembersModule.Edit, Scope.Everywhere))
            return true;
        return (await db.Set<RegionalOffice>().AsNoTracking().ToListAsync(cancel)).Exists(o => o.Serves(region) && acting.May(MembersModule.Edit, Scope.Of(o.Id)));
    }

    /// <exception cref="NotAllowed">The region is outside this person's territory.</exception>
    public async Task Demand(Acting acting, string region, CancellationToken cancel)
    {
        if (!await Allows(acting, region, cancel))
            throw new NotAllowed(MembersModule.Edit);
    }
}
