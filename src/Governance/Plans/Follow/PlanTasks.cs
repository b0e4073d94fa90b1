using Microsoft.EntityFrameworkCore;
using Plenaria.Plans.Import;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Tasks;

namespace Plenaria.Plans.Follow;

/// <summary>What the plans have waiting for whoever keeps them: imports to look through, claims to document.</summary>
internal sealed class PlanTasks(PlenariaDb db, PlanStore plans, Texts texts) : ITaskSource
{
    public async Task<IReadOnlyList<Waiting>> For(Visitor visitor, Language language, CancellationToken cancel)
    {
        if (!visitor.May(PlansModule.Edit))
            return [];
        var drafts = await db.Set<ImportDraft>()
            .AsNoTracking()
            .Select(d => new
            {
                d.Id,
                d.SourceName,
                d.Year,
            })
            .ToListAsync(cancel);
        var open = (await plans.All(cancel))
            .Where(p => !p.IsHistory)
            .SelectMany(p => p.Actions.Where(a => a.IsToBeDocumented).Select(a => (Plan: p, Action: a)));
        return
        [
            .. drafts.Select(d => new Waiting(
                texts.Say(language, "plans.task.look", ("name", d.SourceName)),
                $"/plans/import/{d.Id}",
                null,
                $"{d.Year}"
            )),
            .. open.Select(o => new Waiting(
                texts.Say(language, "plans.task.document", ("action", o.Action.Title)),
                $"{o.Plan.PathOf(o.Action)}/progress",
                o.Action.Planned?.To,
                o.Action.Reference.ToString()
            )),
        ];
    }
}
