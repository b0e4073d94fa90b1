using Microsoft.AspNetCore.Mvc;
using Plenaria.Plans.Import;
using Plenaria.Plans.Tracker;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Resolutions;

/// <summary>
/// Records what a session produced. The house gives the reference: the year of the first date, and the next number of
/// it.
/// </summary>
[Allow(PlansModule.Edit)]
internal sealed class NewModel(
    PlenariaDb db,
    PlanStore plans,
    Journal journal,
    CurrentUser visitor,
    PageLocalizer phrases
) : ResolutionPage, IRerenderable
{
    [BindProperty]
    public string? WrittenIn { get; set; }

    public override Language Editing => Language.TryParse(WrittenIn, out var language) ? language : phrases.Language;

    public Task OnGetAsync(CancellationToken cancel)
    {
        WrittenIn = phrases.Language.Code;
        return RerenderAsync(cancel);
    }

    public Task RerenderAsync(CancellationToken cancel)
    {
        Input.MakeRoom();
        return Task.CompletedTask;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        // The year becomes part of a name that is given for good: a slip is told before that.
        PlanImport.CheckYear(Input.Citations()[0].Date.Year);
        var recorded = await Numbering.Take(db, () => Record(cancel), cancel);
        return Redirect($"/{phrases.Language}{recorded.Path}");
    }

    private async Task<Resolution> Record(CancellationToken cancel)
    {
        var acting = visitor.Acting(Input.Why);
        var citations = Input.Citations();
        var resolution = new Resolution
        {
            Id = Guid.CreateVersion7(acting.At),
            Reference = await plans.NextResolution(citations[0].Date.Year, cancel),
            Force = Input.Force,
            Wording = LocalizedText.Empty.Reworded(Editing, Input.Wording),
            Session = LocalizedText.Empty.Reworded(Editing, Input.Session),
            Citations = citations,
            Vote = Input.Vote(),
        };
        resolution.DemandWords();
        db.Add(resolution);
        await plans.Publish(resolution, cancel);
        journal.Append(
            acting,
            resolution.Stream,
            "plans.resolution-recorded",
            resolution.Reference,
            new { after = PlanJson.Of(resolution) }
        );
        await db.SaveChangesAsync(cancel);
        return resolution;
    }
}
