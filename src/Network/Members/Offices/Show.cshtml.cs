using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Site;

namespace Plenaria.Members.Offices;

/// <summary>An office's own page: where and with whom, its members, its slice of the plan, its months.</summary>
[AllowAnonymous, Cacheable]
internal sealed class ShowModel(PlenariaDb db, MemberStore members, CurrentUser visitor) : PageModel
{
    public RegionalOffice Office { get; private set; } = null!;
    public IReadOnlyList<(string Country, long Members)> Countries { get; private set; } = [];
    public IReadOnlyList<OfficeReport> Months { get; private set; } = [];
    public bool IsOfIt { get; private set; }

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (
            await db.Set<RegionalOffice>()
                .AsNoTracking()
                .Include(o => o.Hosts)
                .SingleOrDefaultAsync(o => o.Slug == slug, cancel)
            is not { } office
        )
            return NotFound();
        Office = office;
        IsOfIt = visitor.May(MembersModule.Edit, Scope.Of(office.Id));
        Countries =
        [
            .. (await members.Counts(cancel))
                .Where(c => office.Serves(c.Country))
                .GroupBy(c => c.Country)
                .Select(g => (g.Key, g.Sum(c => c.Count)))
                .OrderByDescending(g => g.Item2)
                .ThenBy(g => g.Key),
        ];
        Months = IsOfIt
            ?
            [
                .. (await db.Set<OfficeReport>().AsNoTracking().Where(r => r.Office == office.Id).ToListAsync(cancel))
                    .OrderByDescending(r => r.Month.First)
                    .Take(24),
            ]
            : [];
        return Page();
    }
}
