using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;

namespace Plenaria.Newsletter.Subscribing;

/// <summary>
/// Ends all letters to an address. The mail program of a subscriber posts here by itself, without cookie or token of
/// the page (RFC 8058): the secret in the address is what allows it.
/// </summary>
[AllowAnonymous, IgnoreAntiforgeryToken]
internal sealed class UnsubscribeModel(SubscriberStore subscribers, CurrentUser visitor, PageLocalizer phrases)
    : SubscriberPage(subscribers, visitor, phrases)
{
    private readonly SubscriberStore _subscribers = subscribers;

    public Task<IActionResult> OnPostAsync(string token, CancellationToken cancel) =>
        ActAsync(
            token,
            $"/unsubscribe/{token}",
            (subscriber, acting) => _subscribers.UnsubscribeAsync(subscriber, acting, cancel),
            cancel
        );
}
