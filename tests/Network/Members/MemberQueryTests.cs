using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Members;
using Plenaria.Members.People;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Tests.Network.Members;

/// <summary>What pages read of the members does not grow with all of them.</summary>
public class MemberQueryTests
{
    private const string Table = "members_members";

    /// <summary>Stores so many members, each called <paramref name="name"/> and a number.</summary>
    private static Task Add(TestHost house, string name, int many, Action<Member>? change = null) =>
        house.Within(async services =>
        {
            var (db, acting) = (services.GetRequiredService<PlenariaDb>(), house.Acting());
            foreach (var number in Enumerable.Range(1, many))
            {
                var member = new Member
                {
                    Id = new(Guid.CreateVersion7()),
                    Slug = $"{MemberStore.Plain(name, "m")}-{number:0000}",
                    Kind = MemberKind.University,
                };
                member.Call(LocalizedText.Original(Language.English, $"{name} {number:0000}"));
                member.Settle("JP");
                member.Join(MemberClass.Associate, new(2015), acting.At);
                change?.Invoke(member);
                db.Add(member);
                services
                    .GetRequiredService<Journal>()
                    .Append(acting, member.Stream, "members.member-added", null, new { many });
            }
            await db.SaveChangesAsync();
        });

    private static Task<T> Ask<T>(TestHost house, Func<IMembers, Task<T>> question) =>
        house.Within(services => question(services.GetRequiredService<IMembers>()));

    [Theory, BothDatabases]
    public async Task The_composition_groups_all_members_once_and_again_when_one_changed(Provider provider)
    {
        var (house, counter) = await QueryCounter.Open(provider);
        await using var closing = house;
        var staff = await house.Visit(Role.Staff);
        // Who is signed in is shown no kept page.
        await Join(house, "One", 2014);
        await staff.Get("/en/composition");
        Assert.Empty(await counter.During(Table, () => staff.Get("/en/composition")));
        Assert.Empty(await counter.During(Table, () => staff.Get("/ca/composition")));
        await Join(house, "Another", 2015);
        Answer? page = null;
        // The languages, and the memberships.
        Assert.Equal(2, (await counter.During(Table, async () => page = await staff.Get("/en/composition"))).Count);
        Assert.Empty(await counter.During(Table, () => staff.Get("/en/composition")));
        Assert.Equal(HttpStatusCode.OK, page!.Status);
    }

    private static Task Join(TestHost house, string name, int from) =>
        house.Within(services =>
        {
            var acting = house.Acting();
            var member = new Member
            {
                Id = new(Guid.CreateVersion7()),
                Slug = MemberStore.Plain(name, "m"),
                Kind = MemberKind.University,
            };
            return services
                .GetRequiredService<MemberStore>()
                .Change(
                    member,
                    "members.member-added",
                    acting,
                    () =>
                    {
                        member.Call(LocalizedText.Original(Language.English, name));
                        member.Settle("JP");
                        member.Join(MemberClass.Associate, new(from), acting.At);
                    },
                    default
                );
        });

    [Theory, BothDatabases]
    public async Task A_member_is_found_by_one_row_whatever_it_is_called_in(Provider provider)
    {
        var (house, counter) = await QueryCounter.Open(provider);
        await using var closing = house;
        await Add(
            house,
            "Sought",
            3,
            m =>
                m.Call(
                    m.Name.WithTranslation(
                        Language.French,
                        m.Name.ToString().Replace("Sought", "Cherché", StringComparison.Ordinal)
                    )
                )
        );
        await Add(house, "Other", 1_500);
        await QueryCounter.Analyze(house);
        foreach (
            var (typed, reader, expected) in (IEnumerable<(string, Language, string?)>)
                [
                    ("Sought 0002", Language.English, "/members/sought-0002"),
                    ("sought 0002", Language.English, "/members/sought-0002"),
                    ("Cherché 0002", Language.French, "/members/sought-0002"),
                    ("Cherché 0002", Language.English, null),
                    ("sought-0003", Language.French, "/members/sought-0003"),
                    ("Nobody", Language.French, null),
                    ("Sought", Language.English, null),
                ]
        )
        {
            var queries = await counter.During(
                Table,
                async () => Assert.Equal(expected, (await Ask(house, m => m.Chosen(typed, reader, default)))?.Path)
            );
            Assert.True(queries.Sum(q => q.Reads) <= 8, $"{typed}: {string.Join(' ', queries.Select(q => q.Reads))}");
        }
        var byName = await counter.During(
            "match",
            async () => Assert.NotNull(await Ask(house, m => m.Find("Other 0700", default)))
        );
        Assert.Contains("IX_members_members_match", await QueryCounter.Plan(house, byName[^1]));
    }

