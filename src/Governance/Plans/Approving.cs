using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Plans;

/// <summary>Keeps the text of a plan that is put to the members, and what they approved. Saved by the caller.</summary>
internal sealed class Approving(PlenariaDb db, PlanStore plans, Journal journal)
{
    /// <summary>
    /// The plan as it stands, kept as a version; the newest one again when nothing has changed since.
    /// </summary>
    public async Task<PlanVersion> Propose(
        WorkPlan plan,
        PartialDate on,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var newest = await db.Set<PlanVersion>()
            .Where(v => v.PlanId == plan.Id)
            .OrderByDescending(v => v.Number)
            .FirstOrDefaultAsync(cancel);
        var version = PlanVersion.Of(plan, (newest?.Number ?? 0) + 1, on, acting.At);
        if (newest is not null && newest.Hash.AsSpan().SequenceEqual(version.Hash))
            return newest;
        db.Add(version);
        journal.Append(acting, plan.Stream, "plans.proposed", plan.Reference, Described(version, null));
        return version;
    }

    /// <summary>A decision of this house upon a text that was approved already.</summary>
    public void Cite(WorkPlan plan, PlanVersion version, Reference by, OperationContext acting)
    {
        version.Resolution ??= by;
        journal.Append(acting, plan.Stream, "plans.decision-cited", plan.Reference, Described(version, by));
    }

    /// <summary>What the members approved: the first time the plan is adopted by it, later amended.</summary>
    /// <param name="by">The decision, where a session of this house took it.</param>
    public async Task Approve(
        WorkPlan plan,
        PlanVersion version,
        PartialDate on,
        Reference? by,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var isFirst = !await db.Set<PlanVersion>()
            .AnyAsync(
                v => v.PlanId == plan.Id && (v.Stage == PlanStage.Adopted || v.Stage == PlanStage.Amended),
                cancel
            );
        (version.Stage, version.On, version.Resolution) = (isFirst ? PlanStage.Adopted : PlanStage.Amended, on, by);
        // Also where the stage stays: of two who approve at once, the second is told.
        db.Entry(plan).Property(p => p.Stage).IsModified = true;
        plan.Stage = version.Stage;
        plan.ApprovedOn ??= on;
        await plans.Publish(plan, cancel);
        journal.Append(
            acting,
            plan.Stream,
            isFirst ? "plans.adopted" : "plans.amended",
            plan.Reference,
            Described(version, by)
        );
    }

    private static object Described(PlanVersion version, Reference? by) =>
        new
        {
            version = version.Number,
            on = version.On.ToString(),
            sha256 = Convert.ToHexStringLower(version.Hash),
            by = by?.ToString(),
        };
}
