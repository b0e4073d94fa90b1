using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;

namespace Plenaria.Newsletter.Subscribing;

/// <summary>Where the owner of an address agrees to what was asked for it.</summary>
[AllowAnonymous]
internal sealed class ConfirmModel(SubscriberStore subscribers, CurrentUser visitor, PageLocalizer phrases)
    : SubscriberPage(subscribers, visitor, phrases)
{
    private readonly SubscriberStore _subscribers = subscribers;

    /// <summary>What is confirmed.</summary>
    public IReadOnlyList<MailingList> Lists { get; private set; } = [];

    protected override async Task LoadAsync(string token, CancellationToken cancel)
    {
        await base.LoadAsync(token, cancel);
        if (Subscriber is not null)
            Lists = await _subscribers.ReadListsAsync(Subscriber, cancel);
    }

    public Task<IActionResult> OnPostAsync(string token, CancellationToken cancel) =>
        ActAsync(
            token,
            $"/confirm/{token}",
            (subscriber, acting) =>
                _subscribers.ConfirmAsync(
                    subscriber,
                    ClientLimits.NetworkOf(HttpContext.Connection.RemoteIpAddress),
                    acting,
                    cancel
                ),
            cancel
        );
}
