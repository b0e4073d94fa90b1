using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Translation;

/// <summary>Letters to those who are given texts to translate.</summary>
internal sealed class TranslationLetters(Accounts accounts, Outbox outbox, Network network, Localizer texts)
{
    /// <summary>The kind of these letters.</summary>
    public const string Kind = "translations";

    /// <exception cref="RuleViolationException">Nobody has this account any more.</exception>
    public async Task<AccountAddress> FindAsync(AccountId translator, CancellationToken cancel) =>
        await accounts.Reach([translator], cancel) is [var found]
            ? found
            : throw new RuleViolationException("tasks.unknown-person");

    /// <summary>Queues the letter that names the texts, each with its link. Saved by the caller.</summary>
    public async Task WriteAsync(
        AccountAddress to,
        IReadOnlyList<string> lines,
        Kernel.Language target,
        DateOnly? due,
        string? note,
        Uri site,
        CancellationToken cancel
    )
    {
        var name = (await accounts.Names([to.Account], cancel))[to.Account];
        var until = due is { } day
            ? texts.Get(to.Language, "translation.letter.due", ("date", PartialDate.On(day)))
            : "";
        (string, object?)[] values =
        [
            ("count", lines.Count),
            ("person", name),
            ("language", target.OwnName),
            ("texts", string.Join("\n\n", lines)),
            ("due", until),
            ("note", note ?? ""),
            ("network", (await network.Profile(cancel)).Name),
        ];
        await outbox.QueueUnlessRefused(
            new(
                to.Email,
                to.Language,
                texts.Get(to.Language, "translation.letter.subject", values),
                texts.Get(to.Language, "translation.letter.text", values)
            )
            {
                Kind = Kind,
                Excerpt = new(
                    string.Join('\n', [until, note ?? ""]),
                    new Uri(site, $"/{to.Language}/translations").ToString()
                ),
            },
            cancel
        );
    }
}
