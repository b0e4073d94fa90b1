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
    private const int Most = 20;

    public async Task<IReadOnlyList<Waiting>> For(CurrentUser visitor, Language language, CancellationToken cancel)
    {
        if (!visitor.May(MembersModule.Edit) || await territory.Of(visitor.Acting(), cancel) is not { } countries)
            return [];
        var tasks = new List<Waiting>();
        foreach (var (domain, answer) in await refused.ReadAsync(cancel))
        {
            var end = $"@{domain}";
            var members = await db.Set<Member>()
                .AsNoTracking()
                .Where(m => m.Status == MemberStatus.Member && countries.Contains(m.Country))
                .Where(m =>
                    db.Set<Person>()
                        .Any(p =>
                            p.Email != null
                            && p.Email.EndsWith(end)
                            && p.Represents.Any(r => r.Member == m.Id && r.Until == null)
                        )
                )
                .OrderBy(m => m.Slug)
                .Take(Most)
                .ToListAsync(cancel);
            tasks.AddRange(
                members.Select(m => new Waiting(
                    texts.Get(language, "members.offices.refused", ("member", m.Name), ("domain", domain)),
                    $"{m.Path}/people",
                    null,
                    texts.Get(language, "members.offices.refused.what", ("answer", answer))
                ))
            );
        }
        return [.. tasks.Take(Most)];
    }
}
