using Plenaria.Correspondence;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Newsletter.Subscribing;

/// <summary>What is mailed to an address for which newsletters were asked.</summary>
internal sealed class SubscriptionLetters(Outbox outbox, Localizer texts, Network network)
{
    /// <summary>Queues the letter with the link to a page of theirs; saved by the caller.</summary>
    /// <param name="page"><c>confirm</c> or <c>preferences</c>.</param>
    public async Task QueueAsync(
        string page,
        string email,
        Language language,
        string token,
        Uri site,
        CancellationToken cancel
    ) =>
        outbox.QueueRequested(
            email,
            language,
            texts.Get(language, $"newsletter.letter.{page}.subject"),
            texts.Get(
                language,
                $"newsletter.letter.{page}",
                ("network", (await network.Profile(cancel)).Name),
                ("link", new Uri(site, $"/{language}/newsletter/{page}/{token}")),
                ("days", SubscriberStore.UnconfirmedDays)
            )
        );
}
