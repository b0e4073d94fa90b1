using Microsoft.EntityFrameworkCore;
using Plenaria.Plans.Reports;
using Plenaria.Plans.Tracker;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Plans;

internal sealed class ResolutionsDoor(
    PlenariaDb db,
    PlanStore plans,
    Approving approving,
    ReportStore reports,
    Journal journal,
    TimeProvider time
) : IResolutions
{
    public async Task<IReadOnlyList<DecidableLine>> Waiting(CancellationToken cancel)
    {
        var (waiting, today) = (new List<DecidableLine>(), DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        var approved = await db.Set<PlanVersion>()
            .Where(v => v.Stage != PlanStage.Proposed)
            .Select(v => new
            {
                v.PlanId,
                v.Number,
                v.Hash,
            })
            .ToListAsync(cancel);
        foreach (
            var year in await db.Set<WorkPlan>().OrderByDescending(p => p.Year).Select(p => p.Year).ToListAsync(cancel)
        )
        {
            var plan = (await plans.Find(year, cancel))!;
            var newest = approved.Where(v => v.PlanId == plan.Id).MaxBy(v => v.Number);
            if (
                !plan.IsHistory
                && plan.Actions.Count > 0
                && (
                    newest is null
                    || Convert.ToHexStringLower(newest.Hash) != PlanVersion.HashOf(PlanVersion.Describe(plan))
                )
            )
                waiting.Add(new(plan.Reference, Deciding.AdoptPlan, plan.Title, plan.Path));
            var hasRunOut = plan.ValidFor.Last < today;
            foreach (var action in plan.Actions.OrderBy(a => a.Number))
                waiting.AddRange(
                    Enum.GetValues<Deciding>()
                        .Where(d => (hasRunOut || d == Deciding.Ratify) && IsDue(plan, action, d))
                        .Select(d => new DecidableLine(action.Reference, d, action.Title, plan.PathOf(action)))
                );
        }
        foreach (
            var report in (
                await db.Set<AnnualReport>()
                    .AsNoTracking()
                    .Where(r => r.IsClosed && r.AcceptedBy == null)
                    .ToListAsync(cancel)
            ).OrderBy(r => r.Reference.ToString(), StringComparer.Ordinal)
        )
            waiting.Add(new(report.Reference, Deciding.AcceptReport, report.Title, report.Path));
        return waiting;
    }

    // The members decide in the plenary that approves the plan: what was done before is ratified with it.
    private static bool IsDue(WorkPlan plan, PlanAction action, Deciding deciding) =>
        deciding switch
        {
            Deciding.Ratify => plan.PrecedesApproval(action)
                || !plan.IsHistory
                    && plan.ApprovedOn is null
                    && action.RatifiedBy is null
                    && action.CarriedOut?.To is not null,
            Deciding.CarryOver or Deciding.Drop or Deciding.Transfer => action.Decided is null
                && action.State is not (ActionState.Complete or ActionState.Dropped or ActionState.CarriedOver),
            _ => false,
        };

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

    public async Task<string?> Freeze(
        Reference about,
        Deciding deciding,
        PartialDate on,
        Acting acting,
        CancellationToken cancel
    )
    {
        switch (deciding)
        {
            case Deciding.AdoptPlan:
                var version = await approving.Propose(await Plan(about, cancel), on, acting, cancel);
                return version.IsApproved
                    ? throw new RuleBroken("plans.versions.same")
                    : Convert.ToHexStringLower(version.Hash);
            case Deciding.AcceptReport:
                var report =
                    await reports.Find(about.ToString(), cancel)
                    ?? throw new RuleBroken("plans.report.absent", ("reference", about));
                return report.Hash is not { } hash ? throw new RuleBroken("plans.report.not-closed")
                    : report.AcceptedBy is not null ? throw new RuleBroken("plans.decided-already")
                    : Convert.ToHexStringLower(hash);
            default:
                var (plan, action) = await Action(about, cancel);
                return IsDue(plan, action, deciding) ? null : throw new RuleBroken("plans.decided-already");
        }
    }

    public async Task<Reference> Adopt(AdoptedLine adopted, Acting acting, CancellationToken cancel)
    {
        var resolution = new Resolution
        {
            Id = Guid.CreateVersion7(acting.When),
            Reference = await plans.NextResolution(adopted.Date.Year, cancel),
            Force = Force.Decided,
            Wording = Cut(adopted.Wording),
            Session = adopted.Session,
            About = adopted.Decides?.About,
            Citations = [new(adopted.Date, adopted.Source.ToString())],
            Vote = adopted.For is null
                ? new(null, null, null, ByConsensus: true)
                : new((int)adopted.For, (int?)adopted.Against, (int?)adopted.Abstentions),
        };
        resolution.DemandWords();
        db.Add(resolution);
        await plans.Publish(resolution, cancel);
        journal.Record(
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
        if (adopted.Decides is var (about, deciding))
            await CarryOut(about, deciding, adopted, resolution, acting, cancel);
        foreach (var mandated in adopted.Mandates)
            await Mandate(mandated, resolution, acting, cancel);
        return resolution.Reference;
    }

    private async Task CarryOut(
        Reference about,
        Deciding deciding,
        AdoptedLine adopted,
        Resolution resolution,
        Acting acting,
        CancellationToken cancel
    )
    {
        switch (deciding)
        {
            case Deciding.AdoptPlan:
                var adoptedPlan = await Plan(about, cancel);
                var hash = Convert.FromHexString(adopted.Sha256 ?? "");
                // The text that was put, whatever was written into the plan while the members voted.
                var version = await db.Set<PlanVersion>()
                    .Where(v => v.PlanId == adoptedPlan.Id && v.Hash == hash)
                    .OrderByDescending(v => v.Number)
                    .FirstAsync(cancel);
                if (version.IsApproved)
                    version.Resolution ??= resolution.Reference;
                else
                    await approving.Approve(adoptedPlan, version, adopted.Date, resolution.Reference, acting, cancel);
                break;
            case Deciding.AcceptReport:
                await reports.Accept(about, resolution.Reference, acting, cancel);
                break;
            default:
                var (plan, action) = await Action(about, cancel);
                Decide(action, deciding, resolution, acting);
                journal.Record(
                    acting,
                    plan.Stream,
                    "plans.action-decided",
                    action.Reference,
                    new { decided = deciding.ToString(), by = resolution.Reference.ToString() }
                );
                break;
        }
    }

    private static void Decide(PlanAction action, Deciding deciding, Resolution resolution, Acting acting)
    {
        if (deciding == Deciding.Ratify)
        {
            action.RatifiedBy = resolution.Reference;
            return;
        }
        action.Decided = new(
            deciding switch
            {
                Deciding.CarryOver => Fate.CarriedOver,
                Deciding.Drop => Fate.Dropped,
                _ => Fate.Transferred,
            },
            resolution.Reference
        );
        ActionState? becomes = deciding switch
        {
            Deciding.Drop => ActionState.Dropped,
            Deciding.CarryOver => ActionState.CarriedOver,
            _ => null,
        };
        if (becomes is { } state && state != action.State)
            action.Become(state, acting, resolution.Reference.ToString());
    }

    private async Task Mandate(Reference mandated, Resolution resolution, Acting acting, CancellationToken cancel)
    {
        var (plan, action) = await Action(mandated, cancel);
        var before = PlanVersion.Describe(action);
        var origin = new Origin
        {
            Id = Guid.CreateVersion7(acting.When),
            ActionId = action.Id,
            Kind = OriginKind.Resolution,
            ResolutionId = resolution.Id,
            Resolution = resolution,
        };
        action.Origins.Add(origin);
        db.Entry(origin).State = EntityState.Added;
        journal.Record(
            acting,
            plan.Stream,
            "plans.action-edited",
            action.Reference,
            new { before, after = PlanVersion.Describe(action) }
        );
    }

    private async Task<WorkPlan> Plan(Reference about, CancellationToken cancel)
    {
        var year = await db.Set<WorkPlan>()
            .Where(p => p.Reference == about)
            .Select(p => (int?)p.Year)
            .SingleOrDefaultAsync(cancel);
        return year is { } known
            ? (await plans.Find(known, cancel, toEdit: true))!
            : throw new RuleBroken("plans.absent", ("reference", about));
    }

    private async Task<(WorkPlan Plan, PlanAction Action)> Action(Reference about, CancellationToken cancel)
    {
        var year =
            await db.Set<WorkPlan>()
                .Where(p => p.Actions.Any(a => a.Reference == about))
                .Select(p => (int?)p.Year)
                .SingleOrDefaultAsync(cancel)
            ?? throw new RuleBroken("plans.absent", ("reference", about));
        var plan = (await plans.Find(year, cancel, toEdit: true))!;
        return (plan, plan.Actions.Single(a => a.Reference == about));
    }

    // A resolution's wording is a thousand characters; the whole text stays with the motion, one link away.
    private static LocalizedText Cut(LocalizedText text) =>
        LocalizedText.From(
            text.Wordings.Select(w =>
                KeyValuePair.Create(
                    w.Key,
                    w.Value with
                    {
                        Text = Folding.Cut(w.Value.Text, Resolution.WordingMaxLength),
                        SourceHash = null,
                    }
                )
            )
        );
}
