using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Instruments;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;

namespace Plenaria.Plans.Follow;

/// <summary>
/// Through what an action is carried out. A figure can be kept as a supporting record, with the day it was read.
/// </summary>
[Allow(PlansModule.Edit)]
internal sealed class InstrumentsModel(
    PlenariaDb db,
    PlanStore plans,
    Bindings bindings,
    Journal journal,
    CurrentUser visitor,
    PageLocalizer phrases,
    Localizer texts
) : ActionPage(db, plans, phrases)
{
    public IReadOnlyList<BoundInstrument> Bound { get; private set; } = [];
    public IReadOnlyList<(string Kind, Instrument Instrument)> Offered { get; private set; } = [];

    [BindProperty]
    public Guid Binding { get; set; }

    [BindProperty]
    public string? Choice { get; set; }

    public Task<IActionResult> OnPostAddAsync(CancellationToken cancel) =>
        Change(
            acting =>
            {
                var (kind, instrument) = Offered.FirstOrDefault(o => $"{o.Kind}/{o.Instrument.Key}" == Choice);
                if (instrument is null || Bound.Any(b => b.Kind == kind && b.Instrument.Key == instrument.Key))
                    throw new RuleViolationException("plans.instruments.bound-already");
                Db.Add(
                    new Binding
                    {
                        Id = Guid.CreateVersion7(acting.At),
                        ActionId = Action.Id,
                        Kind = kind,
                        Key = instrument.Key,
                    }
                );
                journal.Append(
                    acting,
                    Plan.Stream,
                    "plans.instrument-bound",
                    Action.Reference,
                    new { kind, instrument.Key }
                );
                return Task.CompletedTask;
            },
            cancel
        );

    public Task<IActionResult> OnPostRemoveAsync(CancellationToken cancel) =>
        Change(
            async acting =>
            {
                var binding =
                    await Db.Set<Binding>()
                        .SingleOrDefaultAsync(b => b.Id == Binding && b.ActionId == Action.Id, cancel)
                    ?? throw new RuleViolationException("platform.changed-meanwhile");
                Db.Remove(binding);
                journal.Append(
                    acting,
                    Plan.Stream,
                    "plans.instrument-unbound",
                    Action.Reference,
                    new { binding.Kind, binding.Key }
                );
            },
            cancel
        );

    public Task<IActionResult> OnPostKeepAsync(CancellationToken cancel) =>
        Change(
            acting =>
            {
                var bound =
                    Bound.FirstOrDefault(b => b.BindingId == Binding)
                    ?? throw new RuleViolationException("platform.changed-meanwhile");
                foreach (var indicator in bound.Indicators)
                {
                    // The figure is kept as it reads today, in every language; its link leads to the records as they
                    // are.
                    var text = LocalizedText.InEvery(
                        Plan.Language,
                        language => texts.Count(language, indicator.TextKey, indicator.Value)
                    );
                    Db.Add(
                        new Evidence
                        {
                            Id = Guid.CreateVersion7(acting.At),
                            ActionId = Action.Id,
                            Kind = EvidenceKind.Indicator,
                            Text = text,
                            Date = PartialDate.On(DateOnly.FromDateTime(acting.At.UtcDateTime)),
                            Target = indicator.RecordsPath,
                            By = acting.Actor.Name,
                            InTheNameOf = acting.OnBehalfOf?.Name,
                            AddedAt = acting.At,
                        }
                    );
                    journal.Append(
                        acting,
                        Plan.Stream,
                        "plans.evidence-added",
                        Action.Reference,
                        new
                        {
                            kind = "Indicator",
                            instrument = bound.Kind,
                            key = bound.Instrument.Key,
                            value = indicator.Value,
                        }
                    );
                }
                return Task.CompletedTask;
            },
            cancel
        );

    private Task<IActionResult> Change(Func<OperationContext, Task> change, CancellationToken cancel) =>
        Change(
            async () =>
            {
                await Show(cancel);
                await change(visitor.Acting());
            },
            cancel,
            backTo: "/instruments"
        );

    protected override async Task Show(CancellationToken cancel)
    {
        Bound = await bindings.Of(Action, Action.Planned ?? Plan.ValidFor, Phrases.Language, cancel);
        Offered = await bindings.Offer(Phrases.Language, cancel);
    }
}
