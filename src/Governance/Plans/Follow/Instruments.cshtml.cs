using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Instruments;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Follow;

/// <summary>Through what an action is carried out. A figure can be kept as a supporting record, with the day it was read.</summary>
[Allow(PlansModule.Edit)]
internal sealed class InstrumentsModel(PlenariaDb db, PlanStore plans, Bindings bindings, Journal journal, Visitor visitor, Phrases phrases, Texts texts) : PageModel, IRerenders
{
    public WorkPlan Plan { get; private set; } = null!;
    public PlanAction Action { get; private set; } = null!;
    public IReadOnlyList<Bound> Bound { get; private set; } = [];
    public IReadOnlyList<(string Kind, Instrument Instrument)> Offered { get; private set; } = [];

    [BindProperty] public Guid Binding { get; set; }
    [BindProperty] public string? Choice { get; set; }

    public async Task<IActionResult> OnGetAsync(int year, int number, CancellationToken cancel) => await Load(year, number, cancel) ? Page() : NotFound();

    public Task RerenderAsync(CancellationToken cancel) => Load(int.Parse((string)RouteData.Values["year"]!, null), int.Parse((string)RouteData.Values["number"]!, null), cancel);

    public Task<IActionResult> OnPostAddAsync(int year, int number, CancellationToken cancel) => Change(year, number, acting =>
    {
        var (kind, instrument) = Offered.FirstOrDefault(o => $"{o.Kind}/{o.Instrument.Key}" == Choice);
        if (instrument is null || Bound.Any(b => b.Kind == kind && b.Instrument.Key == instrument.Key))
            throw new RuleBroken("plans.instruments.bound-already");
        db.Add(new Binding { Id = Guid.CreateVersion7(acting.When), ActionId = Action.Id, Kind = kind, Key = instrument.Key });
        journal.Record(acting, Plan.Stream, "plans.instrument-bound", Action.Reference, new { kind, instrument.Key });
        return Task.CompletedTask;
    }, cancel);

    public Task<IActionResult> OnPostRemoveAsync(int year, int number, CancellationToken cancel) => Change(year, number, async acting =>
    {
        var binding = await db.Set<Binding>().SingleOrDefaultAsync(b => b.Id == Binding && b.ActionId == Action.Id, cancel) ?? throw new RuleBroken("platform.changed-meanwhile");
        db.Remove(binding);
        journal.Record(acting, Plan.Stream, "plans.instrument-unbound", Action.Reference, new { binding.Kind, binding.Key });
    }, cancel);

    public Task<IActionResult> OnPostKeepAsync(int year, int number, CancellationToken cancel) => Change(year, number, acting =>
    {
        var bound = Bound.FirstOrDefault(b => b.BindingId == Binding) ?? throw new RuleBroken("platform.changed-meanwhile");
        foreach (var indicator in bound.Indicators)
        {
            // The figure is kept as it reads today, in every language; its link leads to the records as they are.
            var text = Language.All.Aggregate(LocalizedText.Original(Plan.Language, texts.Count(Plan.Language, indicator.TextKey, indicator.Value)),
                (all, language) => language == Plan.Language ? all : all.WithTranslation(language, texts.Count(language, indicator.TextKey, indicator.Value)));
            db.Add(new Evidence
            {
                Id = Guid.CreateVersion7(acting.When), ActionId = Action.Id, Kind = EvidenceKind.Indicator, Text = text, Date = PartialDate.On(DateOnly.FromDateTime(acting.When.UtcDateTime)),
                Target = indicator.RecordsPath, By = acting.Who.Name, InTheNameOf = acting.For?.Name, AddedAt = acting.When,
            });
            journal.Record(acting, Plan.Stream, "plans.evidence-added", Action.Reference, new { kind = "Indicator", instrument = bound.Kind, key = bound.Instrument.Key, value = indicator.Value });
        }
        return Task.CompletedTask;
    }, cancel);

    private async Task<IActionResult> Change(int year, int number, Func<Acting, Task> change, CancellationToken cancel)
    {
        if (!await Load(year, number, cancel))
            return NotFound();
        await change(visitor.Acting());
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}{Plan.PathOf(Action)}/instruments");
    }

    private async Task<bool> Load(int year, int number, CancellationToken cancel)
    {
        if (await plans.Find(year, cancel) is not { } plan || plan.Actions.Find(a => a.Number == number) is not { } action)
            return false;
        (Plan, Action) = (plan, action);
        Bound = await bindings.Of(action, action.Planned ?? plan.ValidFor, phrases.Language, cancel);
        Offered = await bindings.Offer(phrases.Language, cancel);
        return true;
    }
}
