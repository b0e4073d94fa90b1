using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Mail;
using Plenaria.Platform.Site;

namespace Plenaria.Sessions;

/// <summary>Sends the notice: the roll is frozen, the session is public, and every member's people are written to.</summary>
internal sealed class Convening(PlenariaDb db, SessionStore sessions, Journal journal, Accounts accounts, Outbox outbox, Texts texts, Network network)
{
    /// <param name="host">The address its links are built on.</param>
    public async Task Send(Session session, Uri host, Acting acting, CancellationToken cancel)
    {
        acting.Demand(SessionsModule.Prepare);
        if (session.Body == BodyKind.Plenary)
            await sessions.SeatAll(session, cancel);
        session.Convene(acting.When);
        var name = (await network.Profile(cancel)).Name;
        var letters = 0;
        foreach (var seat in session.Seats)
            foreach (var person in await accounts.Holding(Role.Member, Scope.Of(seat.Member), acting.When, cancel))
            {
                var reader = person.Language;
                (string, object?)[] said = [("network", name.For(reader)), ("member", seat.Name.For(reader)), ("session", session.Title.For(reader)), ("when", When(session, reader)), ("place", session.Place ?? texts.Say(reader, "sessions.remote")), ("agenda", string.Join('\n', session.Points().Where(p => p.Item.Kind == ItemKind.Common).Select(p => $"{p.Number}. {p.Item.Title.For(reader)}"))), ("link", new Uri(host, $"/{reader}{session.Path}/seat"))];
                outbox.Queue(person.Email, reader, texts.Say(reader, "sessions.mail.notice.subject", said), texts.Say(reader, "sessions.mail.notice.text", said));
                letters++;
            }
        session.LettersSent = letters;
        await sessions.Publish(session, cancel);
        // Proof of the notice: when, to how many, on which roll and agenda.
        journal.Record(acting, session.Stream, "sessions.convened", session.Reference, new
        {
            title = session.Title.ToString(), starts = session.StartsAt.UtcDateTime.ToString("O"), notice = session.NoticeDays, letters,
            seats = session.Seats.OrderBy(s => s.Member.Value).Select(s => new { member = s.Member.ToString(), s.Weight, s.Class }), agenda = session.Points().Select(p => $"{p.Number} {p.Item.Title}"),
        });
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Day and hours by the clocks of the place, with their zone.</summary>
    public static string When(Session session, Language reader) =>
        $"{PartialDate.On(session.Day).For(reader)}, {session.Starts.ToString("t", reader.Culture)}–{session.Ends.ToString("t", reader.Culture)} ({session.Zone})";
}
