using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Instruments;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Reports;

/// <summary>
/// What the records say now of a report's period: the promises that fall into it, and what came of them.
/// </summary>
internal sealed class ReportBuilder(PlenariaDb db, Contributions contributions)
{
    public async Task<ReportContent> Of(AnnualReport report, DateTimeOffset? closedAt, CancellationToken cancel)
    {
        var plans = await db.Set<WorkPlan>()
            .AsNoTracking()
            .Include(p => p.Directions)
            .OrderBy(p => p.Year)
            .ToListAsync(cancel);
        var actions = await Promised(report.Period, plans, cancel);
        var ids = actions.ConvertAll(a => a.Id);
        var continued = await db.Set<PlanAction>()
            .AsNoTracking()
            .Where(a => a.ContinuesId != null && ids.Contains(a.ContinuesId.Value))
            .Select(a => new { a.ContinuesId, a.Reference })
            .ToListAsync(cancel);
        var followers = continued
            .OrderBy(a => a.Reference.ToString(), StringComparer.Ordinal)
            .ToLookup(a => a.ContinuesId!.Value, a => a.Reference);
        var resolutions = await db.Set<Resolution>()
            .AsNoTracking()
            .Select(r => new { r.Id, r.Reference })
            .ToDictionaryAsync(r => r.Id, r => r.Reference, cancel);
        var instruments = await Instruments(ids, report, cancel);
        var judged = report.Assessments.ToDictionary(a => a.ActionId);

        ReportedAction Report(WorkPlan plan, PlanAction action) =>
            Of(
                report.Period,
                plan,
                action,
                judged.GetValueOrDefault(action.Id),
                [.. followers[action.Id]],
                resolutions
            ) with
            {
                Instruments = [.. instruments[action.Id]],
            };
        ReportedDirection Sum(Direction direction, IReadOnlyList<ReportedAction> within) =>
            new(direction.Number, direction.Title, Figures.Of(within), within);

        var reported = plans
            .Select(plan => new ReportedPlan(
                plan.Reference,
                plan.Year,
                plan.Title,
                [
                    .. plan
                        .Directions.OrderBy(d => d.Number)
                        .Select(d =>
                            Sum(
                                d,
                                [
                                    .. actions
                                        .Where(a => a.DirectionId == d.Id)
                                        .OrderBy(a => a.Number)
                                        .Select(a => Report(plan, a)),
                                ]
                            )
                        )
                        .Where(d => d.Actions.Count > 0),
                ]
            ))
            .Where(p => p.Directions.Count > 0)
            .ToList();
        return new(
            ReportContent.PresentFormat,
            report.Reference,
            report.Period,
            report.Language,
            report.Title,
            report.Introduction,
            closedAt,
            reported,
            Figures.Of([.. reported.SelectMany(p => p.Directions).SelectMany(d => d.Actions)]),
            await Before(report, cancel)
        );
    }

    /// <summary>
    /// The actions planned for a time that meets the period; where an action says no time of its own, its plan's
    /// counts.
    /// </summary>
    private async Task<List<PlanAction>> Promised(Period period, List<WorkPlan> plans, CancellationToken cancel)
    {
        var validFor = plans.ToDictionary(p => p.Id, p => p.ValidFor);
        var times = await db.Set<PlanAction>()
            .AsNoTracking()
            .Select(a => new
            {
                a.Id,
                a.PlanId,
                a.Planned,
            })
            .ToListAsync(cancel);
        var ids = times.Where(a => (a.Planned ?? validFor[a.PlanId]).Overlaps(period)).Select(a => a.Id).ToList();
        return await db.Set<PlanAction>()
            .AsNoTracking()
            .Include(a => a.Origins)
            .Include(a => a.Changes)
            .Include(a => a.Evidence)
            .Where(a => ids.Contains(a.Id))
            .AsSplitQuery()
            .ToListAsync(cancel);
    }

