using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Follow;

/// <summary>A form about one action, which the address names by the plan's year and the action's number.</summary>
internal abstract class ActionPage(PlenariaDb db, PlanStore plans, PageLocalizer phrases) : PageModel, IRerenderable
{
    public WorkPlan Plan { get; private set; } = null!;
    public PlanAction Action { get; private set; } = null!;

    protected PlenariaDb Db { get; } = db;
    protected PageLocalizer Phrases { get; } = phrases;

    /// <summary>The state of the action that the form was begun on.</summary>
    [BindProperty]
    public int Version { get; set; }

    [BindProperty, StringLength(500)]
    public string? Why { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await Load(cancel))
            return NotFound();
        Version = Action.Version;
        Fill();
        await Show(cancel);
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load(cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
        await Show(cancel);
    }

    public object? Stored => Action.Version;

    /// <summary>
    /// Lets the page that comes next offer to undo what is being changed.
    /// </summary>
    /// <param name="text">The key of what the button says.</param>
    /// <param name="page">The page of the action whose handler <c>Undo</c> does it.</param>
    protected void OfferUndo(string text, string page) => _undo = (text, page);

    private (string Text, string Page)? _undo;

    /// <summary>Loads what the page shows beside the form, and makes room in its lists.</summary>
    protected virtual Task Show(CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Fills the form from the stored action.</summary>
    protected virtual void Fill() { }

    /// <summary>
    /// Finds the action, lets <paramref name="change"/> change it, and stores that as one edit of it.
    /// </summary>
    protected async Task<IActionResult> Change(Func<Task> change, CancellationToken cancel, string backTo = "")
    {
        if (!await Load(cancel))
            return NotFound();
        PlenariaDb.RequireVersion(Action, Version);
        await change();
        // Also where only rows beside the action's own changed: whoever edits the same state must be told.
        Db.Entry(Action).Property(a => a.State).IsModified = true;
        await plans.Publish(Plan, Action, cancel);
        await Db.SaveChangesAsync(cancel);
        if (_undo is var (text, page))
            this.OfferUndoAs(text, $"{Plan.PathOf(Action)}/{page}", "Undo", ("version", Action.Version));
        return Redirect($"/{Phrases.Language}{Plan.PathOf(Action)}{backTo}");
    }

    protected async Task<bool> Load(CancellationToken cancel)
    {
        int Route(string name) => int.Parse((string)RouteData.Values[name]!, CultureInfo.InvariantCulture);
        if (
            await plans.Find(Route("year"), cancel, toEdit: true) is not { } plan
            || plan.Actions.Find(a => a.Number == Route("number")) is not { } action
        )
            return false;
        (Plan, Action) = (plan, action);
        return true;
    }
}
