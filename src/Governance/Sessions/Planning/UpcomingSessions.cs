using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Home;
using Plenaria.Platform.Language;

namespace Plenaria.Sessions.Planning;

/// <summary>The sessions that were convened and have not ended, for the home page and the calendar.</summary>
internal sealed class UpcomingSessions(PlenariaDb db, Localizer texts) : IUpcoming
{
    public async Task<IReadOnlyList<UpcomingItem>> GetAsync(
        DateTimeOffset now,
        int count,
        Language reader,
        CancellationToken cancel
    ) =>
        [
            .. (
                await db.Set<Session>()
                    .AsNoTracking()
                    .Where(s => (s.State == SessionState.Convened || s.State == SessionState.Open) && s.EndsAt >= now)
                    .OrderBy(s => s.StartsAt)
                    .Take(count)
                    .ToListAsync(cancel)
            ).Select(s => new UpcomingItem(
                s.StartsAt,
                s.Zone,
                texts.Get(reader, "register.kind.session"),
                s.Title,
                s.Path,
                s.Place
            )
            {
                EndsAt = s.EndsAt,
                Button = texts.Get(reader, "sessions.see-agenda"),
            }),
        ];
}
