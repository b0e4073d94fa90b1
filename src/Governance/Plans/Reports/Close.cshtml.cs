using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Confirmation;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Reports;

/// <summary>Says before a report is closed what it fixes, what is still empty in it, and who is told.</summary>
[Allow(PlansModule.Edit)]
internal sealed class CloseModel(ReportStore reports, CurrentUser visitor, PageLocalizer texts)
    : PageModel,
        IRerenderable
{
    public AnnualReport Report { get; private set; } = null!;
    public ConfirmationView Confirmation { get; private set; } = null!;
    public object? Stored => Confirmation.Seen;

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel)
    {
        if (!await LoadAsync(reference, cancel))
            return NotFound();
        return Report.IsClosed ? Redirect($"/{texts.Language}{Report.Path}") : Page();
    }

    public async Task<IActionResult> OnPostAsync(string reference, string? version, CancellationToken cancel)
    {
        if (!await LoadAsync(reference, cancel))
            return NotFound();
        var closed = await reports.Close(reference, Report.Version, visitor.Acting(), cancel, version ?? "");
        return Redirect($"/{texts.Language}{closed.Path}");
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        var reference = (string)RouteData.Values["reference"]!;
        if (!await LoadAsync(reference, cancel))
            throw new RuleViolationException("plans.report.absent", ("reference", reference));
    }

    private async Task<bool> LoadAsync(string reference, CancellationToken cancel)
    {
        if (await reports.Find(reference, cancel) is not { } report)
            return false;
        Report = report;
        var content = await reports.ContentOf(report, cancel);
        Confirmation = new(texts["plans.report.close"], content.Fingerprint, report.Path)
        {
            Obstacle = texts.Say(report.FindObstacle(content)),
        };
        if (Confirmation.Obstacle is null)
            Confirmation = Confirmation with
            {
                Sections = [Fixed(content), .. Missing(content), Reached()],
                Final =
                [
                    texts["plans.report.close.final.text"],
                    texts["plans.report.close.final.erratum"],
                    texts["plans.report.close.final.accept"],
                ],
            };
        return true;
    }

    private ConfirmationLine Actions(string key, int number, string filter) =>
        new(texts.Count(key, number), number > 0 ? $"{Report.Path}{filter}#actions" : null);

    private ConfirmationSection Fixed(ReportContent content) =>
        new(
            texts["plans.report.close.fixed"],
            texts["plans.report.close.fixed.text"],
            [
                Actions("plans.report.close.actions", content.Total.Actions, ""),
                Actions(
                    "plans.report.close.complete",
                    content.Total.States[ActionState.Complete],
                    $"?state={ActionState.Complete}"
                ),
            ]
        );

    private IEnumerable<ConfirmationSection> Missing(ReportContent content)
    {
        var (notAssessed, undocumented) = (
            content.Total.Achievements[Achievement.NotAssessed],
            content.Total.ToBeDocumented
        );
        List<ConfirmationLine> missing = [];
        if (content.Introduction.IsEmpty)
            missing.Add(new(texts["plans.report.close.no-introduction"], $"{Report.Path}/edit"));
        if (notAssessed > 0)
            missing.Add(
                Actions("plans.report.close.not-assessed", notAssessed, $"?achievement={Achievement.NotAssessed}")
            );
        if (undocumented > 0)
            missing.Add(
                Actions(
                    "plans.report.close.undocumented",
                    undocumented,
                    $"?records={DocumentationState.ToBeDocumented}"
                )
            );
        if (missing.Count > 0)
            yield return new(
                texts["plans.report.close.missing"],
                texts["plans.report.close.missing.text"],
                missing,
                Warns: true
            );
    }

    private ConfirmationSection Reached() =>
        new(texts["site.confirm.told"], texts["plans.report.close.told"], [new(texts["plans.report.all"], "/reports")]);
}
