using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Publishing.Site;

/// <summary>An editorial page, or how it read at an earlier time.</summary>
[AllowAnonymous]
internal sealed class ShowModel(PlenariaDb db, Visitor visitor) : PageModel
{
    public SitePage Shown { get; private set; } = null!;
    public IReadOnlyList<SitePageRevision> Revisions { get; private set; } = [];
    public SitePageRevision? Earlier { get; private set; }

    [BindProperty(SupportsGet = true)] public int? Revision { get; set; }

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (await db.Set<SitePage>().AsNoTracking().SingleOrDefaultAsync(p => p.Slug == slug, cancel) is not { } page || !page.IsPublished && !visitor.May(PublishingModule.Site))
            return NotFound();
        Shown = page;
        Revisions = await db.Set<SitePageRevision>().AsNoTracking().Where(r => r.Page == page.Id).OrderByDescending(r => r.Number).Take(50).ToListAsync(cancel);
        if (Revision is { } number && (Earlier = Revisions.FirstOrDefault(r => r.Number == number)) is null)
            return NotFound();
        return Page();
    }
}
