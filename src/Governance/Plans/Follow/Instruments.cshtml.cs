using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Instruments;
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
    ActionUndo undo,
    CurrentUser visitor,
    PageLocalizer phrases
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
                bindings.Bind(Plan, Action, kind, instrument.Key, acting);
                OfferUndo("plans.undo.bound", "instruments");
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
                bindings.Unbind(Plan, Action, binding, acting);
                OfferUndo("plans.undo.unbound", "instruments");
            },
            cancel
        );

    /// <summary>Takes the binding back that somebody has just made, or makes again the one just taken away.</summary>
    public Task<IActionResult> OnPostUndoAsync(CancellationToken cancel) =>
        Change(
            async acting =>
            {
                var line = await undo.GetAsync(Plan, Action, [ActionUndo.Bound, ActionUndo.Unbound], cancel);
                var (kind, key) = (line.Detail("kind")!, line.Detail("key")!);
                var bound = await Db.Set<Binding>()
                    .SingleOrDefaultAsync(b => b.ActionId == Action.Id && b.Kind == kind && b.Key == key, cancel);
                if (bound is null == (line.Act == ActionUndo.Bound))
                    throw new RuleViolationException("platform.changed-meanwhile");
                if (bound is null)
                    bindings.Bind(Plan, Action, kind, key, acting);
                else
                    bindings.Unbind(Plan, Action, bound, acting);
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
                bindings.Keep(Plan, Action, bound, acting);
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
