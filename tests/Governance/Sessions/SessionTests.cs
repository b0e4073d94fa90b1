using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Ballots.Rules;
using Plenaria.Correspondence;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Ties;
using Plenaria.Sessions;
using Plenaria.Sessions.Live;

namespace Plenaria.Tests.Governance.Sessions;

public class SessionTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private const string First = "ville-de-saint-denis",
        Second = "prefeitura-de-porto-alegre";

    [Theory, BothDatabases]
    public async Task A_notice_needs_an_agenda_and_its_days_and_reaches_every_member(Provider provider)
    {
        var house = await houses.On(provider);
        var meeting = await Meeting.Plan(house, withAgenda: false);
        Assert.Contains("The agenda is missing", (await meeting.Planning("Convene")).Text("#obstacle"));
        await meeting.Planning("Add", ("title", "Opening"));
        Assert.Equal(HttpStatusCode.NotFound, (await house.Visit().Get("/en" + meeting.Path)).Status);
        var before = await house.Within(s => s.GetRequiredService<PlenariaDb>().Set<OutboxMessage>().CountAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Planning("Convene")).Status);
        var session = await meeting.Stored();
        var members = await house.Within(s => s.GetRequiredService<IMembers>().Present(null, default));
        Assert.Equal((SessionState.Convened, members.Count), (session.State, session.Seats.Count));
        Assert.Equal(
            session.LettersSent,
            await house.Within(s => s.GetRequiredService<PlenariaDb>().Set<OutboxMessage>().CountAsync()) - before
        );
        Assert.True(session.LettersSent > 0);
        Assert.Equal(HttpStatusCode.OK, (await house.Visit().Get("/en" + meeting.Path)).Status);
        Assert.Contains(
            session.Title.ToString(),
            (await (await Meeting.Delegate(house)).Get("/fr/workspace")).Text(".actions")
        );
        Assert.Contains(session.Title.ToString(), (await house.Visit().Get("/en/plenaries")).Text(".record-cards"));
        var soon = await Meeting.Plan(house, inDays: 5);
        Assert.Contains("Days of notice required: 15", (await soon.Planning("Convene")).Text("#obstacle"));
        Assert.Equal("sessions.notice-too-short", await ConfirmationTests.RefusedNotice(soon));
        Assert.Equal(
            "sessions.convened-already",
            (
                await Assert.ThrowsAsync<RuleViolationException>(() =>
                    house.Within(async s =>
                        await s.GetRequiredService<Convening>()
                            .Send(
                                (
                                    await s.GetRequiredService<SessionStore>()
                                        .Find(meeting.Reference, default, toEdit: true)
                                )!,
                                house.Address,
                                house.Acting(),
                                default
                            )
                    )
                )
            ).Key
        );
    }

    [Theory]
    [InlineData("0001-01-01T10:00", "0001-01-01T12:00", "UTC", "is not a day with a time")]
    [InlineData("9999-12-31T10:00", "9999-12-31T12:00", "America/Bogota", "is not a day with a time")]
    [InlineData("2040-07-02T20:00", "2040-07-02T16:00", "UTC", "ends before it starts")]
    [InlineData("2040-07-02T16:00", "2040-07-02T20:00", "Europe/Atlantis", "is unknown")]
    public async Task A_time_that_cannot_be_is_refused_and_what_was_typed_stays(
        string starts,
        string ends,
        string zone,
        string says
    )
    {
        var house = await houses.On(Provider.Sqlite);
        var refused = await (await house.Visit(Role.Staff)).Submit(
            "/en/plenaries/new",
            "main form",
            ("Input.Title", "Kept"),
            ("Input.Starts", starts),
            ("Input.Ends", ends),
            ("Input.Zone", zone)
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(says, refused.Text("[role=alert]"));
        Assert.Equal(
            ("Kept", starts),
            (
                refused.Page.QuerySelector("#Input_Title")!.GetAttribute("value"),
                refused.Page.QuerySelector("#Input_Starts")!.GetAttribute("value")
            )
        );
    }

    [Theory, BothDatabases]
    public async Task An_agenda_keeps_its_order_and_its_levels(Provider provider)
    {
        var house = await houses.On(provider);
        var meeting = await Meeting.Plan(house);
        await meeting.Planning("Add", ("title", "Review"));
        var plan = (await meeting.Stored()).Agenda[0].Id;
        await meeting.Planning("Add", ("title", "Groups"), ("under", plan.ToString()));
        Assert.Contains(
            "contains other items",
            (await meeting.Planning("Remove", ("item", plan.ToString()))).Text("[role=alert]")
        );
        await meeting.Planning("Down", ("item", plan.ToString()));
        Assert.Equal(
            ["1 Review", "2 Work plan", "2.1 Groups"],
            (await meeting.Stored()).Points().Select(p => $"{p.Number} {p.Item.Title}")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await meeting.Planning("Add", ("title", "   "))).Status);
        // Of two who changed the agenda from the same page, the second is told.
        var page = await meeting.Staff.Get($"/en{meeting.Path}/plan");
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await meeting.Staff.Press(page, "#add", "Add", ("title", "Once"))).Status
        );
        Assert.NotEqual(
            HttpStatusCode.Redirect,
            (await meeting.Staff.Press(page, "#add", "Add", ("title", "Twice"))).Status
        );
    }

    [Theory, BothDatabases]
    public async Task A_plenary_opens_at_its_second_call_votes_by_name_and_what_it_adopts_is_a_resolution(
        Provider provider
    )
    {
        var house = await houses.On(provider);
        var (dakar, denis) = (await Meeting.Delegate(house), await Meeting.Delegate(house, Role.Juror, First));
        var meeting = await Meeting.Plan(house);
        await meeting.Planning("Convene");
        await meeting.Seat(dakar, "Arrive", ("manner", "Hall"));
        await meeting.Seat(denis, "Arrive", ("manner", "Remote"));
        await meeting.Desk("Call");
        Assert.Equal(
            (SessionState.Convened, false),
            (await meeting.Stored()) is var closed ? (closed.State, closed.Log.Calls[0].HasQuorum) : default
        );
        await meeting.Desk("Call");
        Assert.Equal(
            (SessionState.Open, 2),
            (await meeting.Stored()) is var open ? (open.State, open.Log.Call) : default
        );
        var number = await meeting.Motion(
            "The plan of the year is adopted",
            "The plenary adopts the plan.\n\nThe Secretariat carries it out."
        );
        await meeting.Desk("Put", ("subject", await meeting.MotionId(number)), ("method", "RollCall"));
        Assert.Contains("received", (await Follow(dakar, await meeting.Vote(dakar, "yes"))).Text(".ballot"));
        await meeting.Vote(denis, "abstain");
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Desk("Close")).Status);
        var session = await meeting.Stored();
        Assert.Equal(
            (Outcome.Adopted, 1L, 0L, 1L),
            session.Log.Votes[0] is { Figures: { } f } vote ? (vote.Outcome, f.Yes, f.No, f.Abstentions) : default
        );
        var motion = session.Motions.Single(m => m.Number == number);
        Assert.Equal(MotionState.Adopted, motion.State);
        var resolution = await house.Visit().Get($"/en/resolutions/{motion.Resolution}");
        Assert.Contains("The plenary adopts the plan.", resolution.Body);
        Assert.Contains(session.Title.ToString(), resolution.Body);
        var shown = await house.Visit().Get("/en" + meeting.Path);
        Assert.Contains("The motion is adopted.", shown.Text(".vote details"));
        Assert.Contains("adopted", (await house.Visit().Get($"/api/v1/plenaries/{meeting.Reference}")).Body);
        Assert.Contains(
            "sessions.motion-decided",
            (await Assert.ThrowsAsync<RuleViolationException>(() => Put(meeting, motion.Id))).Key
        );
        await meeting.Desk("End");
        Assert.Contains("has ended", (await dakar.Get($"/en{meeting.Path}/seat")).Text(".notice"));
        Assert.Empty(await meeting.Faults());
    }

    private static async Task<Answer> Follow(Browser who, Answer sent)
    {
        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        return await who.Get(sent.Location!);
    }

    private static Task Put(Meeting meeting, Guid motion) =>
        meeting.House.Within(s =>
            s.GetRequiredService<SessionCommands>()
                .PutVote(
                    meeting.Reference,
                    motion,
                    LocalizedText.Empty,
                    Method.RollCall,
                    "ordinary",
                    meeting.House.Acting(),
                    default
                )
        );

    private static async Task<string> Refused(Meeting meeting, Func<SessionCommands, Task> act)
    {
        var broken = await Assert.ThrowsAsync<RuleViolationException>(() =>
            meeting.House.Within(s => act(s.GetRequiredService<SessionCommands>()))
        );
        return broken.Key;
    }

    [Theory, BothDatabases]
    public async Task A_plenary_that_a_member_attended_is_a_duty_met_and_one_it_missed_is_pending(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var dakar = await Meeting.Delegate(house);
        var meeting = await Meeting.Open(house, dakar);
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Desk("End")).Status);
        var staff = await house.Visit(Role.Staff);
        const string duty = "Take part in the last plenary";
        Assert.Contains(duty, (await staff.Get("/en/members/ville-de-dakar/part")).Text("#done + ul"));
        Assert.Contains(duty, (await staff.Get($"/en/members/{First}/part")).Text("#pending + ul"));
    }

    [Theory, BothDatabases]
    public async Task A_proxy_counts_while_its_holder_is_there_and_ends_when_its_giver_comes(Provider provider)
    {
        var house = await houses.On(provider);
        var (dakar, denis) = (await Meeting.Delegate(house), await Meeting.Delegate(house, Role.Juror, First));
        var meeting = await Meeting.Plan(house);
        await meeting.Planning("Convene");
        var (dakarId, denisId, portoId) = (
            await meeting.MemberId("ville-de-dakar"),
            await meeting.MemberId(First),
            await meeting.MemberId(Second)
        );
        await meeting.Seat(dakar, "Arrive", ("manner", "Hall"));
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Proxy(denis, "Proxy", ("to", dakarId))).Status);
        Assert.Equal(
            (1L, 1L),
            SessionCommands.VoicesOf(await meeting.Stored()).All is var voices
                ? (voices.Present, voices.Represented)
                : default
        );
        var tie = Assert.Single(
            await house.Within(services =>
                services
                    .GetRequiredService<SessionTies>()
                    .Of([TieEnd.Of(new MemberId(Guid.Parse(denisId)))], Language.English, default)
            ),
            t => t.Path == meeting.Path
        );
        Assert.Equal((denisId, dakarId), (tie.A.Member.ToString(), tie.B.Member.ToString()));
        var house2 = house.Acting();
        Assert.Equal(
            "sessions.proxy-chain",
            await Refused(
                meeting,
                h => h.GiveProxy(meeting.Reference, new(Guid.Parse(portoId)), new(Guid.Parse(denisId)), house2, default)
            )
        );
        Assert.Equal(
            "sessions.proxy-while-present",
            await Refused(
                meeting,
                h => h.GiveProxy(meeting.Reference, new(Guid.Parse(dakarId)), new(Guid.Parse(portoId)), house2, default)
            )
        );
        Assert.Equal(
            "sessions.proxy-impossible",
            await Refused(
                meeting,
                h => h.GiveProxy(meeting.Reference, new(Guid.Parse(portoId)), new(Guid.Parse(portoId)), house2, default)
            )
        );
        Assert.Equal(
            "sessions.no-seat",
            await Refused(
                meeting,
                h => h.Arrive(meeting.Reference, new(Guid.CreateVersion7()), AttendanceMode.Hall, house2, default)
            )
        );
        await meeting.Desk("Call");
        await meeting.Desk("Call");
        var number = await meeting.Motion("First");
        await meeting.Desk("Put", ("subject", await meeting.MotionId(number)), ("method", "RollCall"));
        // Two voices in one hand, and they may differ.
        Assert.Equal(2, (await dakar.Get($"/en{meeting.Path}/seat")).Page.QuerySelectorAll("form.votes").Length);
        await meeting.Vote(dakar, "yes");
        await meeting.Seat(dakar, "Leave");
        // The holder is gone: the voice it holds is gone with it.
        Assert.Equal(
            "sessions.not-your-voice",
            await Refused(
                meeting,
                async h =>
                    await h.Cast(
                        meeting.Reference,
                        1,
                        new(Guid.Parse(denisId)),
                        "yes",
                        "0123456789",
                        await As(meeting, Role.Member),
                        default
                    )
            )
        );
        await meeting.Seat(denis, "Arrive", ("manner", "Hall"));
        Assert.Empty((await meeting.Stored()).Log.Proxies);
        await meeting.Vote(denis, "no");
        await meeting.Desk("Close");
        // One for, one against: the chair decides.
        Assert.Equal(Outcome.Tied, (await meeting.Stored()).Log.Votes[0].Outcome);
        await meeting.Staff.Submit($"/en{meeting.Path}/desk", "form[action*='handler=Chair']", ("side", "Yes"));
        Assert.Equal(
            (Outcome.Adopted, Side.Yes),
            (await meeting.Stored()).Log.Votes[0] is { Figures: { } f } vote ? (vote.Outcome, f.Chair) : default
        );
        Assert.Empty(await meeting.Faults());
    }

    private static Task<OperationContext> As(Meeting meeting, Role role) =>
        meeting.House.Within(async s =>
        {
            var accounts = s.GetRequiredService<Accounts>();
            var who = await accounts.Known(
                $"{role.ToString().ToLowerInvariant()}@example.org",
                DateTimeOffset.UtcNow,
                default
            );
            return new OperationContext(
                who!,
                null,
                DateTimeOffset.UtcNow,
                null,
                s.GetRequiredService<PermissionCatalog>()
            );
        });

    [Theory, BothDatabases]
    public async Task Hands_and_devices_make_one_count_that_holds_no_more_than_there_are(Provider provider)
    {
        var house = await houses.On(provider);
        var (dakar, denis) = (await Meeting.Delegate(house), await Meeting.Delegate(house, Role.Juror, First));
        var meeting = await Meeting.Open(house, dakar, denis);
        await meeting.Desk("Arrive", ("member", await meeting.MemberId(Second)));
        await meeting.Desk("Put", ("question", "Shall we go on after eight?"), ("method", "ShowOfHands"));
        await meeting.Vote(dakar, "no");
        var refused = await meeting.Desk("Close", ("yes", "3"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("votes left to cast: 2", refused.Text("[role=alert]"));
        // What was typed is still there, and the box is still open.
        Assert.Equal("3", refused.Page.QuerySelector("#hands-yes")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await meeting.Desk("Close", ("yes", "-1"))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Desk("Close", ("yes", "2"))).Status);
        Assert.Equal(
            (Outcome.Adopted, 2L, 1L),
            (await meeting.Stored()).Log.Votes[0] is { Figures: { } f } vote ? (vote.Outcome, f.Yes, f.No) : default
        );
        Assert.Empty(await meeting.Faults());
    }

    [Theory, BothDatabases]
    public async Task A_vote_without_quorum_decides_nothing_and_a_late_one_is_refused(Provider provider)
    {
        var house = await houses.On(provider);
        var dakar = await Meeting.Delegate(house);
        var meeting = await Meeting.Open(house, dakar);
        var number = await meeting.Motion("Second");
        await meeting.Desk("Put", ("subject", await meeting.MotionId(number)), ("method", "Secret"));
        var page = await dakar.Get($"/en{meeting.Path}/seat");
        // The only member leaves before it votes: at the end nobody is there.
        await meeting.Seat(dakar, "Leave");
        await meeting.Desk("Close");
        var session = await meeting.Stored();
        Assert.Equal(
            (Outcome.NoQuorum, MotionState.Submitted),
            (session.Log.Votes[0].Outcome, session.Motions.Single(m => m.Number == number).State)
        );
        await meeting.Seat(dakar, "Arrive", ("manner", "Hall"));
        var late = await dakar.Submit(page, "form.votes", ("option", "yes"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);
        Assert.Contains("The ballot is closed", late.Text("[role=alert]"));
        // The same question may be put again, and of a secret vote the voter keeps a mark.
        await meeting.Desk("Put", ("subject", await meeting.MotionId(number)), ("method", "Secret"));
        Assert.Contains("tracking code", (await Follow(dakar, await meeting.Vote(dakar, "yes"))).Text(".ballot"));
        await meeting.Desk("Close");
        Assert.Equal(MotionState.Adopted, (await meeting.Stored()).Motions.Single(m => m.Number == number).State);
        Assert.Empty(await meeting.Faults());
    }

    [Theory, BothDatabases]
    public async Task A_consensus_is_an_adoption_unless_somebody_objects(Provider provider)
    {
        var house = await houses.On(provider);
        var meeting = await Meeting.Open(house, await Meeting.Delegate(house));
        var (agreed, contested) = (await meeting.Motion("Agreed"), await meeting.Motion("Contested"));
        await meeting.Desk("Put", ("subject", await meeting.MotionId(agreed)), ("method", "Consensus"));
        Assert.Equal(
            "sessions.vote-running",
            await Refused(meeting, h => h.End(meeting.Reference, house.Acting(), default))
        );
        await meeting.Desk("Close");
        await meeting.Desk("Put", ("subject", await meeting.MotionId(contested)), ("method", "Consensus"));
        await meeting.Desk("Close", ("objections", "true"));
        var session = await meeting.Stored();
        Assert.Equal([MotionState.Adopted, MotionState.Rejected], session.Motions.Select(m => m.State));
        Assert.Contains(
            "consensus",
            (await house.Visit().Get($"/en/resolutions/{session.Motions[0].Resolution}")).Body,
            StringComparison.OrdinalIgnoreCase
        );
    }

    [Theory, BothDatabases]
    public async Task The_floor_goes_to_points_of_order_then_to_who_spoke_least_then_to_who_asked_first(
        Provider provider
    )
    {
        var house = await houses.On(provider);
        var meeting = await Meeting.Open(
            house,
            await Meeting.Delegate(house),
            await Meeting.Delegate(house, Role.Juror, First)
        );
        var acting = house.Acting();
        var (dakar, denis, porto) = (
            new MemberId(Guid.Parse(await meeting.MemberId("ville-de-dakar"))),
            new MemberId(Guid.Parse(await meeting.MemberId(First))),
            new MemberId(Guid.Parse(await meeting.MemberId(Second)))
        );
        await meeting.Desk("Arrive", ("member", porto.ToString()));
        Task Ask(MemberId member, SpeechKind kind = SpeechKind.Contribution) =>
            house.Within(s =>
                s.GetRequiredService<SessionCommands>()
                    .AskFloor(meeting.Reference, member, kind, house.Acting(), default)
            );
        await Ask(dakar);
        await meeting.Desk("GiveFloor");
        await meeting.Desk("EndSpeech");
        await Ask(dakar);
        await Ask(denis);
        await Ask(porto);
        await meeting.Desk("Speakers");
        // The list is closed; a point of order is heard all the same.
        var late = new MemberId(Guid.Parse(await meeting.MemberId("enda-ecopop")));
        await meeting.Desk("Arrive", ("member", late.ToString()));
        Assert.Equal(
            "sessions.list-closed",
            await Refused(meeting, h => h.AskFloor(meeting.Reference, late, SpeechKind.Contribution, acting, default))
        );
        await Ask(porto, SpeechKind.PointOfOrder);
        Assert.Equal(
            "sessions.asked-already",
            await Refused(meeting, h => h.AskFloor(meeting.Reference, porto, SpeechKind.PointOfOrder, acting, default))
        );
        Assert.Equal(
            [porto.Value, denis.Value, porto.Value, dakar.Value],
            (await meeting.Stored()).Log.Waiting().Select(w => w.Member)
        );
    }

    [Theory, BothDatabases]
    public async Task Of_many_arrivals_at_one_moment_none_is_lost(Provider provider)
    {
        var house = await houses.On(provider);
        var meeting = await Meeting.Plan(house);
        await meeting.Planning("Convene");
        await meeting.ReachDay();
        var seats = (await meeting.Stored()).Seats;
        await Task.WhenAll(
            seats.SelectMany(seat =>
                Enumerable
                    .Range(0, 3)
                    .Select(_ =>
                        Task.Run(async () =>
                        {
                            try
                            {
                                await house.Within(s =>
                                    s.GetRequiredService<SessionCommands>()
                                        .Arrive(
                                            meeting.Reference,
                                            seat.Member,
                                            AttendanceMode.Hall,
                                            house.Acting(),
                                            default
                                        )
                                );
                            }
                            catch (RuleViolationException broken)
                            {
                                Assert.Equal("sessions.present-already", broken.Key);
                            }
                        })
                    )
            )
        );
        var session = await meeting.Stored();
        Assert.Equal(
            (seats.Count, seats.Count),
            (session.Log.Attendance.Count, session.Log.Attendance.Select(p => p.Member).Distinct().Count())
        );
        Assert.Empty(await meeting.Faults());
        // Whoever changes what is stored is found out.
        await house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Database.ExecuteSqlAsync(
                    $"UPDATE sessions_sessions SET log = {new SessionLog().ToJson()} WHERE reference = {meeting.Reference}"
                )
        );
        Assert.Single(await meeting.Faults());
    }

    [Theory, BothDatabases]
    public async Task Whoever_watches_a_session_hears_what_happens_and_nobody_hears_of_a_draft(Provider provider)
    {
        var house = await houses.On(provider);
        var dakar = await Meeting.Delegate(house);
        var meeting = await Meeting.Plan(house);
        Assert.Equal(HttpStatusCode.NotFound, (await house.Visit().Get($"/plenaries/{meeting.Reference}/live")).Status);
        await meeting.Planning("Convene");
        using var heard = await house
            .Visit()
            .Http.GetAsync(
                $"/plenaries/{meeting.Reference}/live",
                HttpCompletionOption.ResponseHeadersRead,
                TestContext.Current.CancellationToken
            );
        Assert.Equal("text/event-stream", heard.Content.Headers.ContentType!.MediaType);
        using var lines = new StreamReader(
            await heard.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)
        );
        async Task<string> Next()
        {
            while (
                await lines
                    .ReadLineAsync(TestContext.Current.CancellationToken)
                    .AsTask()
                    .WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)
                    is { } line
            )
                if (line.StartsWith("data: ", StringComparison.Ordinal))
                    return line;
            throw new InvalidOperationException("The line was closed.");
        }
        var first = await Next();
        await meeting.Seat(dakar, "Arrive", ("manner", "Hall"));
        Assert.NotEqual(first, await Next());
    }
}
