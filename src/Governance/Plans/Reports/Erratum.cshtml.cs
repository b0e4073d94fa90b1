using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Reports;

[Allow(PlansModule.Edit)]
internal sealed class ErratumModel(ReportStore reports, CurrentUser visitor, PageLocalizer t) : PageModel, IRerenderable
{
    public AnnualReport Report { get; private set; } = null!;

    [BindProperty]
    public Form Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel)
    {
        if (await reports.Find(reference, cancel) is not { IsClosed: true } report)
            return NotFound();
        Report = report;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string reference, CancellationToken cancel)
    {
        if (await reports.Find(reference, cancel) is not { } report)
            return NotFound();
        var erratum = await reports.Correct(reference, Input.Text!, visitor.Acting(), cancel);
        return Redirect($"/{t.Language}{report.Path}#erratum-{erratum.Number}");
    }

    public async Task RerenderAsync(CancellationToken cancel) =>
        Report =
            await reports.Find((string)RouteData.Values["reference"]!, cancel)
            ?? throw new RuleViolationException("plans.report.absent", ("reference", RouteData.Values["reference"]));

    internal sealed class Form : IValidatableObject
    {
        public string? Text { get; set; }

        public IEnumerable<ValidationResult> Validate(ValidationContext context)
        {
            var t = context.GetRequiredService<PageLocalizer>();
            if (string.IsNullOrWhiteSpace(Text))
                yield return new(t["plans.report.needs-text"], [nameof(Text)]);
            if (Text?.Length > Erratum.TextMaxLength)
                yield return new(t["plans.report.too-long", ("limit", Erratum.TextMaxLength)], [nameof(Text)]);
        }
    }
}
