using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Plenaria.Plans.Tracker;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Resolutions;

/// <summary>
/// Corrects a record of what a session produced, or translates it. Its reference stays what it is, whatever its dates
/// become.
/// </summary>
[Allow(PlansModule.Edit)]
internal sealed class EditModel(
    PlenariaDb db,
    PlanStore plans,
    Journal journal,
    CurrentUser visitor,
    PageLocalizer phrases
) : ResolutionPage, IRerenderable
{
    [BindProperty(SupportsGet = true, Name = "in")]
    public string? In { get; set; }

    public override Language Editing =>
        Language.TryParse(In, out var language) ? language : Resolution!.Wording.Source ?? phrases.Language;

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel)
    {
        if (!await Load(reference, cancel))
            return NotFound();
        var (known, vote) = (Resolution!, Resolution!.Vote);
        Input = new()
        {
            Version = known.Version,
            Force = known.Force,
            Wording = known.Wording.In(Editing)?.Text,
            Session = known.Session.In(Editing)?.Text,
            Cited = [.. known.Citations.Select(c => new Row { Date = c.Date.ToString(), Source = c.Source })],
            VoteKnown =
                vote is null ? VoteKnown.Not
                : vote.ByConsensus ? VoteKnown.ByConsensus
                : VoteKnown.InFigures,
            For = vote?.For,
            Against = vote?.Against,
            Abstentions = vote?.Abstentions,
        };
        Input.MakeRoom();
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load((string)RouteData.Values["reference"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
        Input.MakeRoom();
    }

    public object? Stored => Resolution?.Version;

    public async Task<IActionResult> OnPostAsync(string reference, CancellationToken cancel)
    {
        if (!await Load(reference, cancel))
            return NotFound();
        var known = Resolution!;
        PlenariaDb.RequireVersion(known, Input.Version);
        var before = PlanJson.Of(known);
        (known.Force, known.Citations, known.Vote) = (Input.Force, Input.Citations(), Input.Vote());
        (known.Wording, known.Session) = (
            known.Wording.Reworded(Editing, Input.Wording),
            known.Session.Reworded(Editing, Input.Session)
        );
        known.DemandWords();
        await plans.Publish(known, cancel);
        journal.Append(
            visitor.Acting(Input.Why),
            known.Stream,
            "plans.resolution-edited",
            known.Reference,
            new { before, after = PlanJson.Of(known) }
        );
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}{known.Path}");
    }

    private async Task<bool> Load(string reference, CancellationToken cancel)
    {
        Resolution = Reference.TryParse(reference, null, out var name)
            ? await db.Set<Resolution>().SingleOrDefaultAsync(r => r.Reference == name, cancel)
            : null;
        return Resolution is not null;
    }
}
