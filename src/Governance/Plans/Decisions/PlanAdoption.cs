using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Decisions;

namespace Plenaria.Plans.Decisions;

/// <summary>A plan's text becomes the one the members approved, or amends it.</summary>
internal sealed class PlanAdoption(PlenariaDb db, PlanStore plans, Approving approving) : IDecidable
{
    public const string Key = "AdoptPlan";

    public async Task<IReadOnlyList<DecidableRecord>> ListAsync(CancellationToken cancel)
    {
        var approved = await db.Set<PlanVersion>()
            .Where(v => v.Stage != PlanStage.Proposed)
            .Select(v => new
            {
                v.PlanId,
                v.Number,
                v.Hash,
            })
            .ToListAsync(cancel);
        var waiting = new List<DecidableRecord>();
        foreach (
            var year in await db.Set<WorkPlan>()
                .Where(p => !p.IsHistory && p.Actions.Count > 0)
                .OrderByDescending(p => p.Year)
                .Select(p => p.Year)
                .ToListAsync(cancel)
        )
        {
            var plan = (await plans.Find(year, cancel))!;
            var newest = approved.Where(v => v.PlanId == plan.Id).MaxBy(v => v.Number);
            if (
                newest is null
                || Convert.ToHexStringLower(newest.Hash) != PlanVersion.HashOf(PlanVersion.Describe(plan))
            )
                waiting.Add(new(plan.Reference, plan.Title, plan.Path));
        }
        return waiting;
    }

    public async Task<string?> FreezeAsync(
        Reference about,
        PartialDate on,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var version = await approving.Propose(await plans.GetAsync(about, cancel), on, acting, cancel);
        return version.IsApproved
            ? throw new RuleViolationException("plans.versions.same")
            : Convert.ToHexStringLower(version.Hash);
    }

    public async Task AdoptAsync(AdoptedDecision adopted, OperationContext acting, CancellationToken cancel)
    {
        var plan = await plans.GetAsync(adopted.About, cancel);
        var hash = Convert.FromHexString(adopted.Sha256 ?? "");
        // The text that was put, whatever was written into the plan while the members voted.
        var version = await db.Set<PlanVersion>()
            .Where(v => v.PlanId == plan.Id && v.Hash == hash)
            .OrderByDescending(v => v.Number)
            .FirstAsync(cancel);
        if (version.IsApproved)
            approving.Cite(plan, version, adopted.Resolution, acting);
        else
            await approving.Approve(plan, version, adopted.On, adopted.Resolution, acting, cancel);
    }
}
