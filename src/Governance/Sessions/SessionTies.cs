using Microsoft.EntityFrameworkCore;
using Plenaria.Members;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Ties;

namespace Plenaria.Sessions;

/// <summary>That one member held the voice of another in a session.</summary>
internal sealed class SessionTies(PlenariaDb db, IMembers members, Localizer texts) : ITies
{
    public async Task<IReadOnlyList<Tie>> Of(
        IReadOnlyCollection<TieEnd> ends,
        Language reader,
        CancellationToken cancel
    )
    {
        MemberId[] institutions = [.. ends.Select(e => e.Member).OfType<MemberId>()];
        var sessions = await db.Set<Session>()
            .AsNoTracking()
            .Where(s => s.State != SessionState.Draft && s.Seats.Any(seat => institutions.Contains(seat.Member)))
            .OrderBy(s => s.StartsAt)
            .ToListAsync(cancel);
        var proxies = sessions
            .SelectMany(s =>
                s.Log.Proxies.Select(p => (Session: s, From: new MemberId(p.From), To: new MemberId(p.To)))
            )
            .Where(p => institutions.Contains(p.From) || institutions.Contains(p.To))
            .ToList();
        var names = await members.Lines([.. proxies.SelectMany(p => new[] { p.From, p.To }).Distinct()], cancel);
        return
        [
            .. proxies
                .Where(p => names.ContainsKey(p.From) && names.ContainsKey(p.To))
                .Select(p => new Tie(
                    TieEnd.Of(p.From),
                    TieEnd.Of(p.To),
                    texts.Get(
                        reader,
                        "sessions.tie.proxy",
                        ("holder", names[p.To].Name),
                        ("member", names[p.From].Name),
                        ("session", p.Session.Title)
                    ),
                    PartialDate.On(p.Session.Day),
                    PartialDate.On(p.Session.Day),
                    p.Session.Path
                )),
        ];
    }
}