    /// <summary>
    /// What the actions are bound to, named in every language, with its figures over the report's period.
    /// </summary>
    private async Task<ILookup<Guid, ReportedInstrument>> Instruments(
        List<Guid> actions,
        AnnualReport report,
        CancellationToken cancel
    )
    {
        var bound = new List<(Guid Action, ReportedInstrument Instrument)>();
        var kinds = await contributions.GetAsync<IInstruments>(cancel);
        foreach (
            var bindings in (
                await db.Set<Binding>()
                    .AsNoTracking()
                    .Where(b => actions.Contains(b.ActionId))
                    .OrderBy(b => b.Id)
                    .ToListAsync(cancel)
            ).GroupBy(b => b.Kind)
        )
        {
            if (kinds.FirstOrDefault(k => k.Kind == bindings.Key) is not { } kind)
                continue;
            var offers = new Dictionary<Language, Dictionary<string, string>>();
            foreach (var language in Language.All)
                offers[language] = (await kind.Offer(language, cancel)).ToDictionary(i => i.Key, i => i.Title);
            foreach (var binding in bindings.Where(b => offers[report.Language].ContainsKey(b.Key)))
                bound.Add(
                    (
                        binding.ActionId,
                        new(
                            kind.Kind,
                            LocalizedText.InEvery(
                                report.Language,
                                l => offers[l].GetValueOrDefault(binding.Key) ?? offers[report.Language][binding.Key]
                            ),
                            [
                                .. (await kind.Measure(binding.Key, report.Period, cancel)).Select(
                                    i => new ReportedFigure(i.TextKey, i.Value, i.RecordsPath)
                                ),
                            ]
                        )
                    )
                );
        }
        return bound.ToLookup(b => b.Action, b => b.Instrument);
    }

    private static ReportedAction Of(
        Period period,
        WorkPlan plan,
        PlanAction action,
        Assessment? judged,
        IReadOnlyList<Reference> followers,
        Dictionary<Guid, Reference> resolutions
    ) =>
        new(
            action.Reference,
            action.Number,
            plan.PathOf(action),
            action.Title,
            action.Purpose,
            action.Planned ?? plan.ValidFor,
            action.Lead?.Name,
            [
                .. action
                    .Origins.Select(o => o.ResolutionId)
                    .OfType<Guid>()
                    .Select(id => resolutions[id])
                    .OrderBy(r => r.ToString(), StringComparer.Ordinal),
            ],
            action.State,
            action.IsToBeDocumented,
            judged?.Achievement ?? Achievement.NotAssessed,
            judged?.Note ?? LocalizedText.Empty,
            FateOf(action, judged, followers.Count > 0),
            followers,
            [
                .. action
                    .Changes.Where(c => period.Contains(DateOnly.FromDateTime(c.At.UtcDateTime)))
                    .OrderBy(c => c.At)
                    .ThenBy(c => c.Id)
                    .Select(c => new ReportedChange(c.From, c.To, c.At, c.Note, c.InTheNameOf)),
            ],
            [
                .. action
                    .Evidence.OrderBy(e => e.Date)
                    .ThenBy(e => e.Id)
                    .Select(e => new ReportedEvidence(
                        e.Kind,
                        e.Text,
                        e.Date,
                        e.Target,
                        e.FileName,
                        e.InTheNameOf,
                        e.Date.First <= period.Last && period.First <= e.Date.Last
                    )),
            ]
        );

    /// <summary>
    /// What the members decided; else what the Secretariat says in the report; else what the action's own state and
    /// successors say.
    /// </summary>
    private static ActionOutcome? FateOf(PlanAction action, Assessment? judged, bool isContinued) =>
        action.State switch
        {
            ActionState.Complete => null,
            _ when action.Decided is { } decided => decided.Fate,
            _ when judged is { Fate: not ActionOutcome.None } => judged.Fate,
            ActionState.Dropped => ActionOutcome.Dropped,
            ActionState.CarriedOver => ActionOutcome.CarriedOver,
            _ => isContinued ? ActionOutcome.CarriedOver : ActionOutcome.None,
        };

    /// <summary>
    /// The closed report of the period before: it began and ended earlier, and none that did so ended later.
    /// </summary>
    private async Task<EarlierReport?> Before(AnnualReport report, CancellationToken cancel)
    {
        var closed = await db.Set<AnnualReport>()
            .AsNoTracking()
            .Where(r => r.IsClosed && r.Id != report.Id)
            .Select(r => new
            {
                r.Id,
                r.Period,
                r.ClosedAt,
            })
            .ToListAsync(cancel);
        if (
            closed
                .Where(r => r.Period.Last < report.Period.Last && r.Period.First < report.Period.First)
                .OrderByDescending(r => r.Period.Last)
                .ThenByDescending(r => r.ClosedAt)
                .FirstOrDefault()
            is not { } newest
        )
            return null;
        var earlier = await db.Set<AnnualReport>().AsNoTracking().SingleAsync(r => r.Id == newest.Id, cancel);
        return new(
            earlier.Reference,
            earlier.Period,
            Convert.ToHexStringLower(earlier.Hash!),
            ReportContent.Read(earlier.Content!).Total
        );
    }
}