    [Theory, BothDatabases]
    public async Task Names_to_choose_from_are_the_first_by_name(Provider provider)
    {
        var (house, counter) = await QueryCounter.Open(provider);
        await using var closing = house;
        await Add(house, "Zz", IMembers.MostSuggested + 50);
        var names = await Ask(house, m => m.SuggestAsync(null, default));
        Assert.Equal(IMembers.MostSuggested, names.Count);
        Assert.DoesNotContain(names, n => n.ToString() == $"Zz {IMembers.MostSuggested + 50:0000}");
        Assert.Contains("Zz 0001", names.Select(n => n.ToString()));
        Assert.Equal(
            ["Ville de Dakar"],
            (await Ask(house, m => m.SuggestAsync(["SN"], default)))
                .Select(n => n.ToString())
                .Where(n => n.Contains("Dakar", StringComparison.Ordinal))
        );
    }

    [Theory, BothDatabases]
    public async Task The_workspace_counts_passed_elections_without_reading_the_members(Provider provider)
    {
        var (house, counter) = await QueryCounter.Open(provider);
        await using var closing = house;
        var staff = await house.Visit(Role.Staff);
        await staff.Get("/en/workspace");
        var before = await counter.During(Table, () => staff.Get("/en/workspace"));
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        await Add(house, "Ahead", 40, m => m.ElectionOn = new(today.Year + 1));
        await Add(house, "This year", 40, m => m.ElectionOn = new(today.Year));
        await Add(house, "Confirmed", 40, m => (m.ElectionOn, m.ConfirmedOn) = (new(2020), new(2021, 1, 1)));
        await Add(house, "Passed", 3, m => (m.ElectionOn, m.ConfirmedOn) = (new(2020, 5), new(2020, 5, 31)));
        await Add(house, "Passed too", 2, m => m.ElectionOn = PartialDate.On(today.AddDays(-1)));
        var after = await counter.During(Table, () => staff.Get("/en/workspace"));
        Assert.Equal(before.Select(q => q.Reads), after.Select(q => q.Reads));
        var passed = await house.Within(services =>
            DelegateDesignation.Passed(services.GetRequiredService<PlenariaDb>(), ["JP"], today, default)
        );
        Assert.Equal(
            ["passed-0001", "passed-0002", "passed-0003", "passed-too-0001", "passed-too-0002"],
            passed.Select(m => m.Slug).Order(StringComparer.Ordinal)
        );
    }

    [Theory, BothDatabases]
    public async Task Passed_elections_are_shown_and_written_to_with_as_many_questions_as_one(Provider provider)
    {
        var (house, counter) = await QueryCounter.Open(provider);
        await using var closing = house;
        var staff = await house.Visit(Role.Staff);
        await Add(house, "Passed", 1, m => m.ElectionOn = new(2020));
        await staff.Get("/en/members/elections");
        var one = await counter.During("journal_", () => staff.Get("/en/members/elections"));
        await Add(house, "Passed too", 30, m => m.ElectionOn = new(2020));
        Answer? page = null;
        var many = await counter.During("journal_", async () => page = await staff.Get("/en/members/elections"));
        Assert.Contains("Passed too 0030", page!.Body, StringComparison.Ordinal);
        Assert.Equal(one.Count, many.Count);
    }

    [Theory, BothDatabases]
    public async Task A_list_in_pages_reads_each_member_once(Provider provider)
    {
        var (house, counter) = await QueryCounter.Open(provider);
        await using var closing = house;
        await Add(house, "Listed", 2_500);
        await QueryCounter.Analyze(house);
        foreach (var query in (string[])["", "?from=2016-01-01&to=2016-12-31"])
        {
            Answer? file = null;
            var queries = await counter.During(
                Table,
                async () => file = await house.Visit().Get("/en/members.csv" + query)
            );
            var rows = file!.Body.Split('\n').Count(l => l.Length > 1) - 1;
            Assert.InRange(rows, 2_500, 2_700);
            var listing = queries.Where(q => q.Sql.Contains("ORDER BY", StringComparison.Ordinal)).ToList();
            Assert.InRange(listing.Sum(q => q.Reads), rows, rows + 200 + listing.Count);
            var plan = await QueryCounter.Plan(house, listing[^2]);
            // Begins where the page before ended.
            Assert.Matches(@"sort_key\)?(::text)? ?>=?", plan);
        }
    }
}
