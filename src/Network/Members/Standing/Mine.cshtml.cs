using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Members.Standing;

/// <summary>The members a person acts for, each with what there is to do for it.</summary>
[Allow(MembersModule.Own)]
internal sealed class MineModel(PlenariaDb db, CurrentUser visitor) : PageModel
{
    public IReadOnlyList<Member> Members { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var mine = visitor
            .Who.Grants.Where(g => g.Role == Role.Member && g.Scope.Kind == "member")
            .Select(g => new MemberId(g.Scope.Id))
            .ToList();
        Members = await db.Set<Member>()
            .AsNoTracking()
            .Where(m => mine.Contains(m.Id))
            .OrderBy(m => m.SortKey)
            .ToListAsync(cancel);
    }
}
