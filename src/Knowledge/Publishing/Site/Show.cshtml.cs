using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Site;

namespace Plenaria.Publishing.Site;

/// <summary>An editorial page, or how it read at an earlier time.</summary>
[AllowAnonymous, Cacheable]
internal sealed class ShowModel(PlenariaDb db, CurrentUser visitor) : PageModel
{
    public SitePage Shown { get; private set; } = null!;
    public IReadOnlyList<(int Number, DateTimeOffset At)> Revisions { get; private set; } = [];
    public SitePageRevision? Earlier { get; private set; }

    [BindProperty(SupportsGet = true)]
    public int? Revision { get; set; }

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (
            await db.Set<SitePage>().AsNoTracking().SingleOrDefaultAsync(p => p.Slug == slug, cancel) is not { } page
            || !page.IsPublished && !visitor.May(PublishingModule.Site)
        )
            return NotFound();
        Shown = page;
        Revisions =
        [
            .. (
                await db.Set<SitePageRevision>()
                    .AsNoTracking()
                    .Where(r => r.Page == page.Id)
                    .OrderByDescending(r => r.Number)
                    .Take(50)
                    .Select(r => new { r.Number, r.At })
                    .ToListAsync(cancel)
            ).Select(r => (r.Number, r.At)),
        ];
        if (
            Revision is { } number
            && (
                Earlier = await db.Set<SitePageRevision>()
                    .AsNoTracking()
                    .SingleOrDefaultAsync(r => r.Page == page.Id && r.Number == number, cancel)
            )
                is null
        )
            return NotFound();
        HttpContext.Features.Set(Platform.Data.CacheTags.Nothing);
        return Page();
    }
}
