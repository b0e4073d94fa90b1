using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Sessions;

/// <summary>How many letters were written, and which members have nobody whom one would reach.</summary>
internal sealed record LettersResult(int Written, IReadOnlyList<MemberId> Unreached);

/// <summary>A member that is written to, and those of its people whom a letter reaches.</summary>
/// <param name="HasPeople">Whether anybody acts for it, also when all of them asked not to be written to.</param>
internal sealed record Addressee(
    MemberId Member,
    LocalizedText Name,
    IReadOnlyList<AccountAddress> People,
    bool HasPeople
)
{
    /// <summary>How letters reach them; of all addressees of a letter the same.</summary>
    public required LetterReaders Readers { get; init; }
}

/// <summary>Letters to the people of members, each in their own language. Saved by the caller.</summary>
internal sealed class MemberLetters(Accounts accounts, Outbox outbox, Localizer texts, Network network)
{
    /// <summary>The kind of letters that the rules of a session prescribe.</summary>
    public const string SessionKind = "sessions";

    /// <summary>The kind of letters about consultations.</summary>
    public const string ConsultationKind = "consultations";

    /// <summary>Whom letters to these members reach now, in the order given.</summary>
    public async Task<IReadOnlyList<Addressee>> FindAddresseesAsync(
        IEnumerable<(MemberId Member, LocalizedText Name)> members,
        DateTimeOffset at,
        CancellationToken cancel,
        string kind = SessionKind
    )
    {
        var all = members.ToList();
        var people = await accounts.FindHoldersAsync(Role.Member, [.. all.Select(m => m.Member)], at, cancel);
        var readers = await outbox.FindReadersAsync(kind, people.SelectMany(p => p).Select(p => p.Email), cancel);
        return
        [
            .. all.Select(m => new Addressee(
                m.Member,
                m.Name,
                [.. people[m.Member].Where(p => readers.Reaches(p.Email))],
                people[m.Member].Any()
            )
            {
                Readers = readers,
            }),
        ];
    }

    /// <summary>Those of these members that have no delegate now: nobody can vote for them.</summary>
    public async Task<IReadOnlyList<Addressee>> FindWithoutDelegateAsync(
        IEnumerable<Addressee> members,
        DateTimeOffset at,
        CancellationToken cancel
    )
    {
        var all = members.ToList();
        var delegates = await accounts.FindHoldersAsync(Role.Delegate, [.. all.Select(m => m.Member)], at, cancel);
        return all.FindAll(m => !delegates.Contains(m.Member));
    }

    /// <param name="to">Found before the transaction in which they are written to: while somebody writes on SQLite,
    /// all others wait.</param>
    /// <param name="letter">Texts <c>{letter}.subject</c> and <c>{letter}.text</c>.</param>
    /// <param name="said">What the texts name, beside the network and the member.</param>
    /// <param name="calendar">What it puts into the reader's calendar.</param>
    public async Task<LettersResult> Write(
        IReadOnlyList<Addressee> to,
        string letter,
        Func<Language, IEnumerable<(string, object?)>> said,
        CancellationToken cancel,
        Func<AccountAddress, string>? calendar = null
    )
    {
        var (house, written, unreached) = ((await network.Profile(cancel)).Name, 0, new List<MemberId>());
        foreach (var addressee in to)
        {
            var (member, name, people, _) = addressee;
            var before = written;
            foreach (var person in people)
            {
                var reader = person.Language;
                (string, object?)[] all =
                [
                    ("network", house.For(reader)),
                    ("member", name.For(reader)),
                    .. said(reader),
                ];
                var (subject, text) = (
                    texts.Get(reader, $"{letter}.subject", all),
                    texts.Get(reader, $"{letter}.text", all)
                );
                outbox.Queue(
                    new(person.Email, reader, subject, text) { Calendar = calendar?.Invoke(person) },
                    addressee.Readers
                );
                written++;
            }
            // Nobody there, or all of them asked not to be written to.
            if (written == before)
                unreached.Add(member);
        }
        return new(written, unreached);
    }

    /// <summary>To the people of every member that has a seat in a session.</summary>
    /// <param name="letter">Which of the texts <c>sessions.mail.*</c> it is.</param>
    /// <param name="page">Where it leads, below the session's address.</param>
    public async Task<LettersResult> Write(
        Session session,
        string letter,
        string page,
        Uri host,
        OperationContext acting,
        CancellationToken cancel,
        Func<AccountAddress, Uri, string>? calendar = null
    )
    {
        Uri Link(Language reader) => new(host, $"/{reader}{session.Path}/{page}");
        return await Write(
            await FindAddresseesAsync(session.Seats.Select(s => (s.Member, s.Name)), acting.At, cancel),
            $"sessions.mail.{letter}",
            reader =>
                [
                    ("session", session.Title.For(reader)),
                    ("when", Convening.When(session, reader)),
                    ("place", session.Place ?? texts.Get(reader, "sessions.remote")),
                    (
                        "agenda",
                        string.Join(
                            '\n',
                            session
                                .Points()
                                .Where(p => p.Item.Kind == ItemKind.Common)
                                .Select(p => $"{p.Number}. {p.Item.Title.For(reader)}")
                        )
                    ),
                    ("link", Link(reader)),
                ],
            cancel,
            calendar is null ? null : person => calendar(person, Link(person.Language))
        );
    }
}
