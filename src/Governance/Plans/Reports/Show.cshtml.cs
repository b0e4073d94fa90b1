using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Reports;

internal enum DocumentationState
{
    Documented,
    ToBeDocumented,
}

/// <summary>
/// A report with its figures; a figure's link shows the same page with only the actions that it counts.
/// </summary>
[AllowAnonymous, Cacheable]
internal sealed class ShowModel(ReportStore reports, CurrentUser visitor, PageLocalizer phrases) : PageModel
{
    public AnnualReport Report { get; private set; } = null!;
    public ReportContent Reported { get; private set; } = null!;

    /// <summary>In which language all of it is shown.</summary>
    public RecordTexts Texts => new(phrases, Reported.LanguageFor(phrases.Language));
    public IReadOnlyList<ActionDifference> Since { get; private set; } = [];
    public bool MayEdit => visitor.May(PlansModule.Edit);

    [BindProperty(SupportsGet = true)]
    public int? Plan { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Direction { get; set; }

    [BindProperty(SupportsGet = true)]
    public ActionState? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public Achievement? Achievement { get; set; }

    [BindProperty(SupportsGet = true)]
    public DocumentationState? Records { get; set; }

    public bool IsFiltered =>
        Plan is not null
        || Direction is not null
        || State is not null
        || Achievement is not null
        || Records is not null;

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel)
    {
        if (await reports.FindFor(visitor, reference, cancel) is not { } report)
            return NotFound();
        (Report, Reported) = (report, await reports.ContentOf(report, cancel));
        if (report.IsClosed)
            Since = await reports.Since(report, Reported, cancel);
        return Page();
    }

    public IReadOnlyList<ReportedAction> Shown(ReportedPlan plan, ReportedDirection direction) =>
        Plan is { } year && year != plan.Year || Direction is { } number && number != direction.Number
            ? []
            : [.. direction.Actions.Where(Matches)];

    public int ShownCount => Reported.Plans.Sum(p => p.Directions.Sum(d => Shown(p, d).Count));

    /// <summary>The address of this page with only the actions that a figure counts.</summary>
    public string AddressOf(Language reader, params IEnumerable<string> filters)
    {
        var query = string.Join('&', filters.Where(f => f.Length > 0));
        return $"/{reader}{Report.Path}{(query.Length > 0 ? "?" : "")}{query}#actions";
    }

    private bool Matches(ReportedAction action) =>
        (State is null || action.State == State)
        && (Achievement is null || action.Achievement == Achievement)
        && Records switch
        {
            Reports.DocumentationState.Documented => action.Evidence.Count > 0,
            Reports.DocumentationState.ToBeDocumented => action.ToBeDocumented,
            _ => true,
        };
}
