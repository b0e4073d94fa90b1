using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Panels;

namespace Plenaria.Plans.Tracker;

/// <summary>On an office's page: the actions it carries out, of the newest plan that has any.</summary>
internal sealed class OfficePanel(PlenariaDb db, PlanStore plans, Texts texts) : IPanels
{
    public async Task<IReadOnlyList<Panel>> In(Slot slot, Visitor visitor, Language reader, CancellationToken cancel)
    {
        if (slot.Page != "office")
            return [];
        var key = slot.Subject;
        var bound = (
            await db.Set<Binding>()
                .AsNoTracking()
                .Where(b => b.Kind == "regional-office" && b.Key == key)
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
