using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Writing;

/// <summary>A form that adds something to the plan of the year in the address, in the plan's language.</summary>
internal abstract class PlanPage(PlenariaDb db, PlanStore plans, PageLocalizer phrases) : PageModel, IRerenderable
{
    public WorkPlan Plan { get; private set; } = null!;

    protected PlanStore Plans { get; } = plans;

    public async Task<IActionResult> OnGetAsync(int year, CancellationToken cancel)
    {
        if (!await Load(year, cancel))
            return NotFound();
        Fill();
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load(int.Parse((string)RouteData.Values["year"]!, CultureInfo.InvariantCulture), cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    protected virtual void Fill() { }

    /// <summary>Adds to the plan as it stands at that moment, and goes where <paramref name="add"/> says.</summary>
    protected async Task<IActionResult> Add(int year, Func<Task<string>> add, CancellationToken cancel)
    {
        var path = await Numbering.Take(
            db,
            async () =>
            {
                if (!await Load(year, cancel))
                    return null;
                var path = await add();
                // Whoever is about to approve the plan as it stood before must be told.
                db.Entry(Plan).Property(p => p.Title).IsModified = true;
                await db.SaveChangesAsync(cancel);
                return path;
            },
            cancel
        );
        return path is null ? NotFound() : Redirect($"/{phrases.Language}{path}");
    }

    private async Task<bool> Load(int year, CancellationToken cancel)
    {
        if (await Plans.Find(year, cancel, toEdit: true) is not { } plan)
            return false;
        Plan = plan;
        return true;
    }
}
