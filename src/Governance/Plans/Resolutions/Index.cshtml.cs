using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;

namespace Plenaria.Plans.Resolutions;

[AllowAnonymous]
internal sealed class IndexModel(PlenariaDb db) : PageModel
{
    public IReadOnlyList<IGrouping<LocalizedText, Resolution>> Sessions { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var all = await db.Set<Resolution>().AsNoTracking().ToListAsync(cancel);
        Sessions = [.. all.OrderByDescending(r => r.Citations.Max(c => c.Date)).ThenBy(r => r.Reference.ToString(), StringComparer.Ordinal).GroupBy(r => r.Session)];
    }
}
