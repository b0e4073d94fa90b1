using Microsoft.EntityFrameworkCore;
using Plenaria.Members.People;
using Plenaria.Platform.Data;
using Plenaria.Platform.Site;
using Plenaria.Platform.Ties;

namespace Plenaria.Members.Outreach;

/// <summary>A member that can introduce the network, and through what it knows the institution.</summary>
internal sealed record Introduction(LocalizedText Name, string Path, IReadOnlyList<Link> Through);

/// <summary>One relation on the way, and the page that shows it, without the language.</summary>
internal sealed record Link(string Says, string? Path);

/// <summary>
/// Who in the network can introduce it to an institution: present members one relation away from it or from its people.
/// </summary>
internal sealed class WarmPath(PlenariaDb db, Contributions contributions)
{
    public async Task<IReadOnlyList<Introduction>> To(
        Member member,
        IEnumerable<Person> people,
        Language reader,
        CancellationToken cancel
    )
    {
        var near = people.Select(p => TieEnd.Of(p.Id)).Prepend(TieEnd.Of(member.Id)).ToHashSet();
        var ties = new List<(TieEnd Far, Link Link)>();
        foreach (var source in await contributions.GetAsync<ITies>(cancel))
            ties.AddRange(
                (await source.Of(near, reader, cancel))
                    .Where(t => near.Contains(t.A) != near.Contains(t.B))
                    .Select(t => (near.Contains(t.A) ? t.B : t.A, new Link(t.Says, t.Path)))
            );
        // Somebody the institution has to do with leads to the members they act for.
        PersonId[] persons = [.. ties.Select(t => t.Far.Person).OfType<PersonId>().Distinct()];
        var acting = await db.Set<Representation>()
            .AsNoTracking()
            .Where(r => persons.Contains(r.Person) && r.Until == null)
            .Select(r => new { r.Person, r.Member })
            .ToListAsync(cancel);
        var byMember = ties.SelectMany(t =>
                t.Far.Member is { } id
                    ? [(Member: id, t.Link)]
                    : acting.Where(a => a.Person == t.Far.Person).Select(a => (a.Member, t.Link))
            )
            .Where(t => t.Member != member.Id)
            .GroupBy(t => t.Member)
            .ToDictionary(g => g.Key, g => g.Select(t => t.Link).Distinct().ToList());
        MemberId[] ids = [.. byMember.Keys];
        var members = await db.Set<Member>()
            .AsNoTracking()
            .Where(m => ids.Contains(m.Id) && m.Status == MemberStatus.Member)
            .OrderBy(m => m.SortKey)
            .ToListAsync(cancel);
        return [.. members.Select(m => new Introduction(m.Name, m.Path, byMember[m.Id]))];
    }
}
