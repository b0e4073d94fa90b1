using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Tasks;

namespace Plenaria.Members.People;

/// <summary>Letters to look at, and members whose election has passed: their people may have changed.</summary>
internal sealed class PeopleTasks(PlenariaDb db, Territory territory, MemberStore members, Localizer texts)
    : ITaskSource
{
    public async Task<IReadOnlyList<Waiting>> For(CurrentUser visitor, Language language, CancellationToken cancel) =>
        [.. await ToConfirmAsync(visitor, language, cancel), .. await ToProveAsync(visitor, language, cancel)];

    /// <summary>Roles that somebody outside gave, for the member's people to confirm or refuse.</summary>
    private async Task<IReadOnlyList<Waiting>> ToConfirmAsync(
        CurrentUser visitor,
        Language language,
        CancellationToken cancel
    )
    {
        if (visitor.Who.Id is not { } me || visitor.Who.Represents is not { Count: > 0 } ids)
            return [];
        var all = await (
            from r in db.Set<Representation>()
            join p in db.Set<Person>() on r.Person equals p.Id
            where ids.Contains(r.Member) && r.Until == null
            select new { r, p }
        )
            .AsNoTracking()
            .ToListAsync(cancel);
        var roles = all.ToLookup(x => x.r.Member, x => (Role: x.r, Person: x.p));
        var waiting = roles
            .SelectMany(g => g.Where(x => RepresentationRights.MayConfirm(me, x.Role, x.Person, g)))
            .ToList();
        var of = waiting.Select(w => w.Role.Member).Distinct().ToList();
        var named = await db.Set<Member>()
            .AsNoTracking()
            .Where(m => of.Contains(m.Id))
            .ToDictionaryAsync(m => m.Id, cancel);
        return
        [
            .. waiting
                .Select(w => (w.Role, w.Person, Member: named[w.Role.Member]))
                .Select(w => new Waiting(Title(w.Role, w.Person, w.Member), $"{w.Member.Path}/people", null)),
        ];

        string Title(Representation role, Person person, Member member)
        {
            var asWhat = texts.Get(language, $"members.role.{PageLocalizer.Kebab(role.Role.ToString())}");
            return texts.Get(
                language,
                "members.people.confirm-task",
                ("person", person.Name),
                ("role", asWhat),
                ("member", member.Name)
            );
        }
    }

    private async Task<IReadOnlyList<Waiting>> ToProveAsync(
        CurrentUser visitor,
        Language language,
        CancellationToken cancel
    )
    {
        if (!visitor.May(MembersModule.Edit))
            return [];
        var countries = await territory.Of(visitor.Acting(), cancel);
        var letters = await (
            from r in db.Set<Representation>()
            join m in db.Set<Member>() on r.Member equals m.Id
            join p in db.Set<Person>() on r.Person equals p.Id
            where
                r.Until == null
                && r.Letter != null
                && r.ProvedOn == null
                && (countries == null || countries.Contains(m.Country))
            select new
            {
                m.Slug,
                m.Name,
                Person = p.Name,
            }
        )
            .AsNoTracking()
            .ToListAsync(cancel);
        var elections = await DelegateDesignation.CountAsync(db, countries, members.Today, cancel);
        return
        [
            .. letters.Select(l => new Waiting(
                texts.Get(language, "members.people.task", ("person", l.Person), ("member", l.Name)),
                $"/members/{l.Slug}/people",
                null
            )),
            .. ForElections(elections, language),
        ];
    }

    private IEnumerable<Waiting> ForElections(int passed, Language language) =>
        passed == 0 ? [] : [new(texts.Count(language, "members.elections.task", passed), "/members/elections", null)];
}

/// <summary>Members whose election date has passed without their having said since who acts for them.</summary>
internal static class DelegateDesignation
{
    public static async Task<IReadOnlyList<Member>> Passed(
        PlenariaDb db,
        IReadOnlyCollection<string>? countries,
        DateOnly today,
        CancellationToken cancel
    ) => await Passed(db, countries, today).OrderBy(m => m.SortKey).ToListAsync(cancel);

    public static Task<int> CountAsync(
        PlenariaDb db,
        IReadOnlyCollection<string>? countries,
        DateOnly today,
        CancellationToken cancel
    ) => Passed(db, countries, today).CountAsync(cancel);

    /// <summary>
    /// Dates known in part are text that sorts in time order; with the ending they stand after each of the days they
    /// may mean.
    /// </summary>
    private static IQueryable<Member> Passed(PlenariaDb db, IReadOnlyCollection<string>? countries, DateOnly today)
    {
        const string end = "-99";
        var (date, text) = (PartialDate.On(today), PartialDate.On(today).ToString());
        var members = db.Set<Member>()
            .AsNoTracking()
            .Where(m =>
                m.Status == MemberStatus.Member
                && m.ElectionOn < date
                && string.Compare((string)(object)m.ElectionOn + end, text) < 0
                && (
                    m.ConfirmedOn == null
                    || string.Compare((string)(object)m.ConfirmedOn, (string)(object)m.ElectionOn + end) <= 0
                )
            );
        return countries is null ? members : members.Where(m => countries.Contains(m.Country));
    }
}
