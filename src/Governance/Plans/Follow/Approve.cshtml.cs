using System.ComponentModel.DataAnnotations;
using DiffPlex.DiffBuilder.Model;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Confirmation;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Follow;

/// <summary>
/// Says before the members' approval of a plan, or of its changes, is recorded what is approved, what is missing in it,
/// and who is told.
/// </summary>
[Allow(PlansModule.Edit)]
internal sealed class ApproveModel(
    PlenariaDb db,
    PlanStore plans,
    Approving approving,
    CurrentUser visitor,
    PageLocalizer texts
) : PageModel, IRerenderable
{
    public WorkPlan Plan { get; private set; } = null!;
    public ConfirmationView Confirmation { get; private set; } = null!;
    public object? Stored => Confirmation.Seen;

    [BindProperty, Required(ErrorMessage = "site.missing"), PartialDateField]
    public string On { get; set; } = "";

    public async Task<IActionResult> OnGetAsync(int year, CancellationToken cancel) =>
        await LoadAsync(year, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(int year, string? version, CancellationToken cancel)
    {
        if (!await LoadAsync(year, cancel))
            return NotFound();
        Confirmation.RequireSeen(version);
        if (Confirmation.Obstacle is not null)
            throw new RuleViolationException("plans.versions.same");
        var acting = visitor.Acting();
        var approved = await approving.Propose(Plan, PartialDate.Parse(On.Trim()), acting, cancel);
        await approving.Approve(Plan, approved, approved.On, null, acting, cancel);
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{texts.Language}{Plan.Path}/versions");
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(int.Parse((string)RouteData.Values["year"]!, null), cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    private async Task<bool> LoadAsync(int year, CancellationToken cancel)
    {
        if (await plans.Find(year, cancel, toEdit: true) is not { } plan)
            return false;
        Plan = plan;
        var history = await PlanHistory.ReadAsync(db, plan, cancel);
        Confirmation = new(
            texts[history.IsApproved ? "plans.amend" : "plans.adopt"],
            PlanVersion.HashOf(PlanVersion.Describe(plan)),
            $"{plan.Path}/versions"
        )
        {
            Day = (nameof(On), texts["plans.adopt.on"]),
            Obstacle = history.Changes is { Count: 0 } ? texts["plans.versions.same"] : null,
        };
        if (Confirmation.Obstacle is null)
            Confirmation = Confirmation with
            {
                Sections = [Approved(history), .. Missing(), .. CarriedOut(), Told()],
                Final =
                [
                    texts["plans.approve.final.version"],
                    texts["plans.approve.final.changes"],
                    texts["plans.approve.final.date"],
                ],
            };
        return true;
    }

    private ConfirmationSection Approved(PlanHistory history)
    {
        List<ConfirmationLine> lines = [new(texts.Count("plans.actions", Plan.Actions.Count), $"{Plan.Path}#actions")];
        if (history.Changes?.Count(c => c.Type is not ChangeType.Unchanged) is { } changes)
            lines.Add(new(texts.Count("plans.approve.changes", changes), $"{Plan.Path}/versions#changes"));
        return new(texts["plans.approve.what"], texts["plans.approve.what.text"], lines);
    }

    private IEnumerable<ConfirmationSection> Missing()
    {
        List<ConfirmationLine> missing = [];
        if (Plan.Actions.Count == 0)
            missing.Add(new(texts["plans.no-actions"], $"{Plan.Path}/actions/new"));
        if (Plan.Actions.Count(a => a.Origins.Count == 0) is > 0 and var without)
            missing.Add(new(texts.Count("plans.approve.no-origin", without), $"{Plan.Path}/check#origin"));
        if (missing.Count > 0)
            yield return new(texts["plans.check"], texts["plans.approve.missing.text"], missing, Warns: true);
    }

    private IEnumerable<ConfirmationSection> CarriedOut()
    {
        ConfirmationLine[] done =
        [
            .. Plan
                .Actions.Where(a => a.CarriedOut is not null && a.RatifiedBy is null)
                .Select(a => new ConfirmationLine(
                    $"{a.Number}. {a.Title.For(texts.Language)} ({a.CarriedOut!.For(texts.Language)})",
                    Plan.PathOf(a)
                )),
        ];
        if (done.Length > 0)
            yield return new(texts["plans.approve.done"], texts["plans.approve.done.text"], done);
    }

    private ConfirmationSection Told() =>
        new(texts["site.confirm.told"], texts["plans.approve.told"], [new(Plan.Title.For(texts.Language), Plan.Path)]);
}
