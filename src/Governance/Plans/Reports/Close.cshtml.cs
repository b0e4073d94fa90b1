using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Reports;

[Allow(PlansModule.Edit)]
internal sealed class CloseModel(ReportStore reports, CurrentUser visitor) : PageModel, IRerenderable
{
    public AnnualReport Report { get; private set; } = null!;

    [BindProperty]
    public int Version { get; set; }

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel)
    {
        if (await reports.Find(reference, cancel) is not { } report)
            return NotFound();
        (Report, Version) = (report, report.Version);
        return report.IsClosed ? Redirect($"/{RouteData.Values["lang"]}{report.Path}") : Page();
    }

    public async Task<IActionResult> OnPostAsync(string reference, CancellationToken cancel)
    {
        if (await reports.Find(reference, cancel) is null)
            return NotFound();
        var closed = await reports.Close(reference, Version, visitor.Acting(), cancel);
        return Redirect($"/{RouteData.Values["lang"]}{closed.Path}");
    }

    public object? Stored => Report.Version;

    public async Task RerenderAsync(CancellationToken cancel)
    {
        Report =
            await reports.Find((string)RouteData.Values["reference"]!, cancel)
            ?? throw new RuleViolationException("plans.report.absent", ("reference", RouteData.Values["reference"]));
    }
}
