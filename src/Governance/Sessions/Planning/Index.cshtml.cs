using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Site;

namespace Plenaria.Sessions.Planning;

/// <summary>
/// Sessions to come, the next first, and those held, the last first. Drafts only for whoever prepares them.
/// </summary>
[AllowAnonymous, Cacheable]
internal sealed class IndexModel(PlenariaDb db, CurrentUser visitor) : PageModel
{
    private const int Most = 100;

    public IReadOnlyList<Session> Ahead { get; private set; } = [];
    public IReadOnlyList<Session> Held { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var prepares = visitor.May(SessionsModule.Prepare);
        var all = db.Set<Session>().AsNoTracking().Where(s => prepares || s.State != SessionState.Draft);
        Ahead = await all.Where(s => s.State != SessionState.Ended)
            .OrderBy(s => s.StartsAt)
            .Take(Most)
            .ToListAsync(cancel);
        Held = await all.Where(s => s.State == SessionState.Ended)
            .OrderByDescending(s => s.StartsAt)
            .Take(Most)
            .ToListAsync(cancel);
    }
}
