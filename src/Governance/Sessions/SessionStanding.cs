using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Standing;

namespace Plenaria.Sessions;

/// <summary>That a member attended the last plenary, itself or by whoever held its voice.</summary>
internal sealed class SessionStanding(PlenariaDb db, Localizer texts) : IStanding
{
    public async Task<IReadOnlyList<Duty>> Of(MemberId member, Language reader, CancellationToken cancel)
    {
        var last = await db.Set<Session>()
            .AsNoTracking()
            .Where(s =>
                s.BodyKind == NetworkBodies.Plenary
                && s.State == SessionState.Ended
                && s.Seats.Any(seat => seat.Member == member && !seat.IsObserver)
            )
            .OrderByDescending(s => s.StartsAt)
            .FirstOrDefaultAsync(cancel);
        if (last is null)
            return [];
        var attended =
            last.Log.Attendance.Exists(p => p.Member == member.Value)
            || last.Log.Proxies.Exists(p => p.From == member.Value);
        return
        [
            new(
                texts.Get(reader, "sessions.duty", ("session", last.Title)),
                texts.Get(reader, "sessions.duty.help"),
                attended,
                attended ? PartialDate.On(last.Day) : null,
                last.Path
            ),
        ];
    }
}
