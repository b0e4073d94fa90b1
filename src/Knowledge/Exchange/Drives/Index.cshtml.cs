using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Exchange.Drives;

/// <summary>All drives, the newest first; a draft only for who prepares it.</summary>
[Allow(ExchangeModule.TakePart)]
internal sealed class IndexModel(PlenariaDb db, CurrentUser visitor) : PageModel
{
    private const int Most = 200;

    public IReadOnlyList<Drive> All { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) =>
        All = [
            .. (
                await db.Set<Drive>()
                    .AsNoTracking()
                    .Include(d => d.Members)
                    .OrderByDescending(d => d.Number)
                    .Take(Most)
                    .ToListAsync(cancel)
            ).Where(d => d.State != DriveState.Draft || DriveStore.Manages(d, visitor.Acting())),
        ];
}
