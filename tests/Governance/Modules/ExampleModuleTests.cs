using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Bodies;
using Plenaria.Platform.Data;
using Plenaria.Platform.Modules;
using Plenaria.Sessions;
using Plenaria.Tests.Governance.Sessions;

namespace Plenaria.Tests.Governance.Modules;

/// <summary>
/// A module in a project of its own, of which no file of <c>src</c> knows: what it declares works, and is gone when it
/// is switched off.
/// </summary>
public class ExampleModuleTests
{
    private const string Name = "Harvest fair";

    [Theory, BothDatabases]
    public async Task A_module_works_by_its_declarations_alone_and_is_gone_when_switched_off(Provider provider)
    {
        await using var house = await TestHost.Open(
            provider,
            modules: [.. Plenaria.Web.Modules.All, new ExampleModule.ExampleModule()]
        );
        await CreateTable(house);
        var meeting = await Meeting.Open(house, await Meeting.Delegate(house));
        var staff = meeting.Staff;
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit("/en/fairs", "main form", ("Title", Name))).Status);

        // Page, navigation, staff tool, role, task, permanent link, search.
        Assert.Contains("OIDP-FAIR-1", (await house.Visit().Get("/en/fairs")).Text("main li"));
        Assert.Contains("/en/fairs", (await house.Visit().Get("/en")).Body);
        Assert.Contains("/en/fairs", (await staff.Get("/en/staff")).Text("main") + (await staff.Get("/en/staff")).Body);
        Assert.Contains("Fair steward", (await staff.Get("/en/people")).Text("option"));
        Assert.Contains("Fair not approved yet: Harvest fair", (await staff.Get("/en/workspace")).Text("main"));
        Assert.Contains("/fairs", (await house.Visit().Get("/r/OIDP-FAIR-1")).Location!);
        Assert.Contains(Name, (await house.Visit().Get("/en/search?q=harvest")).Text("main"));
        Assert.DoesNotContain("main form", (await house.Visit().Get("/en/fairs")).Body);

        // A motion decides about it; its text is longer than any list shows.
        var text = string.Join(' ', Enumerable.Range(1, 900).Select(i => $"word{i}"));
        var moved = await staff.Submit(
            $"/en{meeting.Path}/motions/new",
            "main form",
            ("Input.Title", "The fair is held"),
            ("Input.Text", text),
            ("Input.Decision", "ordinary"),
            ("About", "ApproveFair OIDP-FAIR-1")
        );
        Assert.Equal(HttpStatusCode.Redirect, moved.Status);
        var motion = await meeting.MotionId(1);
        await meeting.Desk("Put", ("subject", motion), ("method", "Consensus"));
        await meeting.Desk("Close");
        var resolution = (await meeting.Stored()).Motions.Single().Resolution!.ToString()!;
        Assert.Contains(resolution, (await house.Visit().Get("/en/fairs")).Text("main li"));
        Assert.Contains(Name, (await house.Visit().Get("/en")).Text("main"));
        Assert.DoesNotContain(Name, (await staff.Get("/en/workspace")).Text("main"));
        Assert.Contains("word900", (await house.Visit().Get($"/en/resolutions/{resolution}")).Text("main"));
        Assert.DoesNotContain("word900", (await house.Visit().Get("/en/resolutions")).Text("main"));

        await SwitchOff(staff, house);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Get("/en/fairs")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await house.Visit().Get("/r/OIDP-FAIR-1")).Status);
        foreach (var path in (string[])["", "/workspace", "/staff", "/search?q=harvest", "/journal", "/people"])
            Assert.DoesNotContain("/en/fairs", (await staff.Get($"/en{path}")).Body);
        Assert.DoesNotContain(Name, (await house.Visit().Get("/en")).Text("main"));
        Assert.DoesNotContain(Name, (await house.Visit().Get("/en/search?q=harvest")).Text("main"));
    }

    [Theory, BothDatabases]
    public async Task A_module_opens_a_session_for_its_body_reads_who_was_there_and_is_told_what_it_decides(
        Provider provider
    )
    {
        await using var house = await TestHost.Open(
            provider,
            modules: [.. Plenaria.Web.Modules.All, new ExampleModule.ExampleModule()]
        );
        await CreateTable(house);
        var (meeting, key) = await MeetAsync(house, Name);
        Assert.Equal("Fair", key.Kind);
        Assert.Contains(Name, (await house.Visit().Get($"/en{meeting.Path}")).Text("main"));
        // A session of the network's own is none of the module's.
        var group = await Meeting.Plan(house, NetworkBodies.Group);
        await group.Planning("Seat", ("named", "Ville de Dakar"));
        await group.Planning("Convene");
        await DecideAsync(group, objections: false);

        await DecideAsync(meeting, objections: true);
        var page = (await house.Visit().Get("/en/fairs")).Text("main li");
        Assert.Contains($"Decided by its committee: {meeting.Reference}/1 rejected", page);
        Assert.Contains("Present: Ville de Dakar", page);
        Assert.Contains(meeting.Reference, page);
        Assert.DoesNotContain(group.Reference, page);

        // Switched off, its bodies are offered to nobody, and what they did stays readable.
        var staff = await house.Visit(Role.Staff);
        await SwitchOff(staff, house);
        Assert.DoesNotContain(key.ToString(), (await staff.Get("/en/plenaries/new")).Body);
        Assert.Equal(HttpStatusCode.OK, (await house.Visit().Get($"/en{meeting.Path}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await house.Visit().Get("/en/plenaries")).Status);
    }

    [Theory, BothDatabases]
    public async Task A_modules_form_is_filled_in_over_a_mailed_link_taken_and_answered_by_a_letter(Provider provider)
    {
        await using var house = await TestHost.Open(
            provider,
            modules: [.. Plenaria.Web.Modules.All, new ExampleModule.ExampleModule()]
        );
        await CreateTable(house);
        var staff = await house.Visit(Role.Staff);
        await staff.Submit("/en/fairs", "main form", ("Title", Name));
        var city = house.Visit();
        var begun = await city.Submit("/en/forms/stand", "main form", ("Email", "stand@city.example"));
        Assert.Equal(HttpStatusCode.Redirect, begun.Status);
        var page = await city.Get(begun.Location!);
        const string Form = "form.answers";
        var refused = await city.Press(page, Form, "Send", ("f.fair", "OIDP-FAIR-9"), ("f.shows", "A square"));
        Assert.Contains("No fair has this reference", refused.Text("main"));
        var sent = await city.Press(refused, Form, "Send", ("f.fair", "OIDP-FAIR-1"), ("f.shows", "A square"));
        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        Assert.Contains("Your request has been received", (await city.Get(begun.Location!)).Text("main"));
        Assert.Contains("1 stand asked for", (await house.Visit().Get("/en/fairs")).Text("main li"));
        Assert.Contains(
            await house.Within(s =>
                s.GetRequiredService<PlenariaDb>()
                    .Set<Plenaria.Correspondence.OutboxMessage>()
                    .Where(l => l.To == "stand@city.example")
                    .Select(l => l.Subject)
                    .ToListAsync()
            ),
            subject => subject == $"Your stand at “{Name}”"
        );

        await SwitchOff(staff, house);
        Assert.Equal(HttpStatusCode.NotFound, (await house.Visit().Get("/en/forms/stand")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await city.Get(begun.Location!)).Status);
    }

    [Theory, BothDatabases]
    public async Task What_a_module_refuses_when_it_is_told_leaves_the_vote_open_and_nothing_decided(Provider provider)
    {
        await using var house = await TestHost.Open(
            provider,
            modules: [.. Plenaria.Web.Modules.All, new ExampleModule.ExampleModule()]
        );
        await CreateTable(house);
        var (meeting, _) = await MeetAsync(house, "Spring fair");
        await DecideAsync(meeting, objections: false);
        var second = await meeting.Motion("It is held twice");
        await meeting.Desk("Put", ("subject", await meeting.MotionId(second)), ("method", "Consensus"));
        var refused = await meeting.Desk("Close");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("has decided already", refused.Text("[role=alert]"));
        var session = await meeting.Stored();
        Assert.NotNull(session.Log.OpenVote);
        Assert.Equal(MotionState.Submitted, session.Motions.Single(m => m.Number == second).State);
        Assert.Null(session.Motions.Single(m => m.Number == second).Resolution);
        Assert.Single(
            await house.Within(s =>
                s.GetRequiredService<PlenariaDb>()
                    .Set<Plenaria.Platform.Journal.JournalEntry>()
                    .Where(e => e.Act == "fairs.decided")
                    .ToListAsync()
            )
        );
        Assert.Empty(await meeting.Faults());
    }

    private static async Task<(Meeting Meeting, BodyKey Body)> MeetAsync(TestHost house, string fair)
    {
        var staff = await house.Visit(Role.Staff);
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit("/en/fairs", "main form", ("Title", fair))).Status);
        var options = (await staff.Get("/en/plenaries/new")).Page.QuerySelectorAll("[name='Input.Body'] option");
        var body = BodyKey.Parse(options.Single(o => o.TextContent == fair).GetAttribute("value")!);
        var (begin, starts) = ("/en/fairs", ("starts", Meeting.Clock(DateTime.UtcNow.Date.AddDays(30))));
        var other = await StewardAsync(house, new BodyKey("Fair", Guid.NewGuid()));
        Assert.Equal(HttpStatusCode.Forbidden, (await other.Submit(begin, "form.meet", starts)).Status);
        var steward = await StewardAsync(house, body);
        var begun = await steward.Submit(begin, "form.meet", starts);
        Assert.Equal(HttpStatusCode.Redirect, begun.Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.Get(begun.Location!)).Status);
        var meeting = Meeting.At(house, steward, begun.Location!);
        await meeting.Planning("Add", ("title", "The fair"));
        await meeting.Planning("Seat", ("named", "Ville de Dakar"));
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Planning("Convene")).Status);
        return (meeting, (await meeting.Stored()).Body);
    }

    private static async Task<Browser> StewardAsync(TestHost house, BodyKey body)
    {
        var link = await house.Within(async services =>
        {
            var (accounts, acting) = (services.GetRequiredService<Accounts>(), house.Acting());
            var email = $"{Guid.NewGuid():N}@fairs.example";
            var account = await accounts.Open(email, "Steward", Language.English, acting, default);
            await accounts.Grant(account, new("Steward"), body.Owner, null, acting, default);
            await services.GetRequiredService<PlenariaDb>().SaveChangesAsync();
            return await services.GetRequiredService<FirstLinks>().ForNewHouse(account, Language.English, default);
        });
        var browser = house.Visit();
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Submit(link, "main form")).Status);
        return browser;
    }

    private static async Task DecideAsync(Meeting meeting, bool objections)
    {
        var number = await meeting.Motion("It is held");
        await meeting.Desk("Arrive", ("member", await meeting.MemberId("ville-de-dakar")));
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Desk("Call")).Status);
        await meeting.Desk("Put", ("subject", await meeting.MotionId(number)), ("method", "Consensus"));
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await meeting.Desk("Close", objections ? [("objections", "true")] : [])).Status
        );
    }

    private static async Task SwitchOff(Browser staff, TestHost house)
    {
        var on = house
            .Services.GetRequiredService<ModuleCatalog>()
            .All.Where(m => m.CanBeOff && m.Name != "ExampleModule")
            .Select(m => ("Input.On", m.Name));
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit("/en/settings", "main form", on)).Status);
    }

    // A module of this program has a migration; this one's table is made here.
    private static Task CreateTable(TestHost house) =>
        house.Within(services =>
        {
            var database = services.GetRequiredService<PlenariaDb>().Database;
            return database.ExecuteSqlRawAsync(
                database.IsSqlite()
                    ? """
                    CREATE TABLE fairs_fairs
                    (id TEXT PRIMARY KEY, reference TEXT, title TEXT, approved_by TEXT, decided TEXT, stands INTEGER,
                     version INTEGER)
                    """
                    : """
                    CREATE TABLE fairs_fairs
                    (id uuid PRIMARY KEY, reference text, title text, approved_by text, decided text, stands int,
                     version int)
                    """
            );
        });
}
