using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Newsletter.Issues;

internal static class IssueWords
{
    /// <summary>How far an issue is; what waits for its moment is scheduled.</summary>
    public static string StateOf(this PageLocalizer texts, Issue issue, DateTimeOffset now) =>
        issue.State == IssueState.Sent && issue.NotBefore > now
            ? texts["newsletter.state.scheduled"]
            : texts.Name("newsletter.state", issue.State);
}

/// <summary>A page on which an issue is written or sent.</summary>
internal abstract class IssuePage(IssueStore issues, CurrentUser visitor, PageLocalizer phrases)
    : PageModel,
        IRerenderable
{
    protected IssueStore Issues => issues;
    protected CurrentUser Visitor => visitor;
    protected PageLocalizer Phrases => phrases;

    public Issue Issue { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int number, CancellationToken cancel)
    {
        if (!await FindAsync(number, cancel))
            return NotFound();
        await ShowAsync(cancel);
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        await FindAsync(int.Parse((string)RouteData.Values["number"]!, Language.English.Culture), cancel);
        await ShowAsync(cancel);
    }

    protected async Task<bool> FindAsync(int number, CancellationToken cancel)
    {
        if (await issues.FindAsync(number, cancel) is not { } found)
            return false;
        Issue = found;
        return true;
    }

    /// <summary>Reads what the page shows of the issue.</summary>
    protected abstract Task ShowAsync(CancellationToken cancel);

    /// <summary>Does something to the issue and shows it.</summary>
    protected async Task<IActionResult> ActAsync(int number, Func<OperationContext, Task> act, CancellationToken cancel)
    {
        if (!await FindAsync(number, cancel))
            return NotFound();
        await act(visitor.Acting());
        return Redirect($"/{phrases.Language}{Issue.DeskPath}");
    }
}
