using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Instruments;
using Plenaria.Platform.Panels;

namespace Plenaria.Members.Offices;

/// <summary>
/// A regional office, as an instrument of the plan: the actions bound to it are its slice of the plan, and stand on its
/// page.
/// </summary>
internal sealed class OfficeInstruments(PlenariaDb db, MemberStore members) : IInstruments
{
    public string Kind => "regional-office";

    public string? FindKey(Slot page) => page.Page == Slot.OfficePage ? page.Subject : null;

    public async Task<IReadOnlyList<Instrument>> Offer(Language reader, CancellationToken cancel) =>
        [
            .. (await db.Set<RegionalOffice>().AsNoTracking().OrderBy(o => o.Slug).ToListAsync(cancel)).Select(
                o => new Instrument(o.Id.ToString(), o.Name.For(reader))
            ),
        ];

    public async Task<IReadOnlyList<Indicator>> Measure(string key, Period period, CancellationToken cancel)
    {
        if (!Guid.TryParse(key, out var value))
            return [];
        var id = new OfficeId(value);
        if (
            await db.Set<RegionalOffice>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, cancel)
            is not { } office
        )
            return [];
        var count = await members.Count(new(From: period.First, To: period.Last, Within: office.Countries), cancel);
        var days = string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"from={period.First:yyyy-MM-dd}&to={period.Last:yyyy-MM-dd}"
        );
        return [new("members.count", count, $"/members?place=office:{office.Slug}&{days}")];
    }
}
