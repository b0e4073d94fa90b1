using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Members.Offices;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Members.Directory;

/// <summary>One institution: what it is, where, since when, and the office that looks after it.</summary>
[AllowAnonymous]
internal sealed class ShowModel(MemberStore members, Territory territory, PlenariaDb db, Visitor visitor) : PageModel
{
    public Member Member { get; private set; } = null!;
    public RegionalOffice? Office { get; private set; }
    public bool MayEdit { get; private set; }

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (await members.Find(slug, cancel) is not { } member)
            return NotFound();
        Member = member;
        Office = (await db.Set<RegionalOffice>().AsNoTracking().ToListAsync(cancel)).Find(o => o.IsOpen && o.Serves(member.Country));
        MayEdit = await territory.Allows(visitor.Acting(), member.Country, cancel);
        return Page();
    }
}
