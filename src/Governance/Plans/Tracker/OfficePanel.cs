using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Panels;

namespace Plenaria.Plans.Tracker;

/// <summary>On an office's page: the actions it carries out, of the newest plan that has any.</summary>
internal sealed class OfficePanel(PlenariaDb db, Texts texts) : IPanels
{
    public async Task<IReadOnlyList<Panel>> In(Slot slot, Visitor visitor, Language reader, CancellationToken cancel)
    {
        if (slot.Page != "office")
            return [];
        var key = slot.Subject;
        var bound =
            from b in db.Set<Binding>()
            join a in db.Set<PlanAction>() on b.ActionId equals a.Id
            join p in db.Set<WorkPlan>() on a.PlanId equals p.Id
            where b.Kind == "regional-office" && b.Key == key
            select new { Action = a, Plan = p };
        if (await bound.MaxAsync(x => (int?)x.Plan.Year, cancel) is not { } newest)
            return [];
        var lines = await bound
            .Where(x => x.Plan.Year == newest)
            .OrderBy(x => x.Action.Number)
            .Select(x => new
            {
                Plan = x.Plan.Title,
                x.Action.Number,
                x.Action.Title,
                x.Action.State,
            })
            .ToListAsync(cancel);
        return
        [
            new(
                lines[0].Plan.For(reader),
                [
                    .. lines.Select(l => new PanelLine(
                        l.Title.For(reader),
                        WorkPlan.PathOf(newest, l.Number),
                        texts.Say(reader, $"plans.state.{Phrases.Kebab(l.State.ToString())}")
                    )),
                ]
            ),
        ];
    }
}
