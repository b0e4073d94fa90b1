using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Data;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Follow;

[AllowAnonymous, Cacheable]
internal sealed class VersionsModel(PlenariaDb db, PlanStore plans) : PageModel
{
    public WorkPlan Plan { get; private set; } = null!;
    public PlanHistory History { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int year, CancellationToken cancel)
    {
        if (await plans.Find(year, cancel) is not { } plan)
            return NotFound();
        (Plan, History) = (plan, await PlanHistory.ReadAsync(db, plan, cancel));
        return Page();
    }
}
