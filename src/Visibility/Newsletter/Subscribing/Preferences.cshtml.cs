using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Thesaurus;

namespace Plenaria.Newsletter.Subscribing;

/// <summary>What a subscriber receives, and what is kept of them: theirs to change, take along and delete.</summary>
[AllowAnonymous]
internal sealed class PreferencesModel(
    SubscriberStore subscribers,
    ListStore mailingLists,
    ThesaurusService thesaurus,
    CurrentUser visitor,
    PageLocalizer phrases
) : SubscriberPage(subscribers, visitor, phrases)
{
    private readonly SubscriberStore _subscribers = subscribers;

    /// <summary>Those that can be chosen.</summary>
    public IReadOnlyList<MailingList> Lists { get; private set; } = [];

    public Vocabulary Terms { get; private set; } = null!;

    [BindProperty(SupportsGet = true)]
    public bool Saved { get; set; }

    public IReadOnlyList<Guid> Chosen => [.. Subscriber!.Subscriptions.Select(s => s.List)];

    protected override async Task LoadAsync(string token, CancellationToken cancel)
    {
        await base.LoadAsync(token, cancel);
        Terms = await thesaurus.Read(cancel);
        Lists = await mailingLists.ReadPublicAsync(cancel);
    }

    public async Task<IActionResult> OnPostAsync(
        string token,
        List<Guid> lists,
        string? language,
        string? region,
        List<string> themes,
        CancellationToken cancel
    ) =>
        ReaderChoices.Read(language, region, themes, await thesaurus.Read(cancel)) is { } choices
            ? await ActAsync(
                token,
                $"/preferences/{token}?saved=true",
                (subscriber, acting) => _subscribers.ChooseAsync(subscriber, choices, lists, acting, cancel),
                cancel
            )
            : BadRequest();

    public Task<IActionResult> OnPostEraseAsync(string token, CancellationToken cancel) =>
        ActAsync(
            token,
            "/subscribe?erased=true",
            (subscriber, acting) => _subscribers.EraseAsync(subscriber, acting, cancel),
            cancel
        );
}
