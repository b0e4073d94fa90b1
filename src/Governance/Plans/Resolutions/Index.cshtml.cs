using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Resolutions;

[AllowAnonymous, Cacheable]
internal sealed class IndexModel(PlenariaDb db) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    /// <summary>Only what the members agreed or decided.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Binding { get; set; }

    public IReadOnlyList<IGrouping<LocalizedText, Resolution>> Sessions { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var all = await db.Set<Resolution>().AsNoTracking().ToListAsync(cancel);
        // Asked for a period, the list is what the indicator counted: what binds, of that time.
        if (From is { } from && To is { } to)
            all.RemoveAll(r => !r.IsBinding || !r.FallsWithin(from, to));
        if (Binding)
            all.RemoveAll(r => !r.IsBinding);
        Sessions =
        [
            .. all.OrderByDescending(r => r.Citations.Max(c => c.Date))
                .ThenBy(r => r.Reference.ToString(), StringComparer.Ordinal)
                .GroupBy(r => r.Session),
        ];
    }
}
