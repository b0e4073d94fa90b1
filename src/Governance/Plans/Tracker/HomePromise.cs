using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Home;
using Plenaria.Platform.Language;

namespace Plenaria.Plans.Tracker;

/// <summary>
/// What the network promised, and how far it has come: the plan of the present year or of the last one that was
/// adopted, its latest supporting record, the latest closed report.
/// </summary>
internal sealed record HomePromiseView(
    WorkPlan Plan,
    PlanAction? Documented,
    Evidence? Latest,
    Reports.AnnualReport? Report
)
{
    public int Complete => Plan.Actions.Count(a => a.State == ActionState.Complete);

    public int Begun => Plan.Actions.Count(a => a.State is ActionState.UnderWay or ActionState.WellAdvanced);

    /// <summary>
    /// The largest that can be said of the plan, with the key of its words: what is complete, before that what has
    /// begun, before that what was promised.
    /// </summary>
    public (int Number, string Words) Figure =>
        Complete > 0 ? (Complete, "plans.home.of")
        : Begun > 0 ? (Begun, "plans.home.begun")
        : (Plan.Actions.Count, "plans.home.promised");
}

/// <summary>The block of the home page that measures what was promised by what was done.</summary>
internal sealed class HomePromise(PlenariaDb db, PlanStore plans, TimeProvider time) : IHomePageBlock
{
    public async Task<object?> GetModelAsync(Language reader, CancellationToken cancel)
    {
        var today = time.GetUtcNow().Year;
        var year = await db.Set<WorkPlan>()
            .Where(p =>
                p.Year <= today && (p.Stage == PlanStage.Adopted || p.Stage == PlanStage.Amended) && p.Actions.Count > 0
            )
            .MaxAsync(p => (int?)p.Year, cancel);
        if (year is null || await plans.Find(year.Value, cancel) is not { } plan)
            return null;
        var latest = plan
            .Actions.SelectMany(a => a.Evidence.Select(e => (Action: a, Evidence: e)))
            .OrderByDescending(x => x.Evidence.Date.Last)
            .ThenByDescending(x => x.Evidence.AddedAt)
            .FirstOrDefault();
        var report = await db.Set<Reports.AnnualReport>()
            .AsNoTracking()
            .Where(r => r.ClosedAt != null)
            .OrderByDescending(r => r.ClosedAt)
            .FirstOrDefaultAsync(cancel);
        // A report on what was promised long before says nothing of this plan.
        if (report?.Period.To is { } end && end.Year < plan.Year - 1)
            report = null;
        return new HomePromiseView(plan, latest.Action, latest.Evidence, report);
    }
}

/// <summary>For the home page: how many decisions have been carried out, in every action that they led to; before
/// the first of them, how many there are.</summary>
internal sealed class HomeDecisions(PlenariaDb db, Localizer texts) : IHomePageFigures
{
    public async Task<IReadOnlyList<HomePageFigure>> GetAsync(Language reader, CancellationToken cancel)
    {
        var origins =
            from a in db.Set<PlanAction>()
            from o in a.Origins
            where o.ResolutionId != null
            select new { o.ResolutionId, a.State };
        var done = await origins
            .GroupBy(o => o.ResolutionId)
            .CountAsync(g => g.All(o => o.State == ActionState.Complete), cancel);
        if (done > 0)
            return [new(done, texts.Count(reader, "plans.home.decisions", done), "/resolutions")];
        // A plan that has just begun has carried nothing out: what was decided is true of it, a nought says nothing.
        var adopted = await db.Set<Resolution>()
            .CountAsync(r => r.Force == Force.Agreed || r.Force == Force.Decided, cancel);
        return adopted == 0
            ? []
            : [new(adopted, texts.Count(reader, "plans.home.adopted", adopted), "/resolutions?binding=true")];
    }
}
