using System.Linq.Expressions;
using Plenaria.Plans.Reports;
using Plenaria.Platform.Access;
using Plenaria.Platform.Decisions;
using Plenaria.Platform.Journal;

namespace Plenaria.Plans.Decisions;

/// <summary>
/// What the members decide about one action of a plan; the motion's own text is what is put to the vote.
/// </summary>
internal abstract class ActionDecision(PlanStore plans, Journal journal, string key) : IDecidable
{
    public async Task<IReadOnlyList<DecidableRecord>> ListAsync(CancellationToken cancel) =>
        [
            .. (await plans.FindActionsAsync(Undecided, cancel))
                .Where(found => IsOffered(found.Plan, found.Action))
                .Select(found => new DecidableRecord(
                    found.Action.Reference,
                    found.Action.Title,
                    found.Plan.PathOf(found.Action)
                )),
        ];

    public async Task<string?> FreezeAsync(
        Reference about,
        PartialDate on,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var (plan, action) = await plans.GetActionAsync(about, cancel);
        return IsDue(plan, action) ? null : throw new RuleViolationException("plans.decided-already");
    }

    public async Task AdoptAsync(AdoptedDecision adopted, OperationContext acting, CancellationToken cancel)
    {
        var (plan, action) = await plans.GetActionAsync(adopted.About, cancel);
        Decide(action, adopted.Resolution, acting);
        journal.Append(
            acting,
            plan.Stream,
            "plans.action-decided",
            action.Reference,
            new { decided = key, by = adopted.Resolution.ToString() }
        );
    }

    /// <summary>What the database can say of <see cref="IsDue"/>: no other action is read.</summary>
    protected abstract Expression<Func<PlanAction, bool>> Undecided { get; }

    /// <summary>Whether it can still be decided.</summary>
    protected abstract bool IsDue(WorkPlan plan, PlanAction action);

    /// <summary>Whether it is shown to whoever prepares a session.</summary>
    protected virtual bool IsOffered(WorkPlan plan, PlanAction action) => IsDue(plan, action);

    protected abstract void Decide(PlanAction action, Reference resolution, OperationContext acting);
}

/// <summary>An action that was carried out before the plan was approved is approved afterwards.</summary>
internal sealed class ActionRatification(PlanStore plans, Journal journal) : ActionDecision(plans, journal, Key)
{
    public const string Key = "Ratify";

    protected override Expression<Func<PlanAction, bool>> Undecided { get; } =
        action => action.RatifiedBy == null && action.CarriedOut != null;

    // The members decide in the plenary that approves the plan: what was done before is ratified with it.
    protected override bool IsDue(WorkPlan plan, PlanAction action) =>
        plan.PrecedesApproval(action)
        || !plan.IsHistory && plan.ApprovedOn is null && action.RatifiedBy is null && action.CarriedOut?.To is not null;

    protected override void Decide(PlanAction action, Reference resolution, OperationContext acting) =>
        action.RatifiedBy = resolution;
}

/// <summary>What becomes of an unfinished action, offered once its plan has run out.</summary>
internal abstract class UnfinishedActionDecision(
    PlanStore plans,
    Journal journal,
    TimeProvider time,
    string key,
    ActionOutcome fate,
    ActionState? becomes
) : ActionDecision(plans, journal, key)
{
    protected override Expression<Func<PlanAction, bool>> Undecided { get; } =
        action =>
            action.State != ActionState.Complete
            && action.State != ActionState.Dropped
            && action.State != ActionState.CarriedOver;

    protected override bool IsDue(WorkPlan plan, PlanAction action) =>
        action.Decided is null
        && action.State is not (ActionState.Complete or ActionState.Dropped or ActionState.CarriedOver);

    protected override bool IsOffered(WorkPlan plan, PlanAction action) =>
        plan.ValidFor.Last < DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime) && IsDue(plan, action);

    protected override void Decide(PlanAction action, Reference resolution, OperationContext acting)
    {
        action.Decided = new(fate, resolution);
        if (becomes is { } state && state != action.State)
            action.Become(state, acting, resolution.ToString());
    }
}

/// <summary>An unfinished action goes on into the next plan.</summary>
internal sealed class ActionCarryOver(PlanStore plans, Journal journal, TimeProvider time)
    : UnfinishedActionDecision(plans, journal, time, Key, ActionOutcome.CarriedOver, ActionState.CarriedOver)
{
    public const string Key = "CarryOver";
}

/// <summary>An unfinished action is given up.</summary>
internal sealed class ActionDrop(PlanStore plans, Journal journal, TimeProvider time)
    : UnfinishedActionDecision(plans, journal, time, Key, ActionOutcome.Dropped, ActionState.Dropped)
{
    public const string Key = "Drop";
}

/// <summary>An unfinished action passes to somebody else.</summary>
internal sealed class ActionTransfer(PlanStore plans, Journal journal, TimeProvider time)
    : UnfinishedActionDecision(plans, journal, time, Key, ActionOutcome.Transferred, becomes: null)
{
    public const string Key = "Transfer";
}
