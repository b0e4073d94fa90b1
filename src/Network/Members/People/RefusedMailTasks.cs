using Microsoft.EntityFrameworkCore;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Tasks;

namespace Plenaria.Members.People;

/// <summary>
/// A member whose server refuses the network's letters, for whoever works for the office of its territory alone: the
/// Secretariat sees all such domains where it sees its mail.
/// </summary>
internal sealed class RefusedMailTasks(PlenariaDb db, Territory territory, RefusedMail refused, Localizer texts)
    : ITaskSource
{
    private const int Most = 20,
        // Of a member several people may have addresses at the domain.
        MostRead = 500;

    public async Task<IReadOnlyList<Waiting>> For(CurrentUser visitor, Language language, CancellationToken cancel)
    {
        if (!visitor.May(MembersModule.Edit) || await territory.Of(visitor.Acting(), cancel) is not { } countries)
            return [];
        var answers = await refused.ReadAsync(cancel);
        if (answers.Count == 0)
            return [];
        return
        [
            .. (await FindAsync(answers.Keys, countries, cancel)).Select(f => new Waiting(
                texts.Get(language, "members.offices.refused", ("member", f.Name), ("domain", f.Domain)),
                $"/members/{f.Slug}/people",
                null,
                texts.Get(language, "members.offices.refused.what", ("answer", answers[f.Domain]))
            )),
        ];
    }

    /// <summary>The members of these countries with somebody at one of the domains, each once for each domain.</summary>
    private async Task<IEnumerable<(string Slug, LocalizedText Name, string Domain)>> FindAsync(
        IEnumerable<string> domains,
        IReadOnlyCollection<string> countries,
        CancellationToken cancel
    )
    {
        var found = await (
            from role in db.Set<Representation>().AsNoTracking()
            join person in db.Set<Person>() on role.Person equals person.Id
            join member in db.Set<Member>() on role.Member equals member.Id
            where member.Status == MemberStatus.Member && countries.Contains(member.Country)
            where role.Until == null && person.Email != null && domains.Any(d => person.Email.EndsWith("@" + d))
            orderby member.Slug
            select new
            {
                member.Slug,
                member.Name,
                Email = person.Email!,
            }
        )
            .Take(MostRead)
            .ToListAsync(cancel);
        return found
            .Select(f => (f.Slug, f.Name, Domain: f.Email[(f.Email.LastIndexOf('@') + 1)..]))
            .DistinctBy(f => (f.Slug, f.Domain))
            .Take(Most);
    }
}
