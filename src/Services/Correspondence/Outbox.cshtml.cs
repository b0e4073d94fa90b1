using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Site;

namespace Plenaria.Correspondence;

/// <summary>Mail that would have left, for development and demo. Elsewhere there is no such page.</summary>
[AllowAnonymous, ResponseCache(NoStore = true)]
internal sealed class OutboxModel(PlenariaDb db, HostingMode surroundings) : PageModel
{
    public IReadOnlyList<OutboxMessage> Letters { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!surroundings.ShowsWorkshop)
            return NotFound();
        Letters = await db.Set<OutboxMessage>()
            .AsNoTracking()
            .OrderByDescending(l => l.Id)
            .Take(30)
            .ToListAsync(cancel);
        return Page();
    }
}
