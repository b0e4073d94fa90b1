using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Members.Offices;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Tests.Network.Members;

public class OfficeTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    [Theory, BothDatabases]
    public async Task An_office_reaches_as_far_as_its_named_set_and_further_when_the_set_grows(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await staff.Submit(
                    "/en/offices/places",
                    "main form",
                    ("Input.Name", "The North"),
                    ("Input.Countries", "Noruega, Latvia; ee")
                )
            ).Status
        );
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (
                await staff.Submit(
                    "/en/offices/places",
                    "main form",
                    ("Input.Name", "The Moon"),
                    ("Input.Countries", "Noruega, Tycho")
                )
            ).Status
        );
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (
                await staff.Submit(
                    "/en/offices/new",
                    "main form",
                    ("Input.Name", "Nordic antenna"),
                    ("Input.Territory", "The North"),
                    ("Input.Places", "set:nowhere")
                )
            ).Status
        );
        var added = await staff.Submit(
            "/en/offices/new",
            "main form",
            ("Input.Name", "Nordic antenna"),
            ("Input.Type", "Antenna"),
            ("Input.Stage", "Agreement"),
            ("Input.Hosts", "Ville de Dakar\nUniversity of the North"),
            ("Input.Territory", "The North"),
            ("Input.Places", "set:the-north, Denmark")
        );
        Assert.Equal("/en/offices/nordic-antenna", added.Location);
        var officer = await ApplicationTests.OfficerOf(house, "nordic-antenna");
        (string, string)[] Town(string country) => [("Input.Name", $"Town in {country}"), ("Input.Country", country)];
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await officer.Submit("/en/members/new", "main form", Town("Denmark"))).Status
        );
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await officer.Submit("/en/members/new", "main form", Town("Lithuania"))).Status
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await staff.Submit(
                    "/en/offices/places?edit=the-north",
                    "main form",
                    ("Input.Countries", "NO, LV, EE, Lithuania")
                )
            ).Status
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await officer.Submit("/en/members/new", "main form", Town("Lithuania"))).Status
        );
        // The one who hosts is found among the members; where nobody may go is in the journal.
        Assert.Equal(
            "ville-de-dakar",
            await house.Within(async s =>
                await (
                    from h in s.GetRequiredService<PlenariaDb>().Set<OfficeHost>()
                    join m in s.GetRequiredService<PlenariaDb>().Set<Plenaria.Members.Member>() on h.Member equals m.Id
                    where h.Name == "Ville de Dakar"
                    select m.Slug
                ).SingleAsync()
            )
        );
        Assert.Contains(
            "members.outside-territory",
            await house.Within(async s =>
                (await s.GetRequiredService<Plenaria.Platform.Journal.Journal>().Read("territory", 9, default)).Select(
                    l => l.Act
                )
            )
        );
        Assert.Contains("2 members", (await house.Visit().Get("/en/offices/nordic-antenna")).Text(".facts"));
    }

    [Theory, BothDatabases]
    public async Task An_office_reports_its_month_the_secretariat_gives_it_back_and_accepts_it(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var (officer, staff) = (await ApplicationTests.OfficerOf(house, "dakar"), await house.Visit(Role.Staff));
        const string month = "/en/offices/dakar/months?month=2026-05";
        Assert.Contains("Monthly report: ", (await officer.Get("/en/workspace")).Text(".actions"));
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await officer.Press(await officer.Get(month), "main form", "Send", ("Input.Done", " "))).Status
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await officer.Press(await officer.Get(month), "main form", "Send", ("Input.Done", "Two visits"))).Status
        );
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await officer.Get("/en/offices/porto-alegre/months?month=2026-05")).Status
        );
        Assert.Contains("to accept", (await staff.Get("/en/workspace")).Text(".actions"));
        var (one, other) = (await staff.Get(month), await staff.Get(month));
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await staff.Press(one, "main form", "GiveBack", ("Input.Answer", "Which cities?"))).Status
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Press(other, "main form", "Accept")).Status);
        Assert.Contains("Which cities?", (await officer.Get(month)).Text("[role=note]"));
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await officer.Press(
                    await officer.Get(month),
                    "main form",
                    "Send",
                    ("Input.Done", "Two visits, Thiès and Louga")
                )
            ).Status
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await staff.Press(await staff.Get(month), "main form", "Accept", ("Input.Answer", ""))).Status
        );
        Assert.Contains("Accepted", (await officer.Get(month)).Text(".state"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Press(one, "main form", "Accept")).Status);
    }

    [Fact]
    public async Task Outside_the_territory_one_suggests_and_whoever_looks_after_it_sees_it()
    {
        await using var house = await TestHost.Open(Provider.Sqlite);
        var officer = await ApplicationTests.OfficerOf(house, "dakar");
        Assert.Contains("/suggest", (await officer.Get("/en/members/ajuntament-de-barcelona")).Body);
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await officer.Submit(
                    "/en/members/ajuntament-de-barcelona/suggest",
                    "main form",
                    ("Text", "The web site has moved.")
                )
            ).Status
        );
        var staff = await house.Visit(Role.Staff);
        Assert.Contains("The web site has moved.", (await staff.Get("/en/workspace")).Text(".actions"));
        Assert.Equal(
            0,
            (await officer.Get("/en/members/ajuntament-de-barcelona/suggest"))
                .Page.QuerySelectorAll(".history form")
                .Length
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await staff.Submit("/en/members/ajuntament-de-barcelona/suggest", ".history form")).Status
        );
        Assert.DoesNotContain("The web site has moved.", (await staff.Get("/en/workspace")).Text(".actions"));
    }

    [Theory, BothDatabases]
    public async Task A_member_whose_server_refuses_mail_is_a_task_of_its_office_and_of_no_other(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var (member, domain) = await house.Within(async s =>
        {
            var db = s.GetRequiredService<PlenariaDb>();
            var office = await db.Set<RegionalOffice>().SingleAsync(o => o.Slug == "porto-alegre");
            var found = await (
                from p in db.Set<Plenaria.Members.People.Person>()
                from r in p.Represents
                join m in db.Set<Plenaria.Members.Member>() on r.Member equals m.Id
                where r.Until == null && p.Email != null
                where m.Status == Plenaria.Members.MemberStatus.Member
                select new { m.Slug, p.Email }
            ).FirstAsync();
            var refusing = $"{Guid.NewGuid():N}.example";
            await db.Set<Plenaria.Members.People.Person>()
                .Where(p => p.Email == found.Email)
                .ExecuteUpdateAsync(p => p.SetProperty(x => x.Email, $"mayor@{refusing}"));
            await db.Set<Plenaria.Members.Member>()
                .Where(m => m.Slug == found.Slug)
                .ExecuteUpdateAsync(m => m.SetProperty(x => x.Country, office.Countries[0]));
            db.Add(
                new Plenaria.Correspondence.RefusingDomain
                {
                    Domain = refusing,
                    Since = DateTimeOffset.UtcNow.AddDays(-2),
                    Answer = "550 5.7.1 blocked",
                    Letters = 4,
                }
            );
            await db.SaveChangesAsync();
            return (found.Slug, refusing);
        });
        var officer = await ApplicationTests.OfficerOf(house, "porto-alegre");
        var tasks = await officer.Get("/en/workspace");
        Assert.Contains($"the mail server of {domain} refuses our e-mail", tasks.Text("main"));
        Assert.Contains("550 5.7.1 blocked", tasks.Text("main"));
        Assert.NotNull(tasks.Page.QuerySelector($"a[href='/en/members/{member}/people']"));
        // The Secretariat has it once, where it sees its mail.
        var staff = (await (await house.Visit(Role.Staff)).Get("/en/workspace")).Text("main");
        Assert.Contains($"Find out why {domain} refuses e-mail", staff);
        Assert.DoesNotContain($"the mail server of {domain}", staff);
        await house.Within(async s =>
        {
            var office = await s.GetRequiredService<PlenariaDb>()
                .Set<RegionalOffice>()
                .SingleAsync(o => o.Slug == "porto-alegre");
            office.Countries = ["NO"];
            s.GetRequiredService<Plenaria.Platform.Journal.Journal>()
                .Append(house.Acting(), office.Stream, "members.office-changed", null, new { });
            await s.GetRequiredService<PlenariaDb>().SaveChangesAsync();
        });
        Assert.DoesNotContain(domain, (await officer.Get("/en/workspace")).Text("main"));
        foreach (var role in new[] { Role.Member, Role.Editor })
            Assert.DoesNotContain(domain, (await (await house.Visit(role)).Get("/en/workspace")).Text("main"));
    }

    [Theory, BothDatabases]
    public async Task A_target_is_set_bound_to_an_action_and_reached_by_who_joins(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        (string, string)[] Target(string measure, string place, string value) =>
            [("Input.Measure", measure), ("Input.Place", place), ("Input.Value", value), ("Input.Due", "2027")];
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await staff.Submit("/en/composition/targets", "section form", Target("MembersIn", "Atlantis", "1"))).Status
        );
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await staff.Submit("/en/composition/targets", "section form", Target("LargestThree", "", "101"))).Status
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await staff.Submit("/en/composition/targets", "section form", Target("MembersIn", "Norway", "1"))).Status
        );
        JsonElement Norway(string json) =>
            JsonDocument
                .Parse(json)
                .RootElement.GetProperty("targets")
                .EnumerateArray()
                .Single(t => t.GetProperty("place").GetString() == "NO");
        Assert.False(Norway((await house.Visit().Get("/api/v1/composition")).Body).GetProperty("met").GetBoolean());
        var choice = (await staff.Get("/en/plans/2013/actions/8/instruments"))
            .Page.QuerySelectorAll("#Choice option")
            .Single(o => o.TextContent.Contains("Norway", StringComparison.Ordinal))
            .GetAttribute("value")!;
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await staff.Press(
                    await staff.Get("/en/plans/2013/actions/8/instruments"),
                    "form:has(#Choice)",
                    "Add",
                    ("Choice", choice)
                )
            ).Status
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await staff.Submit(
                    "/en/members/new",
                    "main form",
                    ("Input.Name", "City of Bergen"),
                    ("Input.Country", "NO"),
                    ("Input.Since", "2012-03")
                )
            ).Status
        );
        Assert.True(Norway((await house.Visit().Get("/api/v1/composition")).Body).GetProperty("met").GetBoolean());
        var action = await house.Visit().Get("/en/plans/2013/actions/8");
        var figure = action
            .Page.QuerySelectorAll(".figure a")
            .Single(a => a.GetAttribute("href")!.Contains("place=NO", StringComparison.Ordinal));
        Assert.Equal("1 member", figure.TextContent.Trim());
        Assert.Contains("City of Bergen", (await house.Visit().Get(figure.GetAttribute("href")!)).Text(".actions"));
        // The past is reckoned from the periods: it was there in 2012 and not before.
        var years = JsonDocument
            .Parse((await house.Visit().Get("/api/v1/composition")).Body)
            .RootElement.GetProperty("years")
            .EnumerateArray()
            .ToDictionary(y => y.GetProperty("year").GetInt32(), y => y.GetProperty("total").GetInt64());
        Assert.Equal(2012, years.Keys.Min());
        // Those whose beginning nobody remembers count from the start.
        var listed = (await house.Visit().Get("/en/members.csv")).Body.Trim().Split('\n').Length - 1;
        Assert.Equal(listed, years[2012]);
        Assert.Contains("<svg class=\"world\"", (await house.Visit().Get("/en/composition")).Body);
        Assert.Equal(HttpStatusCode.NotFound, (await house.Visit().Get("/en/members?place=atlantis")).Status);
    }

    [Fact]
    public async Task After_an_election_one_round_of_mail_asks_and_no_second_one_follows_at_once()
    {
        await using var house = await TestHost.Open(Provider.Sqlite);
        var (staff, city) = (await house.Visit(Role.Staff), await house.Visit(Role.Member));
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await city.Submit(
                    "/fr/members/ville-de-dakar/details",
                    "main form",
                    ("Input.Election", "2022-01"),
                    ("Input.Website", "dakar.example.org")
                )
            ).Status
        );
        // Confirmed after the election: nobody is asked.
        Assert.DoesNotContain("Dakar", (await staff.Get("/en/members/elections")).Text(".actions"));
        await house.Within(async s =>
        {
            var db = s.GetRequiredService<PlenariaDb>();
            await db.Set<Plenaria.Members.Member>()
                .Where(m => m.Slug == "ville-de-dakar")
                .ExecuteUpdateAsync(m => m.SetProperty(x => x.ConfirmedOn, new DateOnly(2021, 5, 1)));
        });
        Assert.Contains("Dakar", (await staff.Get("/en/members/elections")).Text(".actions"));
        Assert.Equal(
            "/en/members/elections?written=1",
            (await staff.Submit("/en/members/elections", "main form")).Location
        );
        Assert.Equal(
            "/en/members/elections?written=0",
            (await staff.Submit("/en/members/elections", "main form")).Location
        );
        Assert.Contains(
            "ville-de-dakar",
            await house.Within(async s =>
                (
                    await s.GetRequiredService<PlenariaDb>()
                        .Set<Plenaria.Correspondence.OutboxMessage>()
                        .Where(l => l.To == "member@example.org")
                        .OrderByDescending(l => l.Id)
                        .FirstAsync()
                ).Text
            )
        );
    }

    [Fact]
    public async Task Whoever_leaves_hands_over_and_can_no_longer_act()
    {
        await using var house = await TestHost.Open(Provider.Sqlite);
        var city = await house.Visit(Role.Member);
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await city.Submit(
                    "/en/members/ville-de-dakar/people",
                    "#add + form",
                    ("Input.Name", "Second"),
                    ("Input.Email", "second@example.org"),
                    ("Input.Role", "Alternate")
                )
            ).Status
        );
        const string self = "/en/members/people/01900000-0000-7000-8000-000000000201";
        var page = await city.Get(self);
        var heir = page
            .Page.QuerySelectorAll("#leaving ~ form option")
            .Single(o => o.TextContent.Trim() == "Second")
            .GetAttribute("value")!;
        var next = page.Page.QuerySelector("#leaving ~ form select")!.GetAttribute("name")!;
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await city.Submit(page, "#leaving ~ form", ("Leaving.On", "2999"), (next, heir))).Status
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await city.Submit(
                    await city.Get(self),
                    "#leaving ~ form",
                    ("Leaving.On", "2026-01"),
                    ("Leaving.Reason", "New mandate"),
                    (next, heir)
                )
            ).Status
        );
        Assert.Equal(HttpStatusCode.Forbidden, (await city.Get("/en/members/ville-de-dakar/people")).Status);
        var people = (await (await house.Visit(Role.Staff)).Get("/en/members/ville-de-dakar/people"))
            .Page.QuerySelectorAll(".actions > li")
            .Select(l => l.TextContent)
            .ToList();
        Assert.Contains(
            people,
            p =>
                p.Contains("Second", StringComparison.Ordinal)
                && p.Contains("Voting delegate", StringComparison.Ordinal)
        );
        Assert.Contains(
            people,
            p =>
                p.Contains("Member city delegate", StringComparison.Ordinal)
                && p.Contains("New mandate", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Who_shares_a_member_with_somebody_does_not_keep_their_record()
    {
        await using var house = await TestHost.Open(Provider.Sqlite);
        var (staff, city) = (await house.Visit(Role.Staff), await house.Visit(Role.Member));
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await staff.Submit(
                    "/en/members/ajuntament-de-barcelona/people",
                    "#add + form",
                    ("Input.Name", "Of Barcelona"),
                    ("Input.Email", "barcelona@example.org"),
                    ("Input.Phone", "+34 93 000 00 00")
                )
            ).Status
        );
        // Named for Dakar too, by Dakar's delegate: who is known is known again, and stays who they are.
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await city.Submit(
                    "/en/members/ville-de-dakar/people",
                    "#add + form",
                    ("Input.Name", "Somebody"),
                    ("Input.Email", "barcelona@example.org"),
                    ("Input.Role", "Alternate"),
                    ("Input.ShowsName", "true")
                )
            ).Status
        );
        var link = (await city.Get("/en/members/ville-de-dakar/people"))
            .Page.QuerySelectorAll(".actions a.action-link")
            .Single(a => a.TextContent.Contains("Of Barcelona", StringComparison.Ordinal))
            .GetAttribute("href")!;
        var page = await city.Get(link);
        Assert.DoesNotContain("93 000", page.Body);
        Assert.DoesNotContain("ajuntament", page.Body);
        Assert.Null(page.Page.QuerySelector("#details"));
        var token = page.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var forged = await city.Http.PostAsync(
            link,
            new FormUrlEncodedContent([
                new("__RequestVerificationToken", token),
                new("Version", "0"),
                new("Input.Name", "Renamed"),
            ])
        );
        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        Assert.DoesNotContain("Of Barcelona", (await house.Visit().Get("/en/members/ville-de-dakar")).Body);
        Assert.Contains("Of Barcelona", (await staff.Get("/en/members/ajuntament-de-barcelona/people")).Body);
    }

    [Fact]
    public async Task A_card_is_a_vcard_of_folded_lines_with_those_alone_who_said_so()
    {
        var house = await houses.On(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        await staff.Submit(
            "/en/members/new",
            "main form",
            ("Input.Name", "Ville, de; l’Île-aux-Très-Longs-Noms-" + new string('é', 60)),
            ("Input.Country", "MU"),
            ("Input.City", "Port Louis")
        );
        var slug = (await staff.Get("/en/members?country=MU")).Page.QuerySelector(".actions a")!.GetAttribute("href")![
            "/en/".Length..
        ];
        await staff.Submit(
            $"/en/{slug}/people",
            "#add + form",
            ("Input.Name", "Shown"),
            ("Input.Email", "shown@example.org"),
            ("Input.ShowsName", "true")
        );
        await staff.Submit($"/en/{slug}/people", "#add + form", ("Input.Name", "Hidden"), ("Input.Role", "Contact"));
        var card = (await house.Visit().Get($"/en/{slug}.vcf")).Body;
        Assert.All(card.Split("\r\n"), l => Assert.True(System.Text.Encoding.UTF8.GetByteCount(l) <= 75, l));
        var unfolded = card.Replace("\r\n ", "", StringComparison.Ordinal);
        Assert.Contains("VERSION:4.0\r\nKIND:org", unfolded);
        Assert.Contains(@"FN:Ville\, de\; l’Île", unfolded);
        Assert.Contains("FN:Shown", unfolded);
        Assert.DoesNotContain("shown@example.org", unfolded);
        Assert.DoesNotContain("Hidden", unfolded);
    }
}
