using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Newsletter.Subscribing;

/// <summary>
/// A page behind a link that was mailed to a subscriber. Opening it changes nothing, since programs that check mail
/// open every link; its button does.
/// </summary>
internal abstract class SubscriberPage(SubscriberStore subscribers, CurrentUser visitor, PageLocalizer phrases)
    : PageModel,
        IRerenderable
{
    /// <summary>What stands in the links of test letters in place of a subscriber's secret.</summary>
    public const string TestToken = "test";

    /// <summary>The link stands in a test letter: it is nobody's, and does nothing.</summary>
    public bool IsTest { get; private set; }

    /// <summary>Whose link it is; null when it is nobody's any more.</summary>
    public Subscriber? Subscriber { get; private set; }

    public async Task OnGetAsync(string token, CancellationToken cancel) => await LoadAsync(token, cancel);

    public Task RerenderAsync(CancellationToken cancel) => LoadAsync((string)RouteData.Values["token"]!, cancel);

    /// <summary>Does something for the subscriber and shows the page of that name.</summary>
    protected async Task<IActionResult> ActAsync(
        string token,
        string page,
        Func<Subscriber, OperationContext, Task> act,
        CancellationToken cancel
    )
    {
        await LoadAsync(token, cancel);
        if (IsTest)
            return Page();
        if (Subscriber is null)
            return NotFound();
        await act(Subscriber, visitor.Acting());
        return Redirect($"/{phrases.Language}/newsletter{page}");
    }

    protected virtual async Task LoadAsync(string token, CancellationToken cancel)
    {
        // An address with a secret in it is told to no other site.
        Response.Headers["Referrer-Policy"] = "no-referrer";
        IsTest = token == TestToken;
        if (IsTest)
            return;
        Subscriber = await subscribers.FindAsync(token, cancel);
        if (Subscriber is null)
            Response.StatusCode = 404;
    }
}
