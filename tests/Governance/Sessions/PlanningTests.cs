using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Data;
using Plenaria.Sessions;
using Plenaria.Sessions.Accreditation;
using Plenaria.Sessions.Minutes;

namespace Plenaria.Tests.Governance.Sessions;

public class PlanningTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static async Task<string> Begin(
        Meeting meeting,
        string address,
        int inDays = 20,
        params IEnumerable<(string, string)> fields
    )
    {
        var starts = DateTime.UtcNow.Date.AddDays(inDays).AddHours(10);
        var begun = await meeting.Staff.Submit(
            address,
            "main form",
            [("Input.Starts", Meeting.Clock(starts)), ("Input.Ends", Meeting.Clock(starts.AddHours(2))), .. fields]
        );
        Assert.Equal(HttpStatusCode.Redirect, begun.Status);
        return begun.Location![3..^"/plan".Length];
    }

    private static Task<Session> Stored(TestHost house, string path) =>
        house.Within(async s =>
            (await s.GetRequiredService<SessionStore>().Find(path[(path.LastIndexOf('/') + 1)..], default))!
        );

    [Theory, BothDatabases]
    public async Task A_session_begins_like_an_earlier_one_with_its_agenda_seats_and_rules(Provider provider)
    {
        var house = await houses.On(provider);
        var earlier = await Meeting.Plan(house, NetworkBodies.Group);
        var first = (await earlier.Stored()).Agenda[0];
        await earlier.Planning(
            "Add",
            ("title", "Report of the Secretariat"),
            ("under", first.Id.ToString()),
            ("minutes", "20")
        );
        await earlier.Planning("Seat", ("named", "Ville de Dakar"));
        await Rules(earlier, Statute);
        var page = await earlier.Staff.Get($"/en/plenaries/new?Like={earlier.Reference}");
        Assert.Equal("", page.Page.QuerySelector("[name='Input.Starts']")!.GetAttribute("value") ?? "");
        var (before, after) = (
            await earlier.Stored(),
            await Stored(house, await Begin(earlier, $"/en/plenaries/new?Like={earlier.Reference}"))
        );
        Assert.Equal(
            (before.Title, before.Body, before.Zone, SessionState.Draft),
            (after.Title, after.Body, after.Zone, after.State)
        );
        Assert.Equal(
            before.Points().Select(p => (p.Number, p.Item.Title, p.Item.Minutes)),
            after.Points().Select(p => (p.Number, p.Item.Title, p.Item.Minutes))
        );
        Assert.Empty(before.Agenda.Select(i => i.Id).Intersect(after.Agenda.Select(i => i.Id)));
        Assert.Equal(before.Seats.Select(s => s.Member), after.Seats.Select(s => s.Member));
        Assert.Equal(before.Rules.ToJson(), after.Rules.ToJson());
        Assert.Contains($"Like={earlier.Reference}", (await earlier.Staff.Get("/en/plenaries/new")).Body);
    }

    private const string Statute =
        """{ "format": "plenaria-rulebook-1", "name": { "en": "Statutes of the group" }, "decisions": { "ordinary": { "majorities": [ { "counts": "yes", "of": "valid", "share": "3/4" } ] } } }""";

    private static async Task<Answer> Rules(Meeting meeting, string json) =>
        await meeting.Staff.Upload(
            await meeting.Staff.Get($"/en{meeting.Path}/plan"),
            "#import-rules",
            ("file", "rules.json", Encoding.UTF8.GetBytes(json))
        );

    [Theory, BothDatabases]
    public async Task A_body_brings_its_own_rules_until_the_notice_is_sent(Provider provider)
    {
        var house = await houses.On(provider);
        var meeting = await Meeting.Plan(house, NetworkBodies.Group);
        Assert.Contains(
            "Rules of the network",
            (await meeting.Staff.Get($"/en{meeting.Path}/plan")).Text("#rules ~ p")
        );
        Assert.Contains(
            "$.decisions",
            (
                await Rules(meeting, """{ "decisions": { "ordinary": { "majorities": [ { "counts": "maybe" } ] } } }""")
            ).Text("[role=alert]")
        );
        await meeting.Motion("By two thirds", decision: "qualified");
        Assert.Contains("qualified", (await Rules(meeting, Statute)).Text("[role=alert]"));
        await meeting.Staff.Press(
            await meeting.Staff.Get($"/en{meeting.Path}/motions/1"),
            "form:has(button[formaction*='handler=Change'])",
            "Change",
            ("Input.Decision", "ordinary")
        );
        Assert.Equal(HttpStatusCode.Redirect, (await Rules(meeting, Statute)).Status);
        Assert.Contains(
            "Statutes of the group",
            (await meeting.Staff.Get($"/en{meeting.Path}/plan")).Text("#rules ~ p")
        );
        Assert.Contains("\"3/4\"", (await meeting.Staff.Get($"/en{meeting.Path}/rules.json")).Body);
        await meeting.Planning("Seat", ("named", "Ville de Dakar"));
        await meeting.Planning("Convene");
        var late = await meeting.Staff.Get($"/en{meeting.Path}/plan");
        Assert.Empty(late.Page.QuerySelectorAll("#import-rules"));
    }

    [Theory, BothDatabases]
    public async Task A_preparatory_session_shows_what_it_prepares_and_its_minutes_tell_what_was_moved(
        Provider provider
    )
    {
        var house = await houses.On(provider);
        var dakar = await Meeting.Delegate(house);
        var meeting = await Meeting.Plan(house);
        await meeting.Motion("The plan", "The plenary adopts the plan.");
        await meeting.Planning("Convene");
        var path = await Begin(
            meeting,
            $"/en/plenaries/new?Prepares={meeting.Reference}",
            fields: [("Input.Body", "Group")]
        );
        var preparatory = await Stored(house, path);
        Assert.Equal(meeting.Reference, preparatory.Prepares.ToString());
        Assert.StartsWith("Preparatory session:", preparatory.Title.ToString(), StringComparison.Ordinal);
        async Task Do(string page, string button, params IEnumerable<(string, string)> fields) =>
            Assert.Equal(
                HttpStatusCode.Redirect,
                (
                    await meeting.Staff.Press(
                        await meeting.Staff.Get($"/en{path}/{page}"),
                        $"form:has(button[formaction$='handler={button}'])",
                        button,
                        fields
                    )
                ).Status
            );
        await Do("plan", "Add", ("title", "Amendments"));
        await Do("plan", "Seat", ("named", "Ville de Dakar"));
        // Nobody but who prepares it sees it before its notice.
        Assert.DoesNotContain(path, (await house.Visit().Get("/en" + meeting.Path)).Body);
        var work = Meeting.At(house, meeting.Staff, $"/en{path}/plan");
        Assert.Equal(HttpStatusCode.Redirect, (await work.Planning("Convene")).Status);
        Assert.Contains(path, (await house.Visit().Get("/en" + meeting.Path)).Body);
        Assert.Contains($"{meeting.Path}/motions/1", (await house.Visit().Get("/en" + path)).Body);
        await dakar.Submit(
            $"/en{meeting.Path}/motions/1/amend?paragraph=1",
            "main form",
            ("Kind", "Replace"),
            ("Text", "Moved too early.")
        );
        await Meeting.ReachDay(house, await Stored(house, path));
        await dakar.Press(
            await dakar.Get($"/en{path}/seat"),
            "form:has(button[formaction$='handler=Arrive'])",
            "Arrive",
            ("manner", "Remote")
        );
        await Do("desk", "Call");
        await dakar.Submit(
            $"/en{meeting.Path}/motions/1/amend?paragraph=1",
            "main form",
            ("Kind", "Replace"),
            ("Text", "The plenary welcomes the plan.")
        );
        Assert.Equal(HttpStatusCode.Redirect, (await work.Confirm("end")).Status);
        var minutes = await house.Within(async s =>
        {
            var session = (await s.GetRequiredService<SessionStore>().Find(preparatory.Reference.ToString(), default))!;
            return await s.GetRequiredService<MinutesStore>().Draft(session, null, house.Acting(), default);
        });
        Assert.Contains("The plenary welcomes the plan.", minutes.Text);
        Assert.Contains(
            "Ville de Dakar",
            minutes.Text[minutes.Text.IndexOf("submitted in", StringComparison.Ordinal)..]
        );
        Assert.DoesNotContain("Moved too early.", minutes.Text);
    }

    [Theory, BothDatabases]
    public async Task Names_of_people_are_forgotten_a_year_after_the_session(Provider provider)
    {
        var house = await houses.On(provider);
        var dakar = await Meeting.Delegate(house);
        var (meeting, old) = (await Meeting.Open(house, dakar), await Meeting.Open(house, dakar));
        foreach (var it in new[] { meeting, old })
        {
            await it.Staff.Submit(
                $"/en{it.Path}/delegates",
                "#for-member",
                ("named", "Ville de Dakar"),
                ("name", "Some person")
            );
            await it.Desk("End");
        }
        await house.Within(async s =>
        {
            var db = s.GetRequiredService<PlenariaDb>();
            var (reference, ended) = (
                Reference.Parse(old.Reference),
                DateTimeOffset.UtcNow - Credentials.KeptFor - TimeSpan.FromHours(1)
            );
            await db.InTransactionAsync(
                () =>
                    db.Set<Session>()
                        .Where(x => x.Reference == reference)
                        .ExecuteUpdateAsync(x => x.SetProperty(y => y.EndsAt, ended)),
                default
            );
            await Credentials.Forget(s, default);
        });
        Task<int> Count(Meeting it) =>
            house.Within(async s => (await s.GetRequiredService<Credentials>().Of(await it.Stored(), default)).Count);
        Assert.Equal((1, 0), (await Count(meeting), await Count(old)));
    }

    [Theory, BothDatabases]
    public async Task Rules_are_taken_from_another_session_by_its_name(Provider provider)
    {
        var house = await houses.On(provider);
        var (from, to) = (await Meeting.Plan(house), await Meeting.Plan(house));
        var rules = (await from.Stored()).Rules with
        {
            Name = new() { ["en"] = "Rules of two thirds" },
            Wait = 77,
        };
        await house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Set<Session>()
                .Where(x => x.Reference == Reference.Parse(from.Reference, null))
                .ExecuteUpdateAsync(x => x.SetProperty(y => y.Rules, rules))
        );
        var page = await to.Staff.Get($"/en{to.Path}/plan");
        Assert.StartsWith(
            "Rules of two thirds (Session ",
            page.Page.QuerySelector($"#choose-rules option[value='{from.Reference}']")!.TextContent,
            StringComparison.Ordinal
        );
        var taken = await to.Staff.Press(page, "#choose-rules", "Rules", ("like", from.Reference));
        Assert.Equal(HttpStatusCode.Redirect, taken.Status);
        Assert.Equal(77, (await to.Stored()).Rules.Wait);
        var own = await to.Staff.Press(
            await to.Staff.Get($"/en{to.Path}/plan"),
            "#choose-rules",
            "Rules",
            ("like", "")
        );
        Assert.Equal(HttpStatusCode.Redirect, own.Status);
        Assert.NotEqual(77, (await to.Stored()).Rules.Wait);
    }
}
