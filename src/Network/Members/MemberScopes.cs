using Microsoft.EntityFrameworkCore;
using Plenaria.Members.Offices;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Members;

/// <summary>Regional offices, as the places where a regional role holds.</summary>
internal sealed class OfficeScopes(PlenariaDb db) : IScopeSource
{
    public IReadOnlyList<Role> Roles { get; } = [Role.Regional, Role.Editor];

    public async Task<IReadOnlyList<(Scope Scope, string Name)>> Offer(Language reader, CancellationToken cancel) =>
        [
            .. (await db.Set<RegionalOffice>().AsNoTracking().OrderBy(o => o.Slug).ToListAsync(cancel)).Select(o =>
                (Scope.Of(o.Id), o.Name.For(reader))
            ),
        ];
}

/// <summary>Members, as those in whose name a person acts.</summary>
internal sealed class MemberScopes(PlenariaDb db) : IScopeSource
{
    public IReadOnlyList<Role> Roles { get; } = [Role.Member];

    public async Task<IReadOnlyList<(Scope Scope, string Name)>> Offer(Language reader, CancellationToken cancel) =>
        [
            .. (
                await db.Set<Member>()
                    .AsNoTracking()
                    .Where(m => m.Status == MemberStatus.Member)
                    .OrderBy(m => m.Slug)
                    .Select(m => new { m.Id, m.Name })
                    .ToListAsync(cancel)
            ).Select(m => (Scope.Of(m.Id), m.Name.For(reader))),
        ];
}
