using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Home;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;

namespace Plenaria.Sessions.Consultations;

/// <summary>Until when members are asked, for the home page and the calendar.</summary>
internal sealed class UpcomingConsultations(PlenariaDb db, Localizer texts) : IUpcoming
{
    // The zone whose day ends last, and the last minute of it.
    private const string LastZone = "Etc/GMT+12";
    private static readonly TimeOnly LastMinute = new(23, 59);

    public async Task<IReadOnlyList<UpcomingItem>> GetAsync(
        DateTimeOffset now,
        int count,
        Language reader,
        CancellationToken cancel
    )
    {
        var today = DateOnly.FromDateTime(PlaceTime.In(LastZone, now).DateTime);
        return
        [
            .. (
                await db.Set<Consultation>()
                    .AsNoTracking()
                    .Where(c => c.State == ConsultationState.Open && c.Until >= today)
                    .OrderBy(c => c.Until)
                    .Take(count)
                    .ToListAsync(cancel)
            ).Select(c => new UpcomingItem(
                PlaceTime.At(LastZone, c.Until.ToDateTime(LastMinute)),
                LastZone,
                texts.Get(reader, "consultations.deadline"),
                c.Title,
                c.Path,
                null
            )
            {
                Button = texts.Get(reader, "consultations.take-part"),
            }),
        ];
    }
}
