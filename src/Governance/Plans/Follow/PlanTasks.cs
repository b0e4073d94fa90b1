using Microsoft.EntityFrameworkCore;
using Plenaria.Plans.Import;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Tasks;

namespace Plenaria.Plans.Follow;

/// <summary>What the plans have waiting for whoever keeps them: imports to look through, claims to document.</summary>
internal sealed class PlanTasks(PlenariaDb db, Localizer texts) : ITaskSource
{
    public async Task<IReadOnlyList<Waiting>> For(CurrentUser visitor, Language language, CancellationToken cancel)
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
        var open = await FindClaimsAsync(cancel);
        return
        [
            .. drafts.Select(d => new Waiting(
                texts.Get(language, "plans.task.look", ("name", d.SourceName)),
                $"/plans/import/{d.Id}",
                null,
                $"{d.Year}"
            )),
            .. open.Select(o => new Waiting(
                texts.Get(language, "plans.task.document", ("action", o.Title)),
                $"{WorkPlan.PathOf(o.Year, o.Number)}/progress",
                o.Planned?.To,
                o.Reference.ToString()
            )),
        ];
    }

    private sealed record Claim(int Year, int Number, LocalizedText Title, Period? Planned, Reference Reference);

    // As PlanAction.IsToBeDocumented says, asked of the database: the plans themselves are not loaded.
    private Task<List<Claim>> FindClaimsAsync(CancellationToken cancel) =>
        (
            from a in db.Set<PlanAction>()
            join p in db.Set<WorkPlan>() on a.PlanId equals p.Id
            where
                !p.IsHistory
                && (
                    a.State == ActionState.UnderWay
                    || a.State == ActionState.WellAdvanced
                    || a.State == ActionState.Complete
                )
                && a.Evidence.Count == 0
            orderby p.Year descending, a.Number
            select new Claim(p.Year, a.Number, a.Title, a.Planned, a.Reference)
        ).ToListAsync(cancel);
}
