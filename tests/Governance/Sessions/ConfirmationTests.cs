using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Sessions;
using Plenaria.Sessions.Minutes;
using Plenaria.Sessions.Papers;

namespace Plenaria.Tests.Governance.Sessions;

/// <summary>Acts that cannot be undone name their consequences first, and then say what was done.</summary>
public class ConfirmationTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private const string Reached = "Ville de Dakar",
        WithoutDelegate = "ville-de-saint-denis",
        Changed = "Somebody else has changed this";

    /// <summary>The rule that forbids the notice, asked past its page.</summary>
    internal static async Task<string> RefusedNotice(Meeting meeting) =>
        (
            await Assert.ThrowsAsync<RuleViolationException>(() =>
                meeting.House.Within(async s =>
                    await s.GetRequiredService<Convening>()
                        .Send(
                            (
                                await s.GetRequiredService<SessionStore>()
                                    .Find(meeting.Reference, default, toEdit: true)
                            )!,
                            meeting.House.Address,
                            meeting.House.Acting(),
                            default
                        )
                )
            )
        ).Key;

    private static string Links(Answer page, string title) =>
        string.Join(
            ' ',
            page.Page.QuerySelectorAll("main section")
                .Single(s => s.QuerySelector("h2")?.TextContent == title)
                .QuerySelectorAll("a")
                .Select(a => a.GetAttribute("href"))
        );

    // The line that says what the last form did, and where its link leads.
    private static async Task<(string Said, string? Next)> Banner(Browser who, Answer sent)
    {
        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        var line = (await who.Get(sent.Location!.Split('#')[0])).Page.QuerySelector(".acted[role=status]");
        var said = (line?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return (string.Join(' ', said), line?.QuerySelector("a")?.GetAttribute("href"));
    }

    [Theory, BothDatabases]
    public async Task Before_a_notice_goes_out_its_page_names_whom_it_reaches_and_what_is_missing(Provider provider)
    {
        var house = await houses.On(provider);
        await Meeting.Delegate(house);
        await Meeting.Contact(house, Role.Juror, WithoutDelegate);
        var meeting = await Meeting.Plan(house, NetworkBodies.Group);
        foreach (var slug in (string[])["ville-de-dakar", WithoutDelegate, "enda-ecopop"])
            Assert.Equal(HttpStatusCode.Redirect, (await meeting.Planning("Seat", ("named", slug))).Status);
        var page = await meeting.Staff.Get($"/en{meeting.Path}/convene");
        Assert.Contains("Members that receive an e-mail: 2 of 3.", page.Text("main"));
        Assert.Equal("/en/members/enda-ecopop", Links(page, "Members without a person with an account"));
        Assert.Equal($"/en/members/{WithoutDelegate}", Links(page, "Members without a delegate"));
        Assert.Equal(
            $"/en{meeting.Path}/documents /en{meeting.Path}/motions/new",
            Links(page, "What is still missing")
        );
        Assert.Contains("cannot be taken back", page.Text("section:has(#final)"));
        Assert.Equal($"/en{meeting.Path}/plan", page.Page.QuerySelector("#confirm a")!.GetAttribute("href"));
        // Reading it did nothing.
        Assert.Equal((SessionState.Draft, 0), (await State(meeting), (await meeting.Stored()).LettersSent));

        var sent = await meeting.Staff.Submit(page, "#confirm");
        Assert.Equal(
            ("Notice sent · See who has answered", $"/en{meeting.Path}/delegates"),
            await Banner(meeting.Staff, sent)
        );
        var session = await meeting.Stored();
        Assert.Equal((SessionState.Convened, 1), (session.State, session.Unreached.Count));
        Assert.Contains("already been convened", (await meeting.Confirm("convene")).Text("#obstacle"));
    }

    private static async Task<SessionState> State(Meeting meeting) => (await meeting.Stored()).State;

    [Theory, BothDatabases]
    public async Task A_notice_is_refused_when_the_session_changed_after_its_page_was_read(Provider provider)
    {
        var house = await houses.On(provider);
        var meeting = await Meeting.Plan(house);
        var read = await meeting.Staff.Get($"/en{meeting.Path}/convene");
        await meeting.Planning("Add", ("title", "Something else"));
        var refused = await meeting.Staff.Submit(read, "#confirm");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(Changed, refused.Text("[role=alert]"));
        Assert.Equal(SessionState.Draft, await State(meeting));
        // The page that says so is that of the session as it is now.
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Staff.Submit(refused, "#confirm")).Status);
        Assert.Equal(SessionState.Convened, await State(meeting));
    }

    [Theory, BothDatabases]
    public async Task A_session_ends_once_asked_on_a_page_that_names_what_was_not_treated(Provider provider)
    {
        var house = await houses.On(provider);
        var dakar = await Meeting.Delegate(house);
        var meeting = await Meeting.Open(house, dakar);
        var number = await meeting.Motion("Left over");
        Assert.Empty((await meeting.Staff.Get($"/en{meeting.Path}/desk")).Page.QuerySelectorAll("[formaction*=End]"));
        await meeting.Desk("Put", ("question", "Agreed?"), ("method", "Consensus"));
        Assert.Contains("A vote is open", (await meeting.Desk("End")).Text("#obstacle"));
        Assert.Equal(
            "sessions.vote-running",
            (
                await Assert.ThrowsAsync<RuleViolationException>(() =>
                    house.Within(s =>
                        s.GetRequiredService<SessionCommands>().End(meeting.Reference, house.Acting(), default)
                    )
                )
            ).Key
        );
        await meeting.Desk("Close");
        var read = await meeting.Staff.Get($"/en{meeting.Path}/end");
        Assert.Contains(Reached, read.Text("main section:first-of-type li"));
        Assert.Contains("1 Work plan", read.Text("main section.warn li"));
        Assert.Equal($"/en{meeting.Path}/motions/{number}", Links(read, "Motions that were not voted on"));
        await meeting.Desk("Take", ("item", (await meeting.Stored()).Agenda[0].Id.ToString()));
        var refused = await meeting.Staff.Submit(read, "#confirm");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(Changed, refused.Text("[role=alert]"));
        Assert.DoesNotContain("1 Work plan", refused.Text("main section.warn li"));
        var (said, next) = await Banner(meeting.Staff, await meeting.Staff.Submit(refused, "#confirm"));
        Assert.StartsWith("Session ended", said, StringComparison.Ordinal);
        Assert.Equal($"/en{meeting.Path}/minutes", next);
        Assert.Equal(SessionState.Ended, await State(meeting));
        Assert.Contains("is not open", (await meeting.Confirm("end")).Text("#obstacle"));
    }

    [Theory, BothDatabases]
    public async Task Minutes_are_sent_from_a_page_that_says_who_gets_them_and_how_they_are_corrected(Provider provider)
    {
        var house = await houses.On(provider);
        var meeting = await Meeting.Open(house, await Meeting.Delegate(house));
        await meeting.Desk("End");
        Assert.Equal(HttpStatusCode.NotFound, (await meeting.Confirm("minutes/present")).Status);
        async Task<Answer> Write(string button, params IEnumerable<(string, string)> fields) =>
            await meeting.Staff.Press(
                await meeting.Staff.Get($"/en{meeting.Path}/minutes"),
                $"form:has(button[formaction*='handler={button}'])",
                button,
                fields
            );
        var (_, next) = await Banner(meeting.Staff, await Write("Draft"));
        Assert.Equal($"/en{meeting.Path}/minutes/present", next);
        var read = await meeting.Staff.Get(next!);
        Assert.Contains("Members that receive an e-mail: ", read.Text("main"));
        Assert.Contains("/en/members/", Links(read, "Members without a person with an account"));
        Assert.Contains("minutes of another session", read.Text("section:has(#final)"));
        await Write("Save", ("text", "Written again."));
        var refused = await meeting.Staff.Submit(read, "#confirm");
        Assert.Contains(Changed, refused.Text("[role=alert]"));
        Assert.Equal(MinutesState.Draft, (await Written(meeting)).State);
        (_, next) = await Banner(meeting.Staff, await meeting.Staff.Submit(refused, "#confirm"));
        Assert.Equal($"/en/plenaries/new?Like={meeting.Reference}", next);
        Assert.Equal(MinutesState.Presented, (await Written(meeting)).State);
        Assert.Contains("already been sent", (await meeting.Confirm("minutes/present")).Text("#obstacle"));
    }

    private static Task<SessionMinutes> Written(Meeting meeting) =>
        meeting.House.Within(async s =>
            (await s.GetRequiredService<MinutesStore>().Find(await meeting.Stored(), default))!
        );

    [Theory, BothDatabases]
    public async Task A_draft_is_discarded_with_all_it_holds_and_its_reference_is_not_given_again(Provider provider)
    {
        var house = await houses.On(provider);
        var meeting = await Meeting.Plan(house);
        await meeting.Motion("Never put", "Not this.");
        var id = (await meeting.Stored()).Id;
        var read = await meeting.Staff.Get($"/en{meeting.Path}/discard");
        Assert.Contains("Never put", read.Text("main"));
        Assert.Contains("1 Work plan", read.Text("main"));
        await meeting.Staff.Upload(
            await meeting.Staff.Get($"/en{meeting.Path}/documents"),
            "form[enctype]",
            ("file", "plan.txt", Encoding.UTF8.GetBytes("The plan")),
            [("title", "Added meanwhile"), ("number", "")]
        );
        // What was not read is not discarded.
        var refused = await meeting.Staff.Submit(read, "#confirm");
        Assert.Contains(Changed, refused.Text("[role=alert]"));
        Assert.Contains("Added meanwhile", refused.Text("main"));
        var (said, _) = await Banner(meeting.Staff, await meeting.Staff.Submit(refused, "#confirm"));
        Assert.Equal("Draft session discarded", said);
        Assert.Equal(HttpStatusCode.NotFound, (await meeting.Staff.Get($"/en{meeting.Path}/plan")).Status);
        Assert.Equal((0, 0, 0), await house.Within(s => CountAsync(s.GetRequiredService<PlenariaDb>(), id)));
        var kept = await house.Within(s =>
            s.GetRequiredService<Journal>().Read($"session:{meeting.Reference}", 1, default)
        );
        Assert.Equal("sessions.discarded", kept.Single().Act);
        Assert.Contains("Never put", kept.Single().What!.Value.GetRawText());
        Assert.NotEqual(meeting.Reference, (await Meeting.Plan(house)).Reference);
    }

    private static async Task<(int Sessions, int Motions, int Documents)> CountAsync(PlenariaDb db, Guid session) =>
        (
            await db.Set<Session>().CountAsync(s => s.Id == session),
            await db.Set<Motion>().CountAsync(m => m.Session == session),
            await db.Set<SessionDocument>().CountAsync(d => d.Session == session)
        );

    [Theory, BothDatabases]
    public async Task A_session_whose_notice_was_sent_is_not_discarded(Provider provider)
    {
        var house = await houses.On(provider);
        var meeting = await Meeting.Plan(house);
        await meeting.Planning("Convene");
        Assert.Contains("cancelled, not discarded", (await meeting.Confirm("discard")).Text("#obstacle"));
        Assert.Equal(
            "sessions.discard-convened",
            (
                await Assert.ThrowsAsync<RuleViolationException>(() =>
                    house.Within(async s =>
                    {
                        var store = s.GetRequiredService<SessionStore>();
                        var session = (await store.Find(meeting.Reference, default, toEdit: true))!;
                        await s.GetRequiredService<DiscardService>().DiscardAsync(session, house.Acting(), default);
                    })
                )
            ).Key
        );
    }

    [Theory, BothDatabases]
    public async Task What_was_done_is_said_with_the_next_step(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var starts = DateTime.UtcNow.Date.AddDays(40).AddHours(9);
        var begun = await staff.Submit(
            "/en/plenaries/new",
            "main form",
            ("Input.Title", "Said with the next step"),
            ("Input.Starts", Meeting.Clock(starts)),
            ("Input.Ends", Meeting.Clock(starts.AddHours(1))),
            ("Input.Zone", "Africa/Dakar")
        );
        var meeting = Meeting.At(house, staff, begun.Location!);
        Assert.Equal(
            ("Session prepared · Add items to the agenda", $"/en{meeting.Path}/plan#agenda"),
            await Banner(staff, begun)
        );
        Assert.Equal(
            ("Agenda changed · Send the notice", $"/en{meeting.Path}/convene"),
            await Banner(staff, await meeting.Planning("Add", ("title", "Opening")))
        );
        await meeting.Planning("Convene");
        Assert.Equal(
            ("Agenda changed · Send the change", $"/en{meeting.Path}/plan#tell"),
            await Banner(staff, await meeting.Planning("Add", ("title", "Closing")))
        );
    }

    [Theory, BothDatabases]
    public async Task A_session_is_called_off_from_a_page_that_names_whom_the_letter_reaches_and_what_is_left(
        Provider provider
    )
    {
        var house = await houses.On(provider);
        await Meeting.Delegate(house);
        var meeting = await Meeting.Plan(house);
        Assert.Contains("not been convened", (await meeting.Confirm("cancel")).Text("#obstacle"));
        var number = await meeting.Motion("Left over");
        await meeting.Planning("Convene");
        var plan = await meeting.Staff.Get($"/en{meeting.Path}/plan");
        Assert.Null(plan.Page.QuerySelector("[formaction*=Cancel]"));
        Assert.NotNull(plan.Page.QuerySelector("a[href$='/cancel']"));
        var read = await meeting.Staff.Get($"/en{meeting.Path}/cancel");
        Assert.Contains("Members that receive an e-mail: ", read.Text("main"));
        Assert.Contains("/en/members/", Links(read, "Members without a person with an account"));
        Assert.Equal($"/en{meeting.Path}/motions/{number}", Links(read, "Motions that were not voted on"));
        Assert.Contains("cannot be convened again", read.Text("section:has(#final)"));
        Assert.Equal(SessionState.Convened, await State(meeting));
        await meeting.Planning("Add", ("title", "Something else"));
        var refused = await meeting.Staff.Submit(read, "#confirm");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(Changed, refused.Text("[role=alert]"));
        Assert.Equal(SessionState.Convened, await State(meeting));
        var (said, next) = await Banner(meeting.Staff, await meeting.Staff.Submit(refused, "#confirm"));
        Assert.StartsWith("Session cancelled", said, StringComparison.Ordinal);
        Assert.Equal($"/en/plenaries/new?Like={meeting.Reference}", next);
        Assert.Equal(SessionState.Cancelled, await State(meeting));
    }

    [Theory, BothDatabases]
    public async Task A_ballot_ends_early_from_a_page_that_names_those_who_have_not_voted(Provider provider)
    {
        var house = await houses.On(provider);
        var dakar = await Meeting.Delegate(house);
        var meeting = await Meeting.Open(house, dakar);
        await meeting.Desk("Put", ("question", "Agreed?"), ("method", "RollCall"));
        var desk = await meeting.Staff.Get($"/en{meeting.Path}/desk");
        Assert.Null(desk.Page.QuerySelector("[formaction*='handler=Close']"));
        var read = await meeting.Staff.Get($"/en{meeting.Path}/vote/close");
        Assert.Contains("Votes received: 0 of 1", read.Text("main"));
        Assert.Contains(Reached, read.Text("main section.warn li"));
        Assert.Equal("/en/members/ville-de-dakar", Links(read, "Have not voted yet"));
        // Who votes while the page is read has voted: it is still the same ballot that ends.
        await meeting.Vote(dakar, "yes");
        Assert.NotNull(
            (await meeting.Staff.Get($"/en{meeting.Path}/desk")).Page.QuerySelector("[formaction*='handler=Close']")
        );
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Staff.Submit(read, "#confirm")).Status);
        Assert.Equal(1L, (await meeting.Stored()).Log.Votes[0].Figures!.Yes);
        // Another ballot has begun since: what was read was about the first.
        await meeting.Desk("Put", ("question", "And this?"), ("method", "RollCall"));
        var second = await meeting.Staff.Get($"/en{meeting.Path}/vote/close");
        var refused = await meeting.Staff.Submit(second, "#confirm", ("version", "1"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(Changed, refused.Text("[role=alert]"));
        Assert.NotNull((await meeting.Stored()).Log.OpenVote);
    }

    [Theory, BothDatabases]
    public async Task Of_a_secret_ballot_that_ends_early_nobody_is_named(Provider provider)
    {
        var house = await houses.On(provider);
        var meeting = await Meeting.Open(house, await Meeting.Delegate(house));
        await meeting.Desk("Put", ("question", "Agreed?"), ("method", "Secret"));
        foreach (var act in (string[])["close", "void"])
        {
            var read = await meeting.Staff.Get($"/en{meeting.Path}/vote/{act}");
            Assert.Contains("Votes received: 0 of 1", read.Text("main"));
            Assert.DoesNotContain(Reached, read.Text("main"));
        }
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Desk("Void")).Status);
        Assert.Contains("not open", (await meeting.Confirm("vote/void")).Text("#obstacle"));
    }
}
