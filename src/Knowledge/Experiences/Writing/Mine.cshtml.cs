using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Experiences.Writing;

/// <summary>The practices this person writes, and those of the members they act for.</summary>
[Allow(ExperiencesModule.Write)]
internal sealed class MineModel(PlenariaDb db, Visitor visitor) : PageModel
{
    private const int Most = 200;

    public IReadOnlyList<Experience> All { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var me = visitor.Who.Id!.Value;
        var own = visitor.Who.Represents.Select(m => (MemberId?)m).ToList();
        All = await db.Set<Experience>()
            .AsNoTracking()
            .Where(e => e.Authors.Any(a => a.Account == me) || own.Contains(e.Owner))
            .OrderByDescending(e => e.ChangedAt)
            .Take(Most)
            .ToListAsync(cancel);
    }
}
