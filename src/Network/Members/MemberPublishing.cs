using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plenaria.Members.People;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;

namespace Plenaria.Members;

/// <summary>
/// Members in the register, so that the search finds them: who belongs is entered, who left or was merged is taken out.
/// </summary>
internal sealed class MemberPublishing(
    PlenariaDb db,
    Bulk bulk,
    Register register,
    Network network,
    Journal journal,
    SystemActor house
)
{
    public const string Kind = "member",
        ReferenceLetter = "M";

    /// <summary>Enters a member as it is now; saved by the caller.</summary>
    public async Task Publish(Member member, CancellationToken cancel)
    {
        var prefix = (await network.Profile(cancel)).Prefix;
        if (member.IsPresent)
            await register.Publish(
                Publication(member, prefix),
                await WithPeople(member, cancel),
                Audience.Public,
                cancel
            );
        else
            await register.Withdraw(ReferenceOf(member, prefix), cancel);
    }

    /// <summary>Enters the members for which a person acts now: what of that person is public has changed.</summary>
    public async Task PublishFor(Person person, CancellationToken cancel)
    {
        var ids = person.Represents.Where(r => r.IsPresent).Select(r => r.Member).Distinct().ToList();
        foreach (
            var member in await db.Set<Member>()
                .Include(m => m.Periods)
                .Where(m => ids.Contains(m.Id))
                .ToListAsync(cancel)
        )
            await Publish(member, cancel);
    }

    // Who agreed to be shown is found where they are shown: on the page of the member for which they act.
    private async Task<LocalizedText> WithPeople(Member member, CancellationToken cancel)
    {
        // Also as they are about to be saved.
        await db.Set<Representation>().Where(r => r.Member == member.Id && r.Until == null).LoadAsync(cancel);
        var acting = db.Set<Representation>()
            .Local.Where(r => r.Member == member.Id && r.IsPresent && !(r.IsVoting && r.IsUnconfirmed))
            .Select(r => r.Person)
            .Distinct()
            .ToList();
        await db.Set<Person>().Where(p => acting.Contains(p.Id)).LoadAsync(cancel);
        var names = db.Set<Person>()
            .Local.Where(p => acting.Contains(p.Id) && p.ShowsName)
            .Select(p => p.Name)
            .Order(StringComparer.Ordinal)
            .ToList();
        return names.Count == 0 || member.Name.Source is not { } source
            ? Body(member)
            : LocalizedText.Original(source, string.Join('\n', (string[])[member.City ?? "", .. names]).Trim());
    }

    /// <summary>New members of an import, past the change tracker.</summary>
    public async Task PublishFirst(IReadOnlyList<Member> members, CancellationToken cancel)
    {
        var prefix = (await network.Profile(cancel)).Prefix;
        await register.PublishBulk(
            bulk,
            [.. members.Where(m => m.IsPresent).Select(m => (Publication(m, prefix), Body(m), Audience.Public))],
            cancel
        );
    }

    /// <summary>Enters the members that an earlier version did not.</summary>
    public Task PublishAll(CancellationToken cancel) =>
        db.InTransactionAsync(
            async () =>
            {
                var prefix = (await network.Profile(cancel)).Prefix;
                var entered = (
                    await db.Set<RegisterEntry>()
                        .Where(e => e.Kind == Kind)
                        .Select(e => e.Reference)
                        .ToListAsync(cancel)
                ).ToHashSet();
                var missing = (
                    await db.Set<Member>()
                        .AsNoTracking()
                        .Include(m => m.Periods)
                        .Where(m => m.Status == MemberStatus.Member)
                        .ToListAsync(cancel)
                ).FindAll(m => !entered.Contains(ReferenceOf(m, prefix)));
                if (missing.Count == 0)
                    return;
                foreach (var batch in missing.Chunk(500))
                    await PublishFirst(batch, cancel);
                journal.Append(
                    house.As("upgrade"),
                    "members",
                    "members.entered",
                    null,
                    new { members = missing.Count }
                );
                await db.SaveChangesAsync(cancel);
            },
            cancel
        );

    // The member is not its own publication: what it published is a list of other things.
    private static Publication Publication(Member member, string prefix) =>
        new(ReferenceOf(member, prefix), Kind, member.Path, member.Name, LocalizedText.Empty)
        {
            Place = member.Country,
            Date = member.Since,
        };

    private static LocalizedText Body(Member member) =>
        member.Name.Source is { } source && member.City is { } city
            ? LocalizedText.Original(source, city)
            : LocalizedText.Empty;

    // Its address as a reference, which has one hyphen between words; one that is cut or changed is told apart by what
    // it was.
    private static Reference ReferenceOf(Member member, string prefix)
    {
        var slug = Folding.Slug(member.Slug, Member.SlugMaxLength).ToUpperInvariant();
        return Reference.Of(
            prefix,
            ReferenceLetter,
            slug.Length <= 40 && slug.Length == member.Slug.Length
                ? slug
                : $"{slug[..Math.Min(31, slug.Length)].Trim('-')}-{Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(member.Slug)).AsSpan(0, 4))}"
        );
    }
}
