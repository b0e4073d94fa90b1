using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Follow;

/// <summary>
/// Where the chain has gaps: to ratify, without origin, without action, without record, cited with two dates.
/// </summary>
[AllowAnonymous, Cacheable]
internal sealed class CheckModel(PlenariaDb db, PlanStore plans) : PageModel
{
    public WorkPlan Plan { get; private set; } = null!;
    public IReadOnlyList<PlanAction> ToRatify { get; private set; } = [];
    public IReadOnlyList<PlanAction> WithoutOrigin { get; private set; } = [];
    public IReadOnlyList<PlanAction> ToDocument { get; private set; } = [];
    public IReadOnlyList<Resolution> WithoutAction { get; private set; } = [];
    public IReadOnlyList<Resolution> Conflicting { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int year, CancellationToken cancel)
    {
        if (await plans.Find(year, cancel) is not { } plan)
            return NotFound();
        Plan = plan;
        ToRatify = [.. plan.Actions.Where(plan.PrecedesApproval)];
        WithoutOrigin = [.. plan.Actions.Where(a => a.Origins.Count == 0)];
        ToDocument = [.. plan.Actions.Where(a => a.IsToBeDocumented)];
        var idle = await db.Set<Resolution>()
            .AsNoTracking()
            .Where(r => !db.Set<ActionOrigin>().Any(o => o.ResolutionId == r.Id))
            .OrderBy(r => r.Reference)
            .ToListAsync(cancel);
        WithoutAction = [.. idle.Where(r => r.IsBinding)];
        var cited = plan
            .Actions.SelectMany(a => a.Origins)
            .Select(o => o.ResolutionId)
            .OfType<Guid>()
            .Distinct()
            .ToArray();
        Conflicting =
        [
            .. (
                await db.Set<Resolution>()
                    .AsNoTracking()
                    .Where(r => cited.Contains(r.Id))
                    .OrderBy(r => r.Reference)
                    .ToListAsync(cancel)
            ).Where(r => r.DatesConflict),
        ];
        return Page();
    }
}
