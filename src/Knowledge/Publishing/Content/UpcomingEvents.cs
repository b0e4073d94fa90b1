using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Home;
using Plenaria.Platform.Language;

namespace Plenaria.Publishing.Content;

/// <summary>The events of the calendar that are to come, for the home page.</summary>
internal sealed class UpcomingEvents(PlenariaDb db, Localizer texts) : IUpcoming
{
    public async Task<IReadOnlyList<UpcomingItem>> GetAsync(
        DateTimeOffset now,
        int count,
        Language reader,
        CancellationToken cancel
    ) =>
        [
            .. (await CalendarModel.Coming(db, now).Take(count).ToListAsync(cancel)).Select(i => new UpcomingItem(
                i.StartsAt!.Value,
                i.Zone ?? "UTC",
                texts.Get(reader, $"register.kind.{i.RegisterKind}"),
                i.Title,
                i.Path,
                i.City
            )),
        ];
}
