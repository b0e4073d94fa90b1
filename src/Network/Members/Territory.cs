using Microsoft.EntityFrameworkCore;
using Plenaria.Members.Offices;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Members;

/// <summary>Where somebody may change members: everywhere, or in the territory of the office they work for.</summary>
internal sealed class Territory(PlenariaDb db, Journal journal, CurrentUser visitor)
{
    public async Task<bool> Allows(OperationContext acting, string country, CancellationToken cancel)
    {
        if (!acting.Can(MembersModule.Edit))
            return false;
        if (acting.Can(MembersModule.Edit, Scope.Everywhere))
            return true;
        return (await db.Set<RegionalOffice>().AsNoTracking().ToListAsync(cancel)).Exists(o =>
            o.Serves(country) && acting.Can(MembersModule.Edit, Scope.Of(o.Id))
        );
    }

    /// <summary>
    /// The countries for which this person holds a permission, to change members unless another is named; null for all
    /// of them.
    /// </summary>
    public async Task<IReadOnlyCollection<string>?> Of(
        OperationContext acting,
        CancellationToken cancel,
        string permission = MembersModule.Edit
    ) =>
        acting.Can(permission, Scope.Everywhere)
            ? null
            :
            [
                .. (await db.Set<RegionalOffice>().AsNoTracking().ToListAsync(cancel))
                    .Where(o => acting.Can(permission, Scope.Of(o.Id)))
                    .SelectMany(o => o.Countries)
                    .Distinct(),
            ];

    /// <summary>
    /// Lets nobody past who may not change what lies in this country. Whoever tries to change it is in the journal: it
    /// may be a mistake, and a place may be without its office.
    /// </summary>
    /// <exception cref="ForbiddenException">The country is outside this person's territory.</exception>
    public async Task Demand(OperationContext acting, string country, string about, CancellationToken cancel)
    {
        if (await Allows(acting, country, cancel))
            return;
        if (visitor.MayChange && acting.Can(MembersModule.Edit))
        {
            db.ClearTracking();
            journal.Append(acting, "territory", "members.outside-territory", null, new { country, about });
            await db.SaveChangesAsync(cancel);
        }
        throw new ForbiddenException(MembersModule.Edit);
    }
}
