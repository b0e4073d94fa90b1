using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Mail;
using Plenaria.Platform.Site;

namespace Plenaria.Sessions;

/// <summary>Letters about a session to the people of every member that has a seat, each in their own language. Saved by the caller.</summary>
internal sealed class SeatLetters(Accounts accounts, Outbox outbox, Texts texts, Network network)
{
    /// <param name="letter">Which of the texts <c>sessions.mail.*</c> it is.</param>
    /// <param name="page">Where it leads, below the session's address.</param>
    /// <param name="calendar">What it puts into the reader's calendar.</param>
    /// <returns>How many were written.</returns>
    public async Task<int> Write(Session session, string letter, string page, Uri host, Acting acting, CancellationToken cancel, Func<Reached, Uri, string>? calendar = null)
    {
        var (name, written) = ((await network.Profile(cancel)).Name, 0);
        foreach (var seat in session.Seats)
            foreach (var person in await accounts.Holding(Role.Member, Scope.Of(seat.Member), acting.When, cancel))
            {
                var reader = person.Language;
                var link = new Uri(host, $"/{reader}{session.Path}/{page}");
                (string, object?)[] said = [("network", name.For(reader)), ("member", seat.Name.For(reader)), ("session", session.Title.For(reader)), ("when", Convening.When(session, reader)), ("place", session.Place ?? texts.Say(reader, "sessions.remote")), ("agenda", string.Join('\n', session.Points().Where(p => p.Item.Kind == ItemKind.Common).Select(p => $"{p.Number}. {p.Item.Title.For(reader)}"))), ("link", link)];
                outbox.Queue(person.Email, reader, texts.Say(reader, $"sessions.mail.{letter}.subject", said), texts.Say(reader, $"sessions.mail.{letter}.text", said), calendar: calendar?.Invoke(person, link));
                written++;
            }
        return written;
    }
}
