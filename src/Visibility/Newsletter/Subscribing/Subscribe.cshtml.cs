using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;
using Plenaria.Thesaurus;

namespace Plenaria.Newsletter.Subscribing;

/// <summary>Where anybody asks for newsletters; nothing is sent before the mailed link was used.</summary>
[AllowAnonymous]
internal sealed class SubscribeModel(
    SubscriberStore subscribers,
    ListStore mailingLists,
    ThesaurusService thesaurus,
    ClientLimits limits,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public IReadOnlyList<MailingList> Lists { get; private set; } = [];
    public List<Guid> Chosen { get; private set; } = [];
    public Vocabulary Terms { get; private set; } = null!;
    public ReaderChoices Choices { get; private set; } = new(phrases.Language, null, []);

    [BindProperty(SupportsGet = true)]
    public bool Sent { get; set; }

    /// <summary>Whoever comes from deleting what was kept of them.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Erased { get; set; }

    [
        BindProperty,
        Required(ErrorMessage = "access.email-missing"),
        EmailAddress(ErrorMessage = "access.not-an-address"),
        StringLength(Subscriber.EmailMaxLength)
    ]
    public string? Email { get; set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        await RerenderAsync(cancel);
        // Who looks for the newsletter of a network that has one list means this one.
        if (Lists.Count == 1)
            Chosen = [Lists[0].Id];
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        Terms = await thesaurus.Read(cancel);
        Lists = await mailingLists.ReadPublicAsync(cancel);
    }

    /// <param name="website">A field nobody sees: what fills it in is a program.</param>
    public async Task<IActionResult> OnPostAsync(
        List<Guid> lists,
        string? language,
        string? region,
        List<string> themes,
        string? website,
        CancellationToken cancel
    )
    {
        await RerenderAsync(cancel);
        (Chosen, Choices) = (lists, ReaderChoices.Read(language, region, themes, Terms) ?? Choices);
        if (!Accounts.IsAddress(Accounts.Normal(Email!)))
            throw new RuleViolationException("access.not-an-address", ("email", Email));
        if (!visitor.IsSignedIn)
            limits.CountAsk(HttpContext, "newsletter");
        Guid[] known = [.. Lists.Select(l => l.Id).Where(lists.Contains)];
        if (known.Length == 0)
            throw new RuleViolationException("newsletter.choose-list");
        if (string.IsNullOrEmpty(website))
        {
            limits.CountLetter(Email!);
            await subscribers.AskAsync(
                new(
                    Email!,
                    Choices,
                    known,
                    ClientLimits.NetworkOf(HttpContext.Connection.RemoteIpAddress),
                    phrases["newsletter.consent"]
                ),
                this.Site(),
                visitor.Acting(),
                cancel
            );
        }
        return Redirect($"/{phrases.Language}/newsletter/subscribe?sent=true");
    }
}
