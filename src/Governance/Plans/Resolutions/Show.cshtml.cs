using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Resolutions;

[AllowAnonymous, Cacheable]
internal sealed class ShowModel(PlenariaDb db) : PageModel
{
    public Resolution Resolution { get; private set; } = null!;
    public IReadOnlyList<(WorkPlan Plan, PlanAction Action)> Actions { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel)
    {
        if (
            !Reference.TryParse(reference, null, out var known)
            || await db.Set<Resolution>().AsNoTracking().SingleOrDefaultAsync(r => r.Reference == known, cancel)
                is not { } resolution
        )
            return NotFound();
        Resolution = resolution;
        var rows = await (
            from origin in db.Set<ActionOrigin>()
            join action in db.Set<PlanAction>() on origin.ActionId equals action.Id
            join plan in db.Set<WorkPlan>() on action.PlanId equals plan.Id
            where origin.ResolutionId == resolution.Id
            orderby plan.Year, action.Number
            select new { plan, action }
        )
            .AsNoTracking()
            .ToListAsync(cancel);
        Actions = [.. rows.Select(r => (r.plan, r.action))];
        return Page();
    }
}
