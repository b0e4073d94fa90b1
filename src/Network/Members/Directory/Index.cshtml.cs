using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;

namespace Plenaria.Members.Directory;

[AllowAnonymous]
internal sealed class IndexModel(PlenariaDb db) : PageModel
{
    public IReadOnlyList<Member> Members { get; private set; } = [];
    public IReadOnlyList<string> Regions { get; private set; } = [];

    [BindProperty(SupportsGet = true)] public string? Region { get; set; }
    [BindProperty(SupportsGet = true)] public DateOnly? From { get; set; }
    [BindProperty(SupportsGet = true)] public DateOnly? To { get; set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var all = await db.Set<Member>().AsNoTracking().OrderBy(m => m.Slug).ToListAsync(cancel);
        var present = all.Select(m => m.Region).ToHashSet();
        Regions = [.. Platform.Places.Regions.All.Where(r => r == Region || present.Any(p => Platform.Places.Regions.IsWithin(p, r)))];
        // The same rule as the indicator's: its number is the length of this list.
        Members = [.. all.Where(m => string.IsNullOrEmpty(Region) || Platform.Places.Regions.IsWithin(m.Region, Region))
            .Where(m => (m.Since is null || To is null || m.Since.Value.First <= To) && (m.Until is null || From is null || m.Until.Value.Last >= From))];
    }
}
