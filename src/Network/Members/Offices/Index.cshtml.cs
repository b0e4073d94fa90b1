using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Site;

namespace Plenaria.Members.Offices;

/// <summary>
/// The Secretariat's regional offices: where, with whom, how far they have come, how many members they look after.
/// </summary>
[AllowAnonymous, Cacheable]
internal sealed class IndexModel(PlenariaDb db, MemberStore members) : PageModel
{
    public IReadOnlyList<(RegionalOffice Office, long Members)> Offices { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var counts = await members.Counts(cancel);
        Offices =
        [
            .. (
                await db.Set<RegionalOffice>()
                    .AsNoTracking()
                    .Include(o => o.Hosts)
                    .OrderBy(o => o.Slug)
                    .ToListAsync(cancel)
            ).Select(o => (o, counts.Where(c => o.Serves(c.Country)).Sum(c => c.Count))),
        ];
    }
}
