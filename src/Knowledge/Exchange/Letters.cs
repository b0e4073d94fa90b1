using Microsoft.AspNetCore.Http;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Exchange;

/// <summary>Letters of this module: in their reader's language, with links that lead back to the house.</summary>
internal sealed class Letters(
    Outbox outbox,
    Localizer texts,
    Network network,
    SiteAddress site,
    IHttpContextAccessor http
)
{
    /// <summary>
    /// An address of the house for a letter. Without the setting it follows the request, if there is one.
    /// </summary>
    public string Link(Language reader, string path)
    {
        var house =
            site.Url
            ?? (
                http.HttpContext is { Request: { Host.HasValue: true } asked }
                    ? new Uri($"{asked.Scheme}://{asked.Host}")
                    : null
            );
        return house is null ? $"/{reader}{path}" : new Uri(house, $"/{reader}{path}").ToString();
    }

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

    /// <summary>Queues a letter unless its reader asked not to be written to; says whether it will be sent.</summary>
    /// <param name="what">The letter's name among the texts.</param>
    /// <param name="values">What it says, in this reader's language.</param>
    public async Task<bool> Send(
        AccountAddress to,
        string what,
        string? token,
        Func<Language, (string Name, object? Value)[]> values,
        CancellationToken cancel
    )
    {
        (string Name, object? Value)[] all =
        [
            ("network", (await network.Profile(cancel)).Name.For(to.Language)),
            .. values(to.Language),
        ];
        var (subject, text) = (
            texts.Get(to.Language, $"exchange.mail.{what}.subject", all),
            texts.Get(to.Language, $"exchange.mail.{what}.text", all)
        );
        // The line above which an answer is written: programs quote it, and what is below it is never taken for the
        // answer.
        if (token is not null)
        {
            var above = texts.Get(to.Language, "exchange.mail.reply-above");
            text = $"{ReplyParser.Marker} {above} {ReplyParser.Marker}\n\n{text}";
        }
        return await outbox.QueueUnlessRefused(to.Email, to.Language, subject, text, cancel, token);
    }
}
