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
internal sealed class InstrumentPanel(PlenariaDb db, Contributions contributions, Localizer texts) : IPanels
{
    public async Task<IReadOnlyList<Panel>> GetAsync(
        Slot slot,
        CurrentUser visitor,
        Language reader,
        CancellationToken cancel
    )
    {
        var instruments = (await contributions.GetAsync<IInstruments>(cancel))
            .Select(i => (i.Kind, Key: i.FindKey(slot)))
            .FirstOrDefault(i => i.Key is not null);
        if (instruments is not { Kind: var kind, Key: { } key })
            return [];
        var bound =
            from b in db.Set<Binding>()
            join a in db.Set<PlanAction>() on b.ActionId equals a.Id
            join p in db.Set<WorkPlan>() on a.PlanId equals p.Id
            where b.Kind == kind && b.Key == key
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
                        l.Title,
                        reader,
                        WorkPlan.PathOf(newest, l.Number),
                        texts.Get(reader, $"plans.state.{PageLocalizer.Kebab(l.State.ToString())}")
                    )),
                ]
            ),
        ];
    }
}
