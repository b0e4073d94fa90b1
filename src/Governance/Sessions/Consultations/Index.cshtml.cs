using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Site;

namespace Plenaria.Sessions.Consultations;

/// <summary>
/// Drafts on which members are asked, and those on which they were. What is being prepared only for whoever prepares
/// it.
/// </summary>
[AllowAnonymous, Cacheable]
internal sealed class IndexModel(PlenariaDb db, CurrentUser visitor) : PageModel
{
    private const int Most = 100;

    public IReadOnlyList<Consultation> Open { get; private set; } = [];
    public IReadOnlyList<Consultation> Closed { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var prepares = visitor.May(SessionsModule.Network);
        var all = db.Set<Consultation>().AsNoTracking();
        Open = await all.Where(c => c.State == ConsultationState.Open || prepares && c.State == ConsultationState.Draft)
            .OrderBy(c => c.Until)
            .Take(Most)
            .ToListAsync(cancel);
        Closed = await all.Where(c => c.State == ConsultationState.Closed)
            .OrderByDescending(c => c.ClosedAt)
            .Take(Most)
            .ToListAsync(cancel);
    }
}
