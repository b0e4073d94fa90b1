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

    /// <summary>Queues a letter that answers what its reader did a moment ago.</summary>
    public async Task Answer(
        AccountAddress to,
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
        outbox.QueueRequested(
            to.Email,
            to.Language,
            texts.Get(to.Language, $"exchange.mail.{what}.subject", all),
            texts.Get(to.Language, $"exchange.mail.{what}.text", all)
        );
    }

    /// <summary>
    /// Those who did not ask not to be written to on the network's initiative: where many are written to, asked of all
    /// at once, and then written to with <see cref="Answer"/>.
    /// </summary>
    public async Task<IReadOnlySet<AccountId>> FindReachedAsync(
        IReadOnlyCollection<AccountAddress> people,
        CancellationToken cancel
    )
    {
        var refusing = await outbox.FindRefusingAsync(people.Select(p => p.Email), cancel);
        return people.Where(p => !refusing.Contains(Accounts.Normal(p.Email))).Select(p => p.Account).ToHashSet();
    }
}
