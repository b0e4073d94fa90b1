using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Reports;

[Allow(PlansModule.Edit)]
internal sealed class EditModel(ReportStore reports, CurrentUser visitor, PageLocalizer t) : PageModel, IRerenderable
{
    public AnnualReport Report { get; private set; } = null!;
    public IReadOnlyDictionary<string, ReportedAction> Actions { get; private set; } =
        new Dictionary<string, ReportedAction>();

    [BindProperty]
    public Form Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel)
    {
        if (await reports.Find(reference, cancel) is not { } report)
            return NotFound();
        if (report.IsClosed)
            return Redirect($"/{t.Language}{report.Path}");
        var content = await Load(report, cancel);
        Input = new()
        {
            Version = report.Version,
            Title = report.Title.For(report.Language),
            Introduction = report.Introduction.For(report.Language),
            // What stands in the form is what people chose, not what follows from an action's state.
            Actions =
            [
                .. content.Actions.Select(a => new Row
                {
                    Action = a.Reference.ToString(),
                    Achievement = a.Achievement,
                    Note = a.Note.For(report.Language),
                    Fate = Chosen.GetValueOrDefault(a.Reference.ToString()),
                }),
            ],
        };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string reference, CancellationToken cancel)
    {
        if (await reports.Find(reference, cancel) is not { } report)
            return NotFound();
        var judgements = Input
            .Actions.Where(a => Reference.TryParse(a.Action, null, out _))
            .Select(a => new Judgement(Reference.Parse(a.Action!), a.Achievement, a.Fate, a.Note))
            .ToList();
        await reports.Edit(
            reference,
            Input.Version,
            Input.Title!,
            Input.Introduction,
            judgements,
            visitor.Acting(),
            cancel
        );
        return Redirect($"/{t.Language}{report.Path}");
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        await Load(
            await reports.Find((string)RouteData.Values["reference"]!, cancel)
                ?? throw new RuleViolationException(
                    "plans.report.absent",
                    ("reference", RouteData.Values["reference"])
                ),
            cancel
        );
    }

    public object? Stored => Report.Version;

    private IReadOnlyDictionary<string, ActionOutcome> Chosen { get; set; } = new Dictionary<string, ActionOutcome>();

    private async Task<ReportContent> Load(AnnualReport report, CancellationToken cancel)
    {
        Report = report;
        var content = await reports.ContentOf(report, cancel);
        Actions = content.Actions.ToDictionary(a => a.Reference.ToString());
        Chosen = await reports.ChosenFates(report, cancel);
        return content;
    }

    internal sealed class Row
    {
        public string? Action { get; set; }
        public Achievement Achievement { get; set; }
        public ActionOutcome Fate { get; set; }
        public string? Note { get; set; }
    }

    internal sealed class Form : IValidatableObject
    {
        public int Version { get; set; }
        public string? Title { get; set; }
        public string? Introduction { get; set; }
        public List<Row> Actions { get; set; } = [];

        public IEnumerable<ValidationResult> Validate(ValidationContext context)
        {
            var t = context.GetRequiredService<PageLocalizer>();
            if (string.IsNullOrWhiteSpace(Title))
                yield return new(t["plans.report.needs-title"], [nameof(Title)]);
            if (Title?.Length > AnnualReport.TitleMaxLength)
                yield return new(t["plans.report.too-long", ("limit", AnnualReport.TitleMaxLength)], [nameof(Title)]);
            if (Introduction?.Length > AnnualReport.IntroductionMaxLength)
                yield return new(
                    t["plans.report.too-long", ("limit", AnnualReport.IntroductionMaxLength)],
                    [nameof(Introduction)]
                );
            for (var i = 0; i < Actions.Count; i++)
                if (Actions[i].Note?.Length > AnnualReport.NoteMaxLength)
                    yield return new(
                        t["plans.report.too-long", ("limit", AnnualReport.NoteMaxLength)],
                        [$"{nameof(Actions)}[{i}].{nameof(Row.Note)}"]
                    );
        }
    }
}
