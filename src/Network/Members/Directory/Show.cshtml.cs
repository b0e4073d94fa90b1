using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Members.Offices;
using Plenaria.Members.People;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;

namespace Plenaria.Members.Directory;

/// <summary>One institution: what it is, where, since when, and the office that looks after it.</summary>
[AllowAnonymous, Cacheable]
internal sealed class ShowModel(
    MemberStore members,
    Territory territory,
    PeopleStore people,
    Register register,
    PlenariaDb db,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel
{
    public Member Member { get; private set; } = null!;
    public RegionalOffice? Office { get; private set; }
    public bool MayEdit { get; private set; }
    public bool Represents { get; private set; }
    public Member? Parent { get; private set; }
    public IReadOnlyList<Member> Parts { get; private set; } = [];
    public IReadOnlyList<PublishedEntry> Published { get; private set; } = [];
    public IReadOnlyList<(Representation Role, Person Person)> People { get; private set; } = [];

    /// <summary>Whom everybody may see: who said so, while they act for the member.</summary>
    public IEnumerable<(Representation Role, Person Person)> Shown =>
        People.Where(p => p.Role.IsPresent && !(p.Role.IsVoting && p.Role.IsUnconfirmed) && p.Person.ShowsName);

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (await members.Find(slug, cancel) is not { } member)
            return NotFound();
        if (member.MergedInto is { } other)
            return RedirectPermanent($"/{phrases.Language}{(await members.Load(other, cancel)).Path}");
        Member = member;
        Office = (await db.Set<RegionalOffice>().AsNoTracking().ToListAsync(cancel)).Find(o =>
            o.IsOpen && o.Serves(member.Country)
        );
        // Whom the network is only talking with is nobody else's business.
        if (member.Status == MemberStatus.Prospect && !visitor.May(MembersModule.Edit))
            return NotFound();
        (People, Parts) = (
            await people.Of(member.Id, cancel),
            await db.Set<Member>()
                .AsNoTracking()
                .Where(m => m.Parent == member.Id && m.Status == MemberStatus.Member)
                .OrderBy(m => m.SortKey)
                .Take(100)
                .ToListAsync(cancel)
        );
        Parent = member.Parent is { } parent ? await members.Load(parent, cancel) : null;
        Published = await register.Of(member.Id, visitor.Reads, 20, cancel);
        Represents = visitor.Who.Grants.Contains(new(Role.Member, Scope.Of(member.Id)));
        MayEdit = await territory.Allows(visitor.Acting(), member.Country, cancel);
        return Page();
    }
}
