using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Confirmation;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Sessions.Planning;

/// <summary>What the pages share that ask before something is done with a session while it is planned.</summary>
internal abstract class PlanningConfirmationModel(SessionStore sessions, CurrentUser visitor, PageLocalizer texts)
    : PageModel,
        IRerenderable
{
    protected CurrentUser Visitor => visitor;
    protected PageLocalizer Texts => texts;

    public Session Session { get; private set; } = null!;
    public ConfirmationView Confirmation { get; private set; } = null!;
    public object? Stored => Confirmation.Seen;

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel) =>
        await LoadAsync(reference, cancel) ? Page() : NotFound();

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await LoadAsync((string)RouteData.Values["reference"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    /// <summary>Does it as it was read, and goes on to <paramref name="next"/>, without the language.</summary>
    protected async Task<IActionResult> ActAsync(
        string reference,
        string? version,
        Func<OperationContext, Task> act,
        Func<string> next,
        CancellationToken cancel
    )
    {
        if (!await FindAsync(reference, cancel))
            return NotFound();
        if (version != await SeenAsync(cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
        await act(visitor.Acting());
        return Redirect($"/{texts.Language}{next()}");
    }

    /// <summary>The state that the page is about.</summary>
    protected virtual Task<string> SeenAsync(CancellationToken cancel) => Task.FromResult($"{Session.Version}");

    protected abstract Task<ConfirmationView> DescribeAsync(CancellationToken cancel);

    private async Task<bool> LoadAsync(string reference, CancellationToken cancel)
    {
        if (!await FindAsync(reference, cancel))
            return false;
        Confirmation = await DescribeAsync(cancel);
        return true;
    }

    private async Task<bool> FindAsync(string reference, CancellationToken cancel)
    {
        if (await sessions.FindToPrepareAsync(reference, visitor.Acting(), cancel) is not { } session)
            return false;
        Session = session;
        return true;
    }
}
