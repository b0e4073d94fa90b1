using Microsoft.EntityFrameworkCore;
using Plenaria.Members.Offices;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Members;

/// <summary>Where somebody may change members: everywhere, or in the territory of the office they work for.</summary>
internal sealed class Territory(PlenariaDb db, Journal journal, Visitor visitor)
{
    public async Task<bool> Allows(Acting acting, string country, CancellationToken cancel)
    {
        if (!acting.May(MembersModule.Edit))
            return false;
        if (acting.May(MembersModule.Edit, Scope.Everywhere))
            return true;
        return (await db.Set<RegionalOffice>().AsNoTracking().ToListAsync(cancel)).Exists(o =>
            o.Serves(country) && acting.May(MembersModule.Edit, Scope.Of(o.Id))
        );
    }

    /// <summary>
    /// The countries for which this person holds a permission, to change members unless another is named; null for all
    /// of them.
    /// </summary>
    public async Task<IReadOnlyCollection<string>?> Of(
        Acting acting,
        CancellationToken cancel,
        string permission = MembersModule.Edit
    ) =>
        acting.May(permission, Scope.Everywhere)
            ? null
            :
            [
                .. (await db.Set<RegionalOffice>().AsNoTracking().ToListAsync(cancel))
                    .Where(o => acting.May(permission, Scope.Of(o.Id)))
                    .SelectMany(o => o.Countries)
                    .Distinct(),
            ];

    /// <summary>
    /// Lets nobody past who may not change what lies in this country. Whoever tries to change it is in the journal: it
    /// may be a mistake, and a place may be without its office.
    /// </summary>
    /// <exception cref="NotAllowed">The country is outside this person's territory.</exception>
    public async Task Demand(Acting acting, string country, string about, CancellationToken cancel)
    {
        if (await Allows(acting, country, cancel))
            return;
        if (visitor.MayChange && acting.May(MembersModule.Edit))
        {
            db.Forget();
            journal.Record(acting, "territory", "members.outside-territory", null, new { country, about });
            await db.SaveChangesAsync(cancel);
        }
        throw new NotAllowed(MembersModule.Edit);
    }
}
