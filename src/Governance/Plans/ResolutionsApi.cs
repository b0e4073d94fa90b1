using Microsoft.EntityFrameworkCore;
using Plenaria.Plans.Tracker;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Plans;

internal sealed class ResolutionsApi(PlenariaDb db, PlanStore plans, Journal journal) : IResolutions
{
    public async Task<IReadOnlyList<(Reference Action, LocalizedText Title)>> Actions(CancellationToken cancel) =>
        [
            .. (
                await (
                    from a in db.Set<PlanAction>()
                    join p in db.Set<WorkPlan>() on a.PlanId equals p.Id
                    where !p.IsHistory
                    orderby p.Year descending, a.Number
                    select new { a.Reference, a.Title }
                ).ToListAsync(cancel)
            ).Select(a => (a.Reference, a.Title)),
        ];

    public async Task<Reference> Adopt(AdoptedLine adopted, OperationContext acting, CancellationToken cancel)
    {
        var resolution = new Resolution
        {
            Id = Guid.CreateVersion7(acting.At),
            Reference = await plans.NextResolution(adopted.Date.Year, cancel),
            Force = Force.Decided,
            Wording = adopted.Wording,
            Session = adopted.Session,
            About = adopted.About,
            Citations = [new(adopted.Date, adopted.Source.ToString())],
            Vote = adopted.For is null
                ? new(null, null, null, ByConsensus: true)
                : new((int)adopted.For, (int?)adopted.Against, (int?)adopted.Abstentions),
        };
        resolution.DemandWords();
        db.Add(resolution);
        await plans.Publish(resolution, cancel);
        journal.Append(
            acting,
            resolution.Stream,
            "plans.resolution-adopted",
            resolution.Reference,
            new
            {
                session = adopted.Source.ToString(),
                vote = adopted.Vote,
                sha256 = adopted.Sha256,
                after = PlanJson.Of(resolution),
            }
        );
        foreach (var mandated in adopted.Mandates)
            await Mandate(mandated, resolution, acting, cancel);
        return resolution.Reference;
    }

    private async Task Mandate(
        Reference mandated,
        Resolution resolution,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var (plan, action) = await plans.GetActionAsync(mandated, cancel);
        var before = PlanVersion.Describe(action);
        var origin = new ActionOrigin
        {
            Id = Guid.CreateVersion7(acting.At),
            ActionId = action.Id,
            Kind = OriginKind.Resolution,
            ResolutionId = resolution.Id,
            Resolution = resolution,
        };
        action.Origins.Add(origin);
        db.Entry(origin).State = EntityState.Added;
        journal.Append(
            acting,
            plan.Stream,
            "plans.action-edited",
            action.Reference,
            new { before, after = PlanVersion.Describe(action) }
        );
    }
}
