using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Tracker;

[AllowAnonymous, Cacheable]
internal sealed class IndexModel(PlanStore plans) : PageModel
{
    public IReadOnlyList<WorkPlan> Plans { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => Plans = await plans.All(cancel);
}
