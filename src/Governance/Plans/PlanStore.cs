using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;

namespace Plenaria.Plans;

/// <summary>
/// Reads plans whole (a plan has some tens of actions) and enters what is public of them in the register.
/// </summary>
internal sealed class PlanStore(PlenariaDb db, Register register, Network network)
{
    public const string ReferenceLetter = "R",
        PlanKind = "plan",
        ActionKind = "plan-action",
        ResolutionKind = "resolution";

    /// <summary>All plans with their actions, without what stands behind these.</summary>
    public Task<List<WorkPlan>> All(CancellationToken cancel) =>
        db.Set<WorkPlan>()
            .AsNoTracking()
            .Include(p => p.Directions)
            .Include(p => p.Actions)
            .OrderByDescending(p => p.Year)
            .ToListAsync(cancel);

    /// <summary>
    /// The actions for which a condition holds, each with its plan, which holds no other: the newest plan first.
    /// </summary>
    public async Task<IReadOnlyList<(WorkPlan Plan, PlanAction Action)>> FindActionsAsync(
        Expression<Func<PlanAction, bool>> condition,
        CancellationToken cancel
    ) =>
        [
            .. (
                await (
                    from action in db.Set<PlanAction>().AsNoTracking().Where(condition)
                    join plan in db.Set<WorkPlan>() on action.PlanId equals plan.Id
                    orderby plan.Year descending, action.Number
                    select new { plan, action }
                ).ToListAsync(cancel)
            ).Select(found => (found.plan, found.action)),
        ];

    /// <summary>
    /// The plan of a year with all that belongs to it; null when there is none. <paramref name="toEdit"/>: its changes
    /// will be saved.
    /// </summary>
    public async Task<WorkPlan?> Find(int year, CancellationToken cancel, bool toEdit = false)
    {
        var plans = toEdit ? db.Set<WorkPlan>() : db.Set<WorkPlan>().AsNoTracking();
        var plan = await plans
            .Include(p => p.Directions)
            .Include(p => p.Actions)
                .ThenInclude(a => a.Evidence)
            .Include(p => p.Actions)
                .ThenInclude(a => a.Origins)
                    .ThenInclude(o => o.Resolution)
            .Include(p => p.Actions)
                .ThenInclude(a => a.Continues)
            .Include(p => p.Actions)
                .ThenInclude(a => a.Changes)
            .SingleOrDefaultAsync(p => p.Year == year, cancel);
        plan?.Directions.Sort((a, b) => a.Number.CompareTo(b.Number));
        plan?.Actions.Sort((a, b) => a.Number.CompareTo(b.Number));
        return plan;
    }

    public Task Publish(WorkPlan plan, CancellationToken cancel) =>
        register.Publish(
            new(plan.Reference, PlanKind, plan.Path, plan.Title, LocalizedText.Empty) { Date = plan.ValidFor.From },
            plan.Preamble.Select(p => p.Text).FirstOrDefault(LocalizedText.Empty),
            Audience.Public,
            cancel
        );

    public Task Publish(WorkPlan plan, PlanAction action, CancellationToken cancel) =>
        register.Publish(
            new(action.Reference, ActionKind, plan.PathOf(action), action.Title, action.Purpose)
            {
                Date = action.Planned?.From ?? plan.ValidFor.From,
            },
            action.Text,
            Audience.Public,
            cancel
        );

    public Task Publish(Resolution resolution, CancellationToken cancel) =>
        register.Publish(
            new(resolution.Reference, ResolutionKind, resolution.Path, resolution.Title, resolution.Session)
            {
                Date = resolution.Citations.Select(c => (PartialDate?)c.Date).FirstOrDefault(),
            },
            resolution.Wording,
            Audience.Public,
            cancel
        );

    /// <summary>The name of the next resolution of a year.</summary>
    public async Task<Reference> NextResolution(int year, CancellationToken cancel)
    {
        var prefix = (await network.Profile(cancel)).Prefix;
        return await db.Set<Resolution>()
            .Select(r => r.Reference)
            .NextAsync(number => Reference.Of(prefix, ReferenceLetter, $"{year:0000}", $"{number:00}"), cancel);
    }

    public async Task PublishAll(WorkPlan plan, CancellationToken cancel)
    {
        await Publish(plan, cancel);
        foreach (var action in plan.Actions)
            await Publish(plan, action, cancel);
    }

    /// <summary>The plan of this reference, to be changed.</summary>
    /// <exception cref="RuleViolationException">There is none.</exception>
    public async Task<WorkPlan> GetAsync(Reference about, CancellationToken cancel)
    {
        var year = await db.Set<WorkPlan>()
            .Where(p => p.Reference == about)
            .Select(p => (int?)p.Year)
            .SingleOrDefaultAsync(cancel);
        return year is { } known
            ? (await Find(known, cancel, toEdit: true))!
            : throw new RuleViolationException("plans.absent", ("reference", about));
    }

    /// <summary>The action of this reference and its plan, to be changed.</summary>
    /// <exception cref="RuleViolationException">There is none.</exception>
    public async Task<(WorkPlan Plan, PlanAction Action)> GetActionAsync(Reference about, CancellationToken cancel)
    {
        var year =
            await db.Set<WorkPlan>()
                .Where(p => p.Actions.Any(a => a.Reference == about))
                .Select(p => (int?)p.Year)
                .SingleOrDefaultAsync(cancel)
            ?? throw new RuleViolationException("plans.absent", ("reference", about));
        var plan = (await Find(year, cancel, toEdit: true))!;
        return (plan, plan.Actions.Single(a => a.Reference == about));
    }
}
