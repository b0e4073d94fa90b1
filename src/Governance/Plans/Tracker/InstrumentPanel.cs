using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Instruments;
using Plenaria.Platform.Language;
using Plenaria.Platform.Panels;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Tracker;

/// <summary>
/// On the page of something that carries out actions, such as an office: those actions, of the newest plan that has
/// any.
/// </summary>
internal sealed class InstrumentPanel(PlenariaDb db, Contributions contributions, PlanStore plans, Texts texts)
    : IPanels
{
    public async Task<IReadOnlyList<Panel>> In(Slot slot, Visitor visitor, Language reader, CancellationToken cancel)
    {
        var instruments = (await contributions.GetAsync<IInstruments>(cancel))
            .Select(i => (i.Kind, Key: i.FindKey(slot)))
            .FirstOrDefault(i => i.Key is not null);
        if (instruments is not { Kind: var kind, Key: { } key })
            return [];
        var bound = (
            await db.Set<Binding>()
                .AsNoTracking()
                .Where(b => b.Kind == kind && b.Key == key)
                .Select(b => b.ActionId)
                .ToListAsync(cancel)
        ).ToHashSet();
        if (
            bound.Count == 0
            || (await plans.All(cancel)).Find(p => p.Actions.Exists(a => bound.Contains(a.Id))) is not { } plan
        )
            return [];
        return
        [
            new(
                plan.Title.For(reader),
                [
                    .. plan
                        .Actions.Where(a => bound.Contains(a.Id))
                        .OrderBy(a => a.Number)
                        .Select(a => new PanelLine(
                            a.Title.For(reader),
                            plan.PathOf(a),
                            texts.Say(reader, $"plans.state.{Phrases.Kebab(a.State.ToString())}")
                        )),
                ]
            ),
        ];
    }
}
