using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Sessions.Papers;

namespace Plenaria.Sessions;

/// <summary>Whom a notice would reach, and what it would go out with.</summary>
/// <param name="Addressees">Every member that would have a seat, also those that nobody can be written to for.</param>
/// <param name="WithoutDelegate">Those of them that it reaches and nobody can vote for.</param>
internal sealed record NoticePreview(
    IReadOnlyList<Addressee> Addressees,
    IReadOnlyList<Addressee> WithoutDelegate,
    int Documents
)
{
    public int Letters => Addressees.Sum(a => a.People.Count);
}

/// <summary>
/// Sends the notice: the roll is frozen, the session is public, and every member's people are written to.
/// </summary>
internal sealed class Convening(
    PlenariaDb db,
    SessionStore sessions,
    Journal journal,
    MemberLetters mailer,
    MailOptions mail,
    DocumentStore papers
)
{
    /// <summary>What <see cref="Send"/> would do now. Changes nothing.</summary>
    public async Task<NoticePreview> PreviewAsync(Session session, DateTimeOffset at, CancellationToken cancel)
    {
        var seated = session.Seats.Select(s => (s.Member, s.Name));
        var unseated = (await sessions.FindUnseatedAsync(session, cancel)).Select(m => (m.Id, m.Name));
        var addressees = await mailer.FindAddresseesAsync(seated.Concat(unseated), at, cancel);
        var observers = session.Seats.Where(s => s.IsObserver).Select(s => s.Member).ToHashSet();
        var voting = addressees.Where(a => a.People.Count > 0 && !observers.Contains(a.Member));
        return new(
            addressees,
            await mailer.FindWithoutDelegateAsync(voting, at, cancel),
            (await papers.Of(session, cancel)).Select(d => d.Number).Distinct().Count()
        );
    }

    /// <param name="host">The address its links are built on.</param>
    public async Task Send(Session session, Uri host, OperationContext acting, CancellationToken cancel)
    {
        acting.RequireLead(session.Body);
        await sessions.SeatBodyAsync(session, cancel);
        session.Convene(acting.At);
        var letters = await Write(session, "notice", Invitation.Request, host, acting, cancel);
        // A notice that nobody gets calls nobody together.
        if (letters.Written == 0)
            throw new RuleViolationException("sessions.notice-reaches-nobody", ("members", session.Seats.Count));
        (session.LettersSent, session.Unreached) = (letters.Written, [.. letters.Unreached]);
        var documents = await papers.Open(session, cancel);
        await sessions.Publish(session, cancel);
        // Proof of the notice: when, to how many, on which roll and agenda.
        journal.Append(
            acting,
            session.Stream,
            "sessions.convened",
            session.Reference,
            new
            {
                title = session.Title.ToString(),
                starts = session.StartsAt.UtcDateTime.ToString("O"),
                notice = session.NoticeDays,
                letters = letters.Written,
                unreached = Ids(letters.Unreached),
                seats = session
                    .Seats.OrderBy(s => s.Member.Value)
                    .Select(s => new
                    {
                        member = s.Member.ToString(),
                        s.Weight,
                        s.Class,
                    }),
                agenda = session.Points().Select(p => $"{p.Number} {p.Item.Title}"),
                documents,
            }
        );
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Tells the members what has changed since the notice; their calendars take the new time over.</summary>
    public async Task Tell(Session session, Uri host, OperationContext acting, CancellationToken cancel)
    {
        acting.RequireLead(session.Body);
        if (session is not { State: SessionState.Convened, IsUntold: true })
            throw new RuleViolationException("sessions.nothing-to-tell");
        (session.Sequence, session.IsUntold) = (session.Sequence + 1, false);
        var written = await WriteAgain(session, "changed", Invitation.Request, host, acting, cancel);
        journal.Append(
            acting,
            session.Stream,
            "sessions.change-told",
            session.Reference,
            new
            {
                sequence = session.Sequence,
                letters = written.Written,
                unreached = Ids(written.Unreached),
                starts = session.StartsAt.UtcDateTime.ToString("O"),
                agenda = session.Points().Select(p => $"{p.Number} {p.Item.Title}"),
            }
        );
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Calls the session off: it stays readable, and leaves the members' calendars.</summary>
    public async Task Cancel(Session session, Uri host, OperationContext acting, CancellationToken cancel)
    {
        acting.RequireLead(session.Body);
        if (session.FindCancelObstacle() is { } obstacle)
            throw obstacle;
        (session.State, session.Sequence, session.IsUntold) = (SessionState.Cancelled, session.Sequence + 1, false);
        var written = await WriteAgain(session, "cancelled", Invitation.Cancel, host, acting, cancel);
        await sessions.Publish(session, cancel);
        journal.Append(
            acting,
            session.Stream,
            "sessions.cancelled",
            session.Reference,
            new
            {
                sequence = session.Sequence,
                letters = written.Written,
                unreached = Ids(written.Unreached),
            }
        );
        await db.SaveChangesAsync(cancel);
    }

    private async Task<LettersResult> WriteAgain(
        Session session,
        string letter,
        string method,
        Uri host,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var letters = await Write(session, letter, method, host, acting, cancel);
        session.Unreached = [.. letters.Unreached];
        return letters;
    }

    private static IEnumerable<string> Ids(IReadOnlyList<MemberId> members) =>
        members.Select(m => m.ToString()).Order(StringComparer.Ordinal);

    private Task<LettersResult> Write(
        Session session,
        string letter,
        string method,
        Uri host,
        OperationContext acting,
        CancellationToken cancel
    ) =>
        mailer.Write(
            session,
            letter,
            "seat",
            host,
            acting,
            cancel,
            (person, link) => Invitation.Of(session, method, mail.From, person.Email, link, person.Language, acting.At)
        );

    /// <summary>Day and hours by the clocks of the place, with their zone.</summary>
    public static string When(Session session, Language reader) =>
        $"{PartialDate.On(session.Day).For(reader)}, {session.Starts.ToString("t", reader.Culture)}–{session.Ends.ToString("t", reader.Culture)} ({session.Zone})";
}
