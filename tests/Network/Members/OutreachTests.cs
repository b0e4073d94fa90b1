using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Members;
using Plenaria.Members.Outreach;
using Plenaria.Members.People;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Tests.Network.Members;

public class OutreachTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static Task<Answer> Begin(
        Browser who,
        string name,
        string country,
        params IEnumerable<(string, string)> more
    ) =>
        who.Submit(
            "/en/outreach/new",
            "#begin",
            [
                ("Input.Name", name),
                ("Input.Country", country),
                ("Input.Kind", "LocalGovernment"),
                ("Input.Source", "Event"),
                .. more,
            ]
        );

    private static async Task<long> Total(TestHost house) =>
        JsonDocument
            .Parse((await house.Visit().Get("/api/v1/composition")).Body)
            .RootElement.GetProperty("total")
            .GetInt64();

    private static Task<Prospect> Stored(TestHost house, string slug) =>
        house.Within(async s =>
            await (
                from p in s.GetRequiredService<PlenariaDb>().Set<Prospect>()
                join m in s.GetRequiredService<PlenariaDb>().Set<Member>() on p.Member equals m.Id
                where m.Slug == slug
                select p
            ).SingleAsync()
        );

    private static Task<List<string>> Acts(TestHost house, string stream) =>
        house.Within(async s =>
            (await s.GetRequiredService<Journal>().Read(stream, 100, default)).Select(l => l.Act).Reverse().ToList()
        );

    /// <summary>The regional officer of the sample, for the office of Latin America only.</summary>
    private static async Task<Browser> Regional(TestHost house)
    {
        await house.Within(async services =>
        {
            var (db, accounts) = (services.GetRequiredService<PlenariaDb>(), services.GetRequiredService<Accounts>());
            var account = db.Set<Account>().Single(a => a.Email == "regional@example.org");
            db.RemoveRange(db.Set<AccountGrant>().Where(g => g.AccountId == account.Id));
            var office = db.Set<Plenaria.Members.Offices.RegionalOffice>().Single(o => o.Slug == "porto-alegre");
            services
                .GetRequiredService<Journal>()
                .Append(house.Acting(), account.Stream, "access.role-revoked", null, new { });
            await db.SaveChangesAsync();
            await accounts.Grant(
                account.Id,
                Role.Regional,
                Scope.Of(office.Id),
                "Porto Alegre",
                house.Acting(),
                default
            );
            await db.SaveChangesAsync();
        });
        return await house.Visit(Role.Regional);
    }

    [Theory, BothDatabases]
    public async Task A_prospect_is_begun_called_moved_and_joins_and_is_public_only_then(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var (staff, total) = (await house.Visit(Role.Staff), await Total(house));
        Assert.Equal(
            "/en/outreach/ville-de-suva",
            (await Begin(staff, "Ville de Suva", "Fiji", ("Input.Note", "Met in the corridor"))).Location
        );
        var page = await staff.Get("/en/outreach/ville-de-suva");
        Assert.Contains("Met in the corridor", page.Text("#state"));
        Assert.Contains("Secretariat staff", page.Text("#state"));
        Assert.Contains("the first member in this country: Fiji", page.Text("#effects"));

        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await staff.Submit(
                    page,
                    "#call-form",
                    ("Call.Outcome", "MeetingAgreed"),
                    ("Call.Note", "Ask for Ms Vula")
                )
            ).Status
        );
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        var called = await Stored(house, "ville-de-suva");
        Assert.Equal((OutreachStage.Meeting, 7), (called.Stage, called.NextOn!.Value.DayNumber - today.DayNumber));
        page = await staff.Get("/en/outreach/ville-de-suva");
        Assert.Contains("Ask for Ms Vula", page.Text("#moments"));
        // A call that was missed later takes nobody back to the beginning.
        await staff.Submit(page, "#call-form", ("Call.Outcome", "TryTomorrow"));
        Assert.Equal(OutreachStage.Meeting, (await Stored(house, "ville-de-suva")).Stage);
        // No button, no call.
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await staff.Submit("/en/outreach/ville-de-suva", "#call-form", ("Call.Note", "Nothing"))).Status
        );

        await staff.Submit(
            "/en/outreach/ville-de-suva",
            "#log-form",
            ("Log.Kind", "Mail"),
            ("Log.Text", "They sent the form"),
            ("Log.NextStep", "Read it"),
            ("Log.NextOn", "2030-01-02"),
            ("Log.Stage", "Applied")
        );
        var applied = await Stored(house, "ville-de-suva");
        Assert.Equal(
            (OutreachStage.Applied, "Read it", new DateOnly(2030, 1, 2)),
            (applied.Stage, applied.NextStep, applied.NextOn)
        );
        await staff.Submit(
            "/en/outreach/ville-de-suva",
            "#plan-form",
            ("Plan.NextStep", "Tell the assembly"),
            ("Plan.NextOn", "2020-01-02")
        );
        Assert.Contains("overdue", (await staff.Get("/en/outreach?due=true&owner=me")).Text("#prospects"));
        Assert.Contains("Follow up Ville de Suva: Tell the assembly", (await staff.Get("/en/workspace")).Text("main"));
        // To join is more than a stage.
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await staff.Submit("/en/outreach/ville-de-suva", "#move-form", ("Move.To", "Joined"))).Status
        );
        await staff.Submit("/en/outreach/ville-de-suva", "#move-form", ("Move.To", "Replied"));
        Assert.Equal(OutreachStage.Replied, (await Stored(house, "ville-de-suva")).Stage);

        foreach (
            var path in (string[])["/en/members?q=suva", "/api/v1/members?country=FJ", "/en/members.csv?country=FJ"]
        )
            Assert.DoesNotContain(
                "Suva",
                (await house.Visit().Get(path))
                    .Body.Replace("q=suva", "", StringComparison.Ordinal)
                    .Replace("value=\"suva\"", "", StringComparison.Ordinal)
            );
        Assert.Equal(total, await Total(house));

        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await staff.Submit(
                    "/en/outreach/ville-de-suva",
                    "#join-form",
                    ("Join.Class", "Associate"),
                    ("Join.Since", "2026-03")
                )
            ).Status
        );
        Assert.Contains("Ville de Suva", (await house.Visit().Get("/en/members?country=FJ")).Text(".actions"));
        Assert.Contains("ville-de-suva", (await house.Visit().Get("/api/v1/members?country=FJ")).Body);
        Assert.Equal(total + 1, await Total(house));
        var joined = await Stored(house, "ville-de-suva");
        Assert.Equal((OutreachStage.Joined, (string?)null), (joined.Stage, joined.NextStep));
        Assert.DoesNotContain("Suva", (await staff.Get("/en/outreach")).Text("#prospects"));
        Assert.Contains("Suva", (await staff.Get("/en/outreach?stage=Joined")).Text("#prospects"));
        Assert.Contains("Met in the corridor", (await staff.Get("/en/outreach/ville-de-suva")).Text("#state"));
        Assert.Equal(
            [
                "members.outreach-institution-added",
                "members.outreach-begun",
                "members.outreach-logged",
                "members.outreach-logged",
                "members.outreach-logged",
                "members.outreach-planned",
                "members.outreach-moved",
                "members.member-joined",
                "members.outreach-joined",
            ],
            await Acts(house, "member:ville-de-suva")
        );
    }

    [Theory, BothDatabases]
    public async Task Of_two_who_log_the_same_call_at_once_the_second_is_told(Provider provider)
    {
        var house = await houses.On(provider);
        var (one, other) = (await house.Visit(Role.Staff), await house.Visit(Role.Regional));
        await Begin(one, "Ciudad Dos Veces", "CL");
        var (first, second) = (
            await one.Get("/en/outreach/ciudad-dos-veces"),
            await other.Get("/en/outreach/ciudad-dos-veces")
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await one.Submit(first, "#call-form", ("Call.Outcome", "SendPapers"))).Status
        );
        var told = await other.Submit(
            second,
            "#call-form",
            ("Call.Outcome", "SendPapers"),
            ("Call.Note", "Typed by the second")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, told.Status);
        Assert.Contains("Somebody else has changed this", told.Text("[role=alert]"));
        Assert.Contains("Typed by the second", told.Text("#Call_Note"));
        Assert.Contains("send documents", told.Text("#moments"));
        // Having been told, they may.
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await other.Submit(told, "#call-form", ("Call.Outcome", "CallAgain"))).Status
        );

        // In the very same moment too, one of them.
        var pages = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => one.Get("/en/outreach/ciudad-dos-veces")));
        var answers = await Task.WhenAll(
            pages.Select(page => one.Submit(page, "#call-form", ("Call.Outcome", "TryTomorrow")))
        );
        Assert.Single(answers, a => a.Status == HttpStatusCode.Redirect);
        Assert.All(
            answers.Where(a => a.Status != HttpStatusCode.Redirect),
            a => Assert.Equal(HttpStatusCode.UnprocessableEntity, a.Status)
        );
    }

    [Theory, BothDatabases]
    public async Task Whoever_works_for_an_office_sees_its_territory_and_no_further(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        await Begin(staff, "Ville de Lyon", "FR");
        var regional = await Regional(house);
        Assert.Equal(HttpStatusCode.Redirect, (await Begin(regional, "Municipalidad de Pehuajó", "AR")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Begin(regional, "Ville de Nantes", "FR")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await regional.Get("/en/outreach/ville-de-lyon")).Status);
        var list = await regional.Get("/en/outreach");
        Assert.Contains("Pehuajó", list.Text("#prospects"));
        Assert.DoesNotContain("Lyon", list.Body);
        Assert.DoesNotContain("Lyon", (await regional.Get("/en/outreach.csv")).Body);
        Assert.DoesNotContain("Lyon", (await regional.Get("/en/outreach?country=FR")).Text("#prospects"));
        // A form carried over from a page of one's own territory.
        var mine = await regional.Get("/en/outreach/municipalidad-de-pehuajo");
        mine.Page.QuerySelector("#call-form")!.SetAttribute("action", "/en/outreach/ville-de-lyon?handler=Call");
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await regional.Submit(mine, "#call-form", ("Call.Outcome", "CallAgain"))).Status
        );
        Assert.Equal(OutreachStage.Prospect, (await Stored(house, "ville-de-lyon")).Stage);
        // Reading leaves no trace; trying to change does.
        Assert.Equal(Enumerable.Repeat("members.outside-territory", 2), await Acts(house, "territory"));
        Assert.Equal(HttpStatusCode.Forbidden, (await (await house.Visit(Role.Member)).Get("/en/outreach")).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await house.Visit().Get("/en/outreach.csv")).Status);
    }

    [Theory, BothDatabases]
    public async Task A_member_that_shares_a_person_can_introduce_us(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        await Begin(staff, "Ville de Suva", "FJ", ("Input.ReferredBy", "ajuntament-de-barcelona"));
        await Begin(staff, "Ville de Nadi", "FJ");
        Assert.Contains(
            "Nobody yet",
            (await staff.Get("/en/outreach/ville-de-nadi")).Text("[aria-labelledby=introduce]")
        );
        await staff.Submit(
            "/en/outreach/ville-de-nadi",
            "#person-form",
            ("Contact.Name", "Ana Vula"),
            ("Contact.Title", "Head of participation"),
            ("Contact.Email", "Ana.Vula@example.org"),
            ("Contact.Phone", "+679 (33) 01-02")
        );
        var page = await staff.Get("/en/outreach/ville-de-nadi");
        Assert.Equal(
            ["mailto:ana.vula@example.org", "tel:+679330102"],
            page.Page.QuerySelectorAll("[aria-labelledby=people] .meta a").Select(a => a.GetAttribute("href"))
        );
        await house.Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            var (person, other) = (
                await db.Set<Person>().SingleAsync(p => p.Folded == "ana vula"),
                await db.Set<Member>()
                    .FirstAsync(m => m.Status == MemberStatus.Member && m.Slug != "ajuntament-de-barcelona")
            );
            db.Add(
                new Representation
                {
                    Id = Guid.CreateVersion7(),
                    Person = person.Id,
                    Member = other.Id,
                    Role = RepresentationRole.Coordinator,
                }
            );
            person.DoNotContact = true;
            foreach (var stream in (string[])[other.Stream, person.Stream])
                services
                    .GetRequiredService<Journal>()
                    .Append(house.Acting(), stream, "members.outreach-person-added", null, new { });
            await db.SaveChangesAsync();
        });
        page = await staff.Get("/en/outreach/ville-de-nadi");
        Assert.Matches("Ana Vula acts for .+", page.Text("#introductions"));
        Assert.Single(page.Page.QuerySelectorAll("#introductions .action-link"));
        Assert.Empty(page.Page.QuerySelectorAll("[aria-labelledby=people] .meta a"));
        Assert.Contains("Does not wish to be contacted", page.Text("[aria-labelledby=people]"));
        Assert.Contains(
            "introduced Ville de Suva",
            (await staff.Get("/en/outreach/ville-de-suva")).Text("#introductions")
        );
    }

    [Fact]
    public async Task A_view_is_kept_by_a_name_that_is_free()
    {
        var house = await houses.On(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await staff.Submit("/en/outreach?region=150&due=true", "#keep", ("Keep.Name", "Europe, now"))).Status
        );
        var kept = (await staff.Get("/en/outreach"))
            .Page.QuerySelectorAll("[aria-labelledby=segments] a")
            .Single(a => a.TextContent.Trim() == "Europe, now");
        Assert.Equal("/en/outreach?region=150&due=true", kept.GetAttribute("href"));
        var taken = await staff.Submit("/en/outreach?region=002", "#keep", ("Keep.Name", " europe, NOW"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, taken.Status);
        Assert.Contains("already a view called “europe, NOW”", taken.Text("[role=alert]"));
        // The view that was refused is still the one shown.
        Assert.Contains("region=002", taken.Page.QuerySelector("#keep")!.GetAttribute("action"));
        await staff.Submit(
            "/en/outreach",
            "[aria-labelledby=segments] form",
            ("segment", kept.ParentElement!.QuerySelector("input[name=segment]")!.GetAttribute("value")!)
        );
        Assert.DoesNotContain("Europe, now", (await staff.Get("/en/outreach")).Body);
    }

    [Theory, BothDatabases]
    public async Task What_is_known_stands_newest_first_and_grows_old(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        await Begin(staff, "Ville de Suva", "FJ");
        Task<Answer> Note(string value, string asOf) =>
            staff.Submit(
                "/en/outreach/ville-de-suva",
                "#fact-form",
                ("Fact.Field", "Mayor"),
                ("Fact.Value", value),
                ("Fact.Source", "Its web site"),
                ("Fact.AsOf", asOf),
                ("Fact.Confidence", "High")
            );
        await Note("A. Old", "2010");
        await Note("B. Older", "2009-05");
        var page = await staff.Get("/en/outreach/ville-de-suva");
        Assert.Contains("Mayor: A. Old", page.Text("#facts .action-title"));
        Assert.Contains("older than two years", page.Text("#facts"));
        Assert.Contains("Before: B. Older", page.Text("#facts"));
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit(page, "#facts form")).Status);
        page = await staff.Get("/en/outreach/ville-de-suva");
        Assert.DoesNotContain("older than two years", page.Text("#facts"));
        Assert.Equal(
            3,
            await house.Within(s =>
                s.GetRequiredService<PlenariaDb>().Set<Fact>().CountAsync(f => f.Source == "Its web site")
            )
        );
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (
                await staff.Submit(
                    page,
                    "#fact-form",
                    ("Fact.Field", "Mayor"),
                    ("Fact.Value", "C"),
                    ("Fact.Source", "")
                )
            ).Status
        );
    }

    [Theory, BothDatabases]
    public async Task Pages_of_the_list_hold_everybody_once_in_the_order_of_their_days(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        await house.Within(async services =>
        {
            var outreach = services.GetRequiredService<OutreachStore>();
            for (var i = 0; i < 120; i++)
            {
                var member = await outreach.Begin(
                    LocalizedText.Original(Language.English, $"=Town {i:000}"),
                    i % 2 == 0 ? "JP" : "KR",
                    MemberKind.LocalGovernment,
                    new(OutreachSource.Import, "=1+1", null),
                    house.Acting(),
                    default
                );
                if (i % 3 > 0)
                    await outreach.Plan(
                        (await outreach.Find(member.Slug, default))!,
                        null,
                        new("Write", new(2030, 1, 1 + i % 5)),
                        "",
                        house.Acting(),
                        default
                    );
            }
        });
        var (names, path) = (new List<string>(), "/en/outreach?q=town");
        for (var page = 0; page < 9 && path is not null; page++)
        {
            var answer = await staff.Get(path);
            names.AddRange(answer.Page.QuerySelectorAll("#prospects .action-title").Select(e => e.TextContent.Trim()));
            path = answer.Page.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }
        Assert.Equal(120, names.Distinct().Count());
        int Number(string name) => int.Parse(name[^3..], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(names.OrderBy(n => Number(n) % 3 == 0 ? 99 : Number(n) % 5).ThenBy(Number), names);
        Assert.Contains("To be contacted (60)", (await staff.Get("/en/outreach?q=town&country=jp")).Text("#stages"));
        var csv = (await staff.Get("/en/outreach.csv?q=town")).Body;
        Assert.Equal(122, csv.Split('\n').Length);
        Assert.DoesNotContain(",=", csv);
        Assert.Contains("=Town 000", csv);
    }

    [Theory, BothDatabases]
    public async Task An_institution_that_is_known_is_not_begun_again_and_who_left_is_won_back(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        var known = await Begin(staff, "AJUNTAMENT de Barcelona", "España");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, known.Status);
        Assert.Contains("is already known", known.Text("[role=alert]"));
        await staff.Press(
            await staff.Get("/en/members/ajuntament-de-barcelona/edit"),
            "section form",
            "Leave",
            ("On", "2020")
        );
        Assert.Equal(
            "/en/outreach/ajuntament-de-barcelona",
            (await staff.Submit("/en/outreach/new", "#back", ("Back.Member", "ajuntament-de-barcelona"))).Location
        );
        Assert.Contains("Barcelona", (await staff.Get("/en/outreach?lapsed=true")).Text("#prospects"));
        await staff.Submit("/en/outreach/ajuntament-de-barcelona", "#move-form", ("Move.To", "Dropped"));
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await staff.Submit("/en/outreach/new", "#back", ("Back.Member", "ajuntament-de-barcelona"))).Status
        );
        Assert.Equal(OutreachStage.Prospect, (await Stored(house, "ajuntament-de-barcelona")).Stage);
        await staff.Submit("/en/outreach/ajuntament-de-barcelona", "#join-form", ("Join.Since", "2026"));
        Assert.Contains("Barcelona", (await house.Visit().Get("/en/members?q=barcelona")).Text(".actions"));
    }

    [Fact]
    public async Task The_pages_speak_all_five_languages()
    {
        var house = await houses.On(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        await Begin(staff, "Ville des Langues", "FJ");
        foreach (var language in Language.All)
        foreach (
            var path in (string[])
                ["outreach", "outreach?due=true&stage=Meeting", "outreach/new", "outreach/ville-des-langues"]
        )
            Assert.Equal(HttpStatusCode.OK, (await staff.Get($"/{language}/{path}")).Status);
    }
}
