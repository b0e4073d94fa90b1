using System.ComponentModel.DataAnnotations;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Follow;

[AllowAnonymous, Cacheable]
internal sealed class VersionsModel(
    PlenariaDb db,
    PlanStore plans,
    Approving approving,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public WorkPlan Plan { get; private set; } = null!;
    public IReadOnlyList<PlanVersion> Versions { get; private set; } = [];
    public bool IsApproved => Versions.Any(v => v.IsApproved);

    /// <summary>
    /// What has changed since the newest approved version, with a line of context; null while there is none.
    /// </summary>
    public IReadOnlyList<DiffPiece>? Changes { get; private set; }

    [BindProperty, Required(ErrorMessage = "site.missing"), PartialDateField]
    public string On { get; set; } = "";

    /// <summary>The hash of the text as it was shown: what is approved is what somebody read.</summary>
    [BindProperty]
    public string? Version { get; set; }

    public object? Stored => PlanVersion.HashOf(PlanVersion.Describe(Plan));

    public async Task<IActionResult> OnGetAsync(int year, CancellationToken cancel)
    {
        if (!await Load(year, cancel))
            return NotFound();
        Version = (string?)Stored;
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load(int.Parse((string)RouteData.Values["year"]!, null), cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    public async Task<IActionResult> OnPostAsync(int year, CancellationToken cancel)
    {
        var acting = visitor.Acting();
        acting.Require(PlansModule.Edit);
        if (!await Load(year, cancel))
            return NotFound();
        if (Version != (string?)Stored)
            throw new RuleViolationException("platform.changed-meanwhile");
        if (Changes is { Count: 0 })
            throw new RuleViolationException("plans.versions.same");
        var version = await approving.Propose(Plan, PartialDate.Parse(On.Trim()), acting, cancel);
        await approving.Approve(Plan, version, version.On, null, acting, cancel);
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}{Plan.Path}/versions");
    }

    private async Task<bool> Load(int year, CancellationToken cancel)
    {
        if (await plans.Find(year, cancel, toEdit: true) is not { } plan)
            return false;
        Plan = plan;
        Versions = await db.Set<PlanVersion>()
            .AsNoTracking()
            .Where(v => v.PlanId == plan.Id)
            .OrderBy(v => v.Number)
            .ToListAsync(cancel);
        if (Versions.LastOrDefault(v => v.IsApproved) is { } newest)
        {
            var lines = InlineDiffBuilder.Diff(newest.Text, PlanVersion.Describe(plan)).Lines;
            // A heading above a changed line says which action it belongs to.
            Changes =
            [
                .. lines.Where(
                    (line, i) =>
                        line.Type != ChangeType.Unchanged
                        || line.Text.StartsWith('#')
                            && lines
                                .Skip(i + 1)
                                .TakeWhile(l => !l.Text.StartsWith('#'))
                                .Any(l => l.Type != ChangeType.Unchanged)
                ),
            ];
        }
        return true;
    }
}
