using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Members;
using Plenaria.Members.Merging;
using Plenaria.Members.People;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Tests.Network.Members;

/// <summary>Whose word it takes before somebody votes for a member.</summary>
public class VotingRoleTests
{
    private const string Dakar = "ville-de-dakar",
        Barcelona = "ajuntament-de-barcelona",
        Delegate = "01900000-0000-7000-8000-000000000201";

    private static string PeopleOf(string member) => $"/en/members/{member}/people";

    /// <summary>The addresses of those who may vote for a member now.</summary>
    private static Task<string[]> Voters(TestHost house, string slug) =>
        house.Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            var member = await db.Set<Member>().SingleAsync(m => m.Slug == slug);
            return await db.Set<Account>()
                .Where(a =>
                    a.Grants.Any(g =>
                        g.Role == Role.Delegate && g.ScopeKind == "member" && g.ScopeId == member.Id.Value
                    )
                )
                .OrderBy(a => a.Email)
                .Select(a => a.Email)
                .ToArrayAsync();
        });

    private static Task<List<string>> LettersTo(TestHost house, string to) =>
        house.Within(async services =>
            await services
                .GetRequiredService<PlenariaDb>()
                .Set<OutboxMessage>()
                .AsNoTracking()
                .Where(l => l.To == to)
                .OrderBy(l => l.Id)
                .Select(l => l.Subject + "\n" + l.Text)
                .ToListAsync()
        );

    private static Task<Answer> Name(Browser who, string member, string person, string role, string email) =>
        who.Submit(
            PeopleOf(member),
            "#add + form",
            ("Input.Name", person),
            ("Input.Email", email),
            ("Input.Role", role)
        );

    private static async Task NameWithLetter(Browser who, string member, string person, string role, string email)
    {
        var page = await who.Get(PeopleOf(member));
        var letter = ("letter", "letter.pdf", "%PDF-1.4\nsigned\n%%EOF"u8.ToArray());
        var named = await who.Upload(
            page,
            "#add + form",
            letter,
            ("Input.Name", person),
            ("Input.Email", email),
            ("Input.Role", role)
        );
        Assert.Equal(HttpStatusCode.Redirect, named.Status);
    }

    private static async Task<Browser> SignIn(TestHost house, string email)
    {
        var browser = house.Visit();
        await browser.Submit("/en/sign-in", "main form", ("Email", email));
        var letter = (await LettersTo(house, email))[^1];
        var link = letter.Split((char[])['\n', ' ']).First(w => w.Contains("/sign-in/link", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Submit(new Uri(link).PathAndQuery, "main form")).Status);
        return browser;
    }

    private static Task<Guid> RoleOf(TestHost house, string email) =>
        house.Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            return await (
                from r in db.Set<Representation>()
                join p in db.Set<Person>() on r.Person equals p.Id
                where p.Email == email && r.Until == null
                orderby r.Id descending
                select r.Id
            ).FirstAsync();
        });

    /// <summary>Sends what a page offers to others only.</summary>
    private static async Task<HttpStatusCode> Force(Browser who, string member, string handler, Guid role)
    {
        var page = await who.Get(PeopleOf(member));
        var token = page.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var fields = new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = token,
            ["role"] = role.ToString(),
        };
        return (
            await Browser.Read(
                await who.Http.PostAsync($"{PeopleOf(member)}?handler={handler}", new FormUrlEncodedContent(fields))
            )
        ).Status;
    }

    [Theory, BothDatabases]
    public async Task A_voting_role_that_staff_give_holds_only_once_one_of_the_members_people_confirms_it(
        Provider provider
    )
    {
        await using var house = await TestHost.Open(provider);
        var (regional, city) = (await house.Visit(Role.Regional), await house.Visit(Role.Member));
        Assert.Equal(["member@example.org"], await Voters(house, Dakar));
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await Name(regional, Dakar, "Second Address", "Alternate", "second@example.org")).Status
        );
        Assert.Equal(["member@example.org"], await Voters(house, Dakar));
        var told = Assert.Single(
            await LettersTo(house, "member@example.org"),
            l => l.Contains("Second Address", StringComparison.Ordinal)
        );
        Assert.Contains("/people", told);
        Assert.Single(await LettersTo(house, "second@example.org"));
        Assert.Contains("Second Address", (await city.Get("/en/workspace")).Text(".actions"));

        // Neither who named nor who was named says that it is right.
        var (role, second) = (await RoleOf(house, "second@example.org"), await SignIn(house, "second@example.org"));
        foreach (var who in (Browser[])[regional, second, await house.Visit(Role.Staff)])
        {
            Assert.Empty((await who.Get(PeopleOf(Dakar))).Page.QuerySelectorAll("form.confirm"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, await Force(who, Dakar, "Confirm", role));
            Assert.DoesNotContain("Second Address", (await who.Get("/en/workspace")).Text(".actions"));
        }
        Assert.Equal(["member@example.org"], await Voters(house, Dakar));

        var (page, late) = (await city.Get(PeopleOf(Dakar)), await city.Get(PeopleOf(Dakar)));
        Assert.Equal(HttpStatusCode.Redirect, (await city.Press(page, "form.confirm", "Confirm")).Status);
        Assert.Equal(["member@example.org", "second@example.org"], await Voters(house, Dakar));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await city.Press(late, "form.confirm", "Confirm")).Status);
        Assert.DoesNotContain("Second Address", (await city.Get("/en/workspace")).Text(".actions"));
        Assert.Empty(await MemberTests.Faults(house));
    }

    [Theory, BothDatabases]
    public async Task A_role_that_the_members_people_refuse_ends_and_with_it_the_right_to_act(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var (staff, city) = (await house.Visit(Role.Staff), await house.Visit(Role.Member));
        await Name(staff, Dakar, "Second Address", "Alternate", "second@example.org");
        var second = await SignIn(house, "second@example.org");
        Assert.Equal(HttpStatusCode.OK, (await second.Get(PeopleOf(Dakar))).Status);
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await city.Press(await city.Get(PeopleOf(Dakar)), "form.confirm", "Refuse")).Status
        );
        Assert.Equal(HttpStatusCode.Forbidden, (await second.Get(PeopleOf(Dakar))).Status);
        Assert.Equal(["member@example.org"], await Voters(house, Dakar));
        Assert.Contains("Not confirmed by the member", (await staff.Get(PeopleOf(Dakar))).Text(".actions"));
    }

    [Theory, BothDatabases]
    public async Task A_role_that_the_members_own_people_give_holds_at_once_and_the_others_are_told(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var city = await house.Visit(Role.Member);
        await Name(city, Dakar, "Colleague", "Contact", "colleague@example.org");
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await Name(city, Dakar, "Deputy", "Alternate", "deputy@example.org")).Status
        );
        Assert.Equal(["deputy@example.org", "member@example.org"], await Voters(house, Dakar));
        Assert.Contains(
            await LettersTo(house, "colleague@example.org"),
            l => l.Contains("Deputy", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(
            await LettersTo(house, "member@example.org"),
            l => l.Contains("Deputy", StringComparison.Ordinal)
        );
        // A contact of the member's own may name and confirm, but does not vote.
        var (staff, colleague) = (await house.Visit(Role.Staff), await SignIn(house, "colleague@example.org"));
        await Name(staff, Dakar, "Third", "Alternate", "third@example.org");
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await colleague.Press(await colleague.Get(PeopleOf(Dakar)), "form.confirm", "Confirm")).Status
        );
        Assert.Equal(["deputy@example.org", "member@example.org", "third@example.org"], await Voters(house, Dakar));
    }

    [Theory, BothDatabases]
    public async Task A_contact_whom_staff_named_neither_confirms_nor_gives_nor_ends_a_voting_role(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var regional = await house.Visit(Role.Regional);
        await Name(regional, Dakar, "Second Address", "Contact", "second@example.org");
        var second = await SignIn(house, "second@example.org");
        await Name(regional, Dakar, "Third Address", "Alternate", "third@example.org");
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            await Force(second, Dakar, "Confirm", await RoleOf(house, "third@example.org"))
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await Name(second, Dakar, "Fourth Address", "Alternate", "fourth@example.org")).Status
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await Name(second, Dakar, "Second Address", "Alternate", "second@example.org")).Status
        );
        Assert.Equal(["member@example.org"], await Voters(house, Dakar));
        var leaving = await second.Get($"/en/members/people/{Delegate}");
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await second.Submit(leaving, "#leaving ~ form", ("Leaving.On", "2026-01-01"))).Status
        );
        Assert.Equal(["member@example.org"], await Voters(house, Dakar));
    }

    [Theory, BothDatabases]
    public async Task Where_a_member_has_nobody_else_the_one_named_confirms_with_the_letter_that_another_found_good(
        Provider provider
    )
    {
        await using var house = await TestHost.Open(provider);
        var (regional, staff) = (await house.Visit(Role.Regional), await house.Visit(Role.Staff));
        await NameWithLetter(regional, Barcelona, "Delegada", "VotingDelegate", "delegada@example.org");
        var (role, named) = (await RoleOf(house, "delegada@example.org"), await SignIn(house, "delegada@example.org"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Force(named, Barcelona, "Confirm", role));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Force(regional, Barcelona, "Prove", role));
        Assert.Empty((await named.Get(PeopleOf(Barcelona))).Page.QuerySelectorAll("form.confirm"));
        Assert.Equal(HttpStatusCode.Redirect, await Force(staff, Barcelona, "Prove", role));
        Assert.Empty(await Voters(house, Barcelona));
        Assert.Contains("Delegada", (await named.Get("/en/workspace")).Text(".actions"));
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await named.Press(await named.Get(PeopleOf(Barcelona)), "form.confirm", "Confirm")).Status
        );
        Assert.Equal(["delegada@example.org"], await Voters(house, Barcelona));
        // From now on the letter alone is not enough: there is somebody to ask.
        await NameWithLetter(regional, Barcelona, "Suplent", "Alternate", "suplent@example.org");
        var (second, deputy) = (await RoleOf(house, "suplent@example.org"), await SignIn(house, "suplent@example.org"));
        Assert.Equal(HttpStatusCode.Redirect, await Force(staff, Barcelona, "Prove", second));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Force(deputy, Barcelona, "Confirm", second));
        Assert.Equal(HttpStatusCode.Redirect, await Force(named, Barcelona, "Confirm", second));
    }

    [Theory, BothDatabases]
    public async Task A_delegate_whom_nobody_confirmed_does_not_keep_the_member_from_naming_its_own(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var (staff, city) = (await house.Visit(Role.Staff), await house.Visit(Role.Member));
        await Name(city, Dakar, "Colleague", "Contact", "colleague@example.org");
        var colleague = await SignIn(house, "colleague@example.org");
        var leaving = await city.Submit(
            $"/en/members/people/{Delegate}",
            "#leaving ~ form",
            ("Leaving.On", "2026-01-01")
        );
        Assert.Equal(HttpStatusCode.Redirect, leaving.Status);
        Assert.Empty(await Voters(house, Dakar));
        await Name(staff, Dakar, "Second Address", "VotingDelegate", "second@example.org");
        var role = await RoleOf(house, "second@example.org");
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await Name(colleague, Dakar, "Deputy", "VotingDelegate", "deputy@example.org")).Status
        );
        Assert.Equal(["deputy@example.org"], await Voters(house, Dakar));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Force(colleague, Dakar, "Confirm", role));
        Assert.Equal(HttpStatusCode.Redirect, await Force(colleague, Dakar, "Refuse", role));
        Assert.Equal(["deputy@example.org"], await Voters(house, Dakar));
    }

    [Theory, BothDatabases]
    public async Task A_voting_role_handed_over_holds_when_its_holder_does_it_and_waits_when_staff_do(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var (staff, city) = (await house.Visit(Role.Staff), await house.Visit(Role.Member));
        await Name(city, Dakar, "Colleague", "Contact", "colleague@example.org");
        await Name(city, Dakar, "Other", "Contact", "other@example.org");
        var page = await city.Get($"/en/members/people/{Delegate}");
        string Field(Answer on) => on.Page.QuerySelector("#leaving ~ form select")!.GetAttribute("name")!;
        string Heir(Answer on, string name) =>
            on.Page.QuerySelectorAll("#leaving ~ form option").First(o => o.TextContent == name).GetAttribute("value")!;
        var handed = await city.Submit(
            page,
            "#leaving ~ form",
            ("Leaving.On", "2026-01-01"),
            (Field(page), Heir(page, "Colleague"))
        );
        Assert.Equal(HttpStatusCode.Redirect, handed.Status);
        Assert.Equal(["colleague@example.org"], await Voters(house, Dakar));

        var path = (await staff.Get(PeopleOf(Dakar)))
            .Page.QuerySelectorAll(".actions a")
            .First(a => a.TextContent.Trim() == "Colleague")
            .GetAttribute("href")!;
        page = await staff.Get(path);
        var fields = page.Page.QuerySelectorAll("#leaving ~ form select").Select(s => s.GetAttribute("name")!).ToList();
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await staff.Submit(
                    page,
                    "#leaving ~ form",
                    [("Leaving.On", "2026-02-01"), .. fields.Take(1).Select(f => (f, Heir(page, "Other")))]
                )
            ).Status
        );
        Assert.Empty(await Voters(house, Dakar));
        Assert.Contains(
            await LettersTo(house, "other@example.org"),
            l => l.Contains("a voting role has ended", StringComparison.Ordinal)
        );
    }

    [Theory, BothDatabases]
    public async Task An_institution_that_left_votes_no_more_and_its_delegate_votes_again_when_it_comes_back(
        Provider provider
    )
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        var edit = $"/en/members/{Dakar}/edit";
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await staff.Press(await staff.Get(edit), "section form", "Leave", ("On", "2026-01"))).Status
        );
        Assert.Empty(await Voters(house, Dakar));
        var back = await staff.Press(
            await staff.Get(edit),
            "section form",
            "Rejoin",
            ("AsWhat", "Associate"),
            ("On", "2026-03")
        );
        Assert.Equal(HttpStatusCode.Redirect, back.Status);
        Assert.Equal(["member@example.org"], await Voters(house, Dakar));
    }

    [Theory, BothDatabases]
    public async Task A_merge_of_people_gives_nobodys_vote_away_and_its_undoing_gives_it_back(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        await Name(staff, Barcelona, "Second Address", "Contact", "staff@example.org");
        var self = await house.Within(async s =>
            await s.GetRequiredService<PlenariaDb>()
                .Set<Person>()
                .Where(p => p.Email == "staff@example.org")
                .Select(p => p.Id)
                .SingleAsync()
        );
        var merge = $"/en/members/people/merge?one={self}&other={Delegate}";
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit(merge, "form.merge")).Status);
        Assert.Empty(await Voters(house, Dakar));
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit("/en/members/people/merge", ".history form")).Status);
        Assert.Equal(["member@example.org"], await Voters(house, Dakar));
        await house.Within(async s =>
            Assert.NotNull(
                (
                    await s.GetRequiredService<PlenariaDb>()
                        .Set<Representation>()
                        .SingleAsync(r => r.Person == new PersonId(Guid.Parse(Delegate)))
                ).ConfirmedAt
            )
        );
    }

    [Theory, BothDatabases]
    public async Task A_merge_of_institutions_gives_nobodys_vote_away_and_its_undoing_gives_it_back(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var (staff, city) = (await house.Visit(Role.Staff), await house.Visit(Role.Member));
        await staff.Submit("/en/members/merge?one=" + Barcelona + "&other=" + Dakar, "main form[method=post]");
        Assert.Empty(await Voters(house, Barcelona));
        Assert.Empty(await Voters(house, Dakar));
        // They act for what both became, as staff say, and vote for it when its people do.
        Assert.Equal(HttpStatusCode.OK, (await city.Get(PeopleOf(Barcelona))).Status);
        await house.Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            var merge = await db.Set<Merge>().SingleAsync(m => m.UndoneAt == null);
            await services.GetRequiredService<MemberMerge>().Undo(merge, house.Acting(), default);
        });
        Assert.Equal(["member@example.org"], await Voters(house, Dakar));
        Assert.Equal(HttpStatusCode.Forbidden, (await city.Get(PeopleOf(Barcelona))).Status);
    }

    [Theory, BothDatabases]
    public async Task The_journal_names_nobody_who_was_given_a_role(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        await NameWithLetter(staff, Dakar, "Marcelline Unmistakable", "Alternate", "second@example.org");
        var path = (await staff.Get(PeopleOf(Dakar)))
            .Page.QuerySelectorAll(".actions a")
            .First(a => a.TextContent.Trim() == "Marcelline Unmistakable")
            .GetAttribute("href")!;
        await staff.Submit(
            path,
            "#details ~ form",
            ("Input.Name", "Marcelline Unmistakable"),
            ("Input.Phone", "+34 600 700 800")
        );
        await staff.Submit(path, "#leaving ~ form", ("Leaving.On", "2026-01-01"));
        await house.Within(async services =>
        {
            var journal = services.GetRequiredService<Journal>();
            foreach (
                var stream in (string[])
                    [$"member:{Dakar}", path.Replace("/en/members/people/", "person:", StringComparison.Ordinal)]
            )
            foreach (var line in await journal.Read(stream, 50, default))
            {
                Assert.DoesNotContain("Unmistakable", line.What.ToString());
                Assert.DoesNotContain("600 700", line.What.ToString());
            }
        });
    }
}
