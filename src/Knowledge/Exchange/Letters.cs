using Plenaria.Comments;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Exchange;

/// <summary>Letters of this module: in their reader's language, with links that lead back to the house.</summary>
internal sealed class Letters(Outbox outbox, Localizer texts, Network network, LetterLinks links)
{
    public string Link(Language reader, string path) => links.Write(reader, path);

    /// <summary>The kind of letters about questions, to the network, to an office and between members.</summary>
    public const string QuestionKind = "questions";

    /// <summary>The kind of letters that ask for contributions.</summary>
    public const string ContributionKind = "contributions";

    /// <summary>Queues a letter that asks for a contribution. Saved by the caller.</summary>
    public async Task AskAsync(
        AccountAddress to,
        LetterReaders readers,
        string what,
        Func<Language, (string Name, object? Value)[]> values,
        CancellationToken cancel
    )
    {
        (string Name, object? Value)[] all =
        [
            ("network", (await network.Profile(cancel)).Name.For(to.Language)),
            .. values(to.Language),
        ];
        outbox.Queue(
            new(
                to.Email,
                to.Language,
                texts.Get(to.Language, $"exchange.mail.{what}.subject", all),
                texts.Get(to.Language, $"exchange.mail.{what}.text", all)
            ),
            readers
        );
    }

    /// <summary>
    /// How these people get letters that ask for contributions: where many are written to, asked of all at once.
    /// </summary>
    public Task<LetterReaders> FindReadersAsync(IEnumerable<AccountAddress> people, CancellationToken cancel) =>
        outbox.FindReadersAsync(ContributionKind, people.Select(p => p.Email), cancel);
}
