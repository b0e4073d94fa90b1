using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Experiences.Writing;

/// <summary>The practices this person writes, and those of the members they act for.</summary>
[Allow(ExperiencesModule.Write)]
internal sealed class MineModel(PlenariaDb db, CurrentUser visitor) : PageModel
{
    private const int Most = 200;

    public IReadOnlyList<Experience> All { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var me = visitor.Who.Id!.Value;
        var own = visitor.Who.Represents.Select(m => (MemberId?)m).ToList();
        // Two queries, each by its index: one condition for both would be asked of every practice.
        var written =
            from a in db.Set<Author>()
            join e in db.Set<Experience>() on a.Experience equals e.Id
            where a.Account == me
            select e;
        var all = await Newest(written, cancel);
        if (own.Count > 0)
            all = [.. all, .. await Newest(db.Set<Experience>().Where(e => own.Contains(e.Owner)), cancel)];
        All = [.. all.DistinctBy(e => e.Id).OrderByDescending(e => e.ChangedAt).Take(Most)];
    }

    private static Task<List<Experience>> Newest(IQueryable<Experience> practices, CancellationToken cancel) =>
        practices.AsNoTracking().OrderByDescending(e => e.ChangedAt).Take(Most).ToListAsync(cancel);
}
