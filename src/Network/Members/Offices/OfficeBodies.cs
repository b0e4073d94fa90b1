using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Bodies;
using Plenaria.Platform.Data;

namespace Plenaria.Members.Offices;

/// <summary>Each regional office as a body that meets: the members of its territory.</summary>
internal sealed class OfficeBodies(PlenariaDb db) : IBodies
{
    public const string Kind = "Office";

    public async Task<IReadOnlyList<Body>> ListAsync(BodyKind kind, CancellationToken cancel) =>
        [
            .. (
                await db.Set<RegionalOffice>()
                    .AsNoTracking()
                    .Where(o => o.Stage != OfficeStage.Closed)
                    .OrderBy(o => o.Slug)
                    .ToListAsync(cancel)
            ).Select(Of),
        ];

    public async Task<Body?> FindAsync(BodyKey key, CancellationToken cancel) =>
        // Sessions held before each office was a body of its own name none.
        key.IsOfNetwork
            ? new(key, LocalizedText.Empty)
        : await OfficeAsync(key, cancel) is { } office ? Of(office)
        : null;

    public async Task<IReadOnlyCollection<MemberId>> MembersAsync(BodyKey key, CancellationToken cancel) =>
        await OfficeAsync(key, cancel) is { } office
            ? await db.Set<Member>()
                .Where(m => m.Status == MemberStatus.Member && office.Countries.Contains(m.Country))
                .Select(m => m.Id)
                .ToListAsync(cancel)
            : [];

    private Task<RegionalOffice?> OfficeAsync(BodyKey key, CancellationToken cancel)
    {
        var id = new OfficeId(key.Id);
        return db.Set<RegionalOffice>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, cancel);
    }

    private static Body Of(RegionalOffice office) =>
        new(new(Kind, office.Id.Value), office.Name) { Path = office.Path };
}
