using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Reports;

[Allow(PlansModule.Edit)]
internal sealed class NewModel(ReportStore reports, CurrentUser visitor, PageLocalizer t) : PageModel, IRerenderable
{
    [BindProperty]
    public Form Input { get; set; } = new();

    public void OnGet() => Input.Language = t.Language.Code;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var report = await reports.Open(
            new(PartialDate.Parse(Input.From!.Trim()), PartialDate.Parse(Input.To!.Trim())),
            Language.Parse(Input.Language!),
            Input.Title,
            Input.Introduction,
            visitor.Acting(),
            cancel
        );
        return Redirect($"/{t.Language}{report.Path}/edit");
    }

    public Task RerenderAsync(CancellationToken cancel) => Task.CompletedTask;

    internal sealed class Form : IValidatableObject
    {
        public string? From { get; set; }
        public string? To { get; set; }
        public string? Language { get; set; }
        public string? Title { get; set; }
        public string? Introduction { get; set; }

        public IEnumerable<ValidationResult> Validate(ValidationContext context)
        {
            var t = context.GetRequiredService<PageLocalizer>();
            foreach (var (name, date) in ((string, string?)[])[(nameof(From), From), (nameof(To), To)])
                if (
                    !PartialDate.TryParse(date?.Trim(), out var read)
                    || read.Year is < WorkPlan.FirstYear or > WorkPlan.LastYear
                )
                    yield return new(t["plans.report.not-a-date"], [name]);
            if (!Kernel.Language.TryParse(Language, out _))
                yield return new(t["plans.report.not-a-language"], [nameof(Language)]);
            if (Title?.Length > AnnualReport.TitleMaxLength)
                yield return new(t["plans.report.too-long", ("limit", AnnualReport.TitleMaxLength)], [nameof(Title)]);
            if (Introduction?.Length > AnnualReport.IntroductionMaxLength)
                yield return new(
                    t["plans.report.too-long", ("limit", AnnualReport.IntroductionMaxLength)],
                    [nameof(Introduction)]
                );
        }
    }
}
