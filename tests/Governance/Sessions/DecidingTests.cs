using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Plans;
using Plenaria.Plans.Import;
using Plenaria.Plans.Reports;
using Plenaria.Platform.Data;
using Plenaria.Platform.Decisions;
using Plenaria.Sessions;
using Plenaria.Sessions.Minutes;

namespace Plenaria.Tests.Governance.Sessions;

/// <summary>What a session decides takes effect: plans, reports, actions, minutes.</summary>
public class DecidingTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes(
        "# Plan\n\n## Knowledge\n\n- **Conference.** In July.\n- **Award.**\n\n## Growth\n\n- **Offices.**\n"
    );

    private static Task<WorkPlan> Plan(TestHost house, int year) =>
        house.Within(services =>
            services
                .GetRequiredService<PlanImport>()
                .Accept(PlanImport.Read(Text), year, Language.English, Text, "plan.md", house.Acting(), default)
        );

    private static Task<WorkPlan> Stored(TestHost house, int year) =>
        house.Within(async services => (await services.GetRequiredService<PlanStore>().Find(year, default))!);

    private static async Task<int> Move(
        Meeting meeting,
        string title,
        string about,
        params IEnumerable<(string, string)> more
    )
    {
        var moved = await meeting.Staff.Submit(
            $"/en{meeting.Path}/motions/new",
            "main form",
            [
                ("Input.Title", title),
                ("Input.Text", title + "."),
                ("Input.Decision", "ordinary"),
                ("About", about),
                .. more,
            ]
        );
        Assert.Equal(HttpStatusCode.Redirect, moved.Status);
        return int.Parse(
            moved.Location![(moved.Location!.LastIndexOf('/') + 1)..],
            System.Globalization.CultureInfo.InvariantCulture
        );
    }

    private static async Task<string> Adopt(Meeting meeting, int number)
    {
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await meeting.Desk("Put", ("subject", await meeting.MotionId(number)), ("method", "Consensus"))).Status
        );
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Desk("Close")).Status);
        return (await meeting.Stored()).Motions.Single(m => m.Number == number).Resolution!.ToString()!;
    }

    private static Task<List<string>> PlanFaults(TestHost house, WorkPlan plan) =>
        house.Within(async services =>
        {
            var faults = new List<string>();
            await foreach (var fault in VersionCheck.Faults(services, default))
                if (fault.StartsWith(plan.Reference.ToString(), StringComparison.Ordinal))
                    faults.Add(fault);
            return faults;
        });

    [Theory, BothDatabases]
    public async Task The_version_of_a_plan_that_was_put_is_the_one_adopted_whatever_is_written_meanwhile(
        Provider provider
    )
    {
        var house = await houses.On(provider);
        var plan = await Plan(house, 2151);
        var meeting = await Meeting.Open(house, await Meeting.Delegate(house));
        var number = await Move(
            meeting,
            "The plan of 2151 is adopted",
            $"AdoptPlan {plan.Reference}",
            ("Mandates", $"{plan.Reference}-A03")
        );
        await meeting.Desk("Put", ("subject", await meeting.MotionId(number)), ("method", "Consensus"));
        var put = PlanVersion.HashOf(PlanVersion.Describe(await Stored(house, 2151)));
        await meeting.Staff.Submit(
            "/en/plans/2151/actions/2/edit",
            "main form",
            ("Input.Title", "The award, written over while the members voted")
        );
        Assert.NotEqual(put, PlanVersion.HashOf(PlanVersion.Describe(await Stored(house, 2151))));
        await meeting.Desk("Close");
        var session = await meeting.Stored();
        var resolution = session.Motions.Single(m => m.Number == number).Resolution!.ToString()!;
        var version = await house.Within(async s =>
            await s.GetRequiredService<PlenariaDb>().Set<PlanVersion>().SingleAsync(v => v.PlanId == plan.Id)
        );
        Assert.Equal(
            (put, put, PlanStage.Adopted, resolution),
            (
                session.Log.Votes[^1].Sha256,
                Convert.ToHexStringLower(version.Hash),
                version.Stage,
                version.Resolution.ToString()
            )
        );
        var adopted = await Stored(house, 2151);
        Assert.Equal((PlanStage.Adopted, PartialDate.On(session.Day)), (adopted.Stage, adopted.ApprovedOn));
        // What it orders has it as an origin; the public follows it from one to the other.
        Assert.Contains($"{plan.Reference}", (await house.Visit().Get($"/en/resolutions/{resolution}")).Body);
        Assert.Contains("Offices", (await house.Visit().Get($"/en/resolutions/{resolution}")).Text(".actions"));
        Assert.Contains(resolution, (await house.Visit().Get("/en/plans/2151/actions/3")).Text(".chain"));
        Assert.Contains(resolution, (await house.Visit().Get("/en/plans/2151/versions")).Text(".actions"));
        Assert.Empty(await PlanFaults(house, plan));
        // What was written meanwhile waits for another vote, which amends.
        var amending = await Move(meeting, "The plan of 2151 is amended", $"AdoptPlan {plan.Reference}");
        await Adopt(meeting, amending);
        Assert.Equal(
            [PlanStage.Adopted, PlanStage.Amended],
            await house.Within(async s =>
                await s.GetRequiredService<PlenariaDb>()
                    .Set<PlanVersion>()
                    .Where(v => v.PlanId == plan.Id)
                    .OrderBy(v => v.Number)
                    .Select(v => v.Stage)
                    .ToListAsync()
            )
        );
        Assert.Empty(await PlanFaults(house, plan));
        Assert.Equal(
            "plans.versions.same",
            (
                await Assert.ThrowsAsync<RuleViolationException>(() =>
                    house.Within(s =>
                        s.GetRequiredService<DecidableService>()
                            .Get("AdoptPlan")
                            .FreezeAsync(plan.Reference, PartialDate.On(session.Day), house.Acting(), default)
                    )
                )
            ).Key
        );
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (
                await meeting.Staff.Submit(
                    $"/en{meeting.Path}/motions/new",
                    "main form",
                    ("Input.Title", "Once more"),
                    ("Input.Decision", "ordinary"),
                    ("About", $"AdoptPlan {plan.Reference}")
                )
            ).Status
        );
        Assert.Empty(await meeting.Faults());
    }

    [Theory, BothDatabases]
    public async Task A_rejected_plan_stays_a_draft_and_the_text_that_was_put_is_kept(Provider provider)
    {
        var house = await houses.On(provider);
        var plan = await Plan(house, 2152);
        var meeting = await Meeting.Open(house, await Meeting.Delegate(house));
        var number = await Move(meeting, "The plan of 2152 is adopted", $"AdoptPlan {plan.Reference}");
        await meeting.Desk("Put", ("subject", await meeting.MotionId(number)), ("method", "Consensus"));
        await meeting.Desk("Close", ("objections", "true"));
        Assert.Equal(
            (PlanStage.Draft, null),
            (await Stored(house, 2152)) is var left ? (left.Stage, left.ApprovedOn) : default
        );
        Assert.Contains("Submitted to the", (await house.Visit().Get("/en/plans/2152/versions")).Text(".actions"));
        Assert.Empty(await PlanFaults(house, plan));
        // Put again unchanged, it is the same version; approved by hand, it is the first that was.
        await Adopt(
            meeting,
            await Move(meeting, "The plan of 2152 is adopted after all", $"AdoptPlan {plan.Reference}")
        );
        Assert.Equal(
            1,
            await house.Within(async s =>
                await s.GetRequiredService<PlenariaDb>()
                    .Set<PlanVersion>()
                    .CountAsync(v => v.PlanId == plan.Id && v.Stage == PlanStage.Adopted)
            )
        );
        Assert.Empty(await PlanFaults(house, plan));
    }

    [Theory, BothDatabases]
    public async Task A_closed_report_is_accepted_by_its_hash_and_actions_are_ratified_dropped_carried_over_and_transferred(
        Provider provider
    )
    {
        var house = await houses.On(provider);
        var year = 2001;
        var plan = await Plan(house, year);
        var report = await house.Within(s =>
            s.GetRequiredService<ReportStore>()
                .Open(
                    Period.Parse($"{year}/{year}"),
                    Language.English,
                    null,
                    "What came of it.",
                    house.Acting(),
                    default
                )
        );
        report = await house.Within(s =>
            s.GetRequiredService<ReportStore>()
                .Close(report.Reference.ToString(), report.Version, house.Acting(), default)
        );
        await house.Within(async s =>
        {
            var db = s.GetRequiredService<PlenariaDb>();
            (await db.Set<PlanAction>().SingleAsync(a => a.PlanId == plan.Id && a.Number == 1)).CarriedOut =
                Period.Parse($"{year}-02/{year}-02");
            (await db.Set<WorkPlan>().SingleAsync(p => p.Id == plan.Id)).ApprovedOn = PartialDate.Parse(
                $"{year}-06-01"
            );
            s.GetRequiredService<Plenaria.Platform.Journal.Journal>()
                .Append(house.Acting(), plan.Stream, "plans.action-edited", plan.Reference, new { year });
            await db.SaveChangesAsync();
        });
        var meeting = await Meeting.Open(house, await Meeting.Delegate(house));
        var accepted = await Adopt(
            meeting,
            await Move(meeting, "The report is accepted", $"AcceptReport {report.Reference}")
        );
        Assert.Equal(Convert.ToHexStringLower(report.Hash!), (await meeting.Stored()).Log.Votes[^1].Sha256);
        Assert.Contains(accepted, (await house.Visit().Get($"/en/reports/{report.Reference}")).Text(".page-head"));
        // Its bytes are those that were closed.
        Assert.Equal(report.Content, await house.Visit().Http.GetByteArrayAsync($"/api/v1/reports/{report.Reference}"));
        Assert.True((await Stored(house, year)).PrecedesApproval((await Stored(house, year)).Actions[0]));
        var ratified = await Adopt(
            meeting,
            await Move(meeting, "The conference is ratified", $"Ratify {plan.Reference}-A01")
        );
        var dropped = await Adopt(meeting, await Move(meeting, "The award is dropped", $"Drop {plan.Reference}-A02"));
        var passed = await Adopt(
            meeting,
            await Move(meeting, "The offices are passed on", $"Transfer {plan.Reference}-A03")
        );
        plan = await Stored(house, year);
        Assert.Equal(
            (false, ratified),
            (plan.PrecedesApproval(plan.Actions[0]), plan.Actions[0].RatifiedBy.ToString())
        );
        Assert.Equal(
            (ActionState.Dropped, ActionOutcome.Dropped, dropped),
            (plan.Actions[1].State, plan.Actions[1].Decided!.Fate, plan.Actions[1].Decided!.By.ToString())
        );
        Assert.Equal(
            (ActionOutcome.Transferred, passed),
            (plan.Actions[2].Decided!.Fate, plan.Actions[2].Decided!.By.ToString())
        );
        Assert.Contains(passed, (await house.Visit().Get($"/en/plans/{year}/actions/3")).Text("dl"));
        // A new balance of that year says what the members decided.
        var again = await house.Within(async s =>
            await s.GetRequiredService<ReportStore>()
                .ContentOf(
                    await s.GetRequiredService<ReportStore>()
                        .Open(Period.Parse($"{year}/{year}"), Language.English, null, null, house.Acting(), default),
                    default
                )
        );
        Assert.Equal(
            [ActionOutcome.Dropped, ActionOutcome.Transferred],
            again.Actions.Where(a => a.Number > 1).Select(a => a.Fate!.Value)
        );
    }

    [Theory, BothDatabases]
    public async Task Minutes_are_drafted_from_what_happened_corrected_by_those_that_were_there_and_approved_by_the_next_session(
        Provider provider
    )
    {
        var house = await houses.On(provider);
        var dakar = await Meeting.Delegate(house);
        var meeting = await Meeting.Open(house, dakar);
        await meeting.Desk("Take", ("item", (await meeting.Stored()).Agenda[0].Id.ToString()));
        await meeting.Seat(dakar, "Ask", ("kind", "Contribution"));
        await meeting.Desk("GiveFloor");
        var number = await meeting.Motion(
            "Members show the logo",
            "Each member shows the **logo**.\n\nThe Secretariat helps."
        );
        await meeting.Desk("Put", ("subject", await meeting.MotionId(number)), ("method", "RollCall"));
        await meeting.Vote(dakar, "yes");
        await meeting.Desk("Close");
        Assert.Equal(
            "sessions.minutes.not-ended",
            (await Assert.ThrowsAsync<RuleViolationException>(() => Draft(meeting))).Key
        );
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Desk("End")).Status);
        Assert.Equal(SessionState.Ended, (await meeting.Stored()).State);
        Assert.Equal(HttpStatusCode.NotFound, (await dakar.Get($"/en{meeting.Path}/minutes")).Status);
        await meeting.Staff.Press(
            await meeting.Staff.Get($"/en{meeting.Path}/minutes"),
            "form:has(button[formaction*='handler=Draft'])",
            "Draft"
        );
        var text = (await Written(meeting)).Text;
        var resolution = (await meeting.Stored()).Motions[^1].Resolution!.ToString()!;
        foreach (
            var said in new[]
            {
                "Ville de Dakar: ",
                "1 Work plan",
                "Took the floor: Ville de Dakar.",
                "> Each member shows the **logo**.",
                "**Adopted**",
                resolution,
                "No quorum",
            }
        )
            Assert.Contains(said, text, StringComparison.OrdinalIgnoreCase);
        // Of two that edit them, the second is told.
        var page = await meeting.Staff.Get($"/en{meeting.Path}/minutes");
        async Task<Answer> Save(string words) =>
            await meeting.Staff.Press(page, "form:has(button[formaction*='handler=Save'])", "Save", ("text", words));
        Assert.Equal(HttpStatusCode.Redirect, (await Save(text + "\n\nWritten by hand.")).Status);
        var second = await Save(text + "\n\nWritten by another hand.");
        Assert.NotEqual(HttpStatusCode.Redirect, second.Status);
        Assert.Contains("another hand", second.Text("#text"));
        var before = await house.Within(s => s.GetRequiredService<PlenariaDb>().Set<OutboxMessage>().CountAsync());
        await meeting.Confirm("minutes/present");
        Assert.True(
            await house.Within(s => s.GetRequiredService<PlenariaDb>().Set<OutboxMessage>().CountAsync()) > before
        );
        Assert.Equal(HttpStatusCode.NotFound, (await house.Visit().Get($"/en{meeting.Path}/minutes")).Status);
        Assert.Contains("by hand", (await dakar.Get($"/en{meeting.Path}/minutes")).Text("article.minutes"));
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await dakar.Press(
                    await dakar.Get($"/en{meeting.Path}/minutes"),
                    "form:has(button[formaction*='handler=Ask'])",
                    "Ask",
                    ("correction", "We spoke twice.")
                )
            ).Status
        );
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (
                await dakar.Press(
                    await dakar.Get($"/en{meeting.Path}/minutes"),
                    "form:has(button[formaction*='handler=Ask'])",
                    "Ask",
                    ("correction", " ")
                )
            ).Status
        );
        await meeting.Staff.Submit(
            await meeting.Staff.Get($"/en{meeting.Path}/minutes"),
            "form:has(button[formaction*='handler=Answer'])",
            ("taken", "true"),
            ("answer", "Put right.")
        );
        Assert.Equal(
            (CorrectionState.Taken, "Put right."),
            (await Written(meeting)).Corrections.Single() is var c ? (c.State, c.Answer) : default
        );

        var next = await Meeting.Open(house, dakar);
        var approving = await Move(next, "The minutes are approved", $"Minutes {meeting.Reference}");
        await next.Desk("Put", ("subject", await next.MotionId(approving)), ("method", "Consensus"));
        Assert.Equal((await Written(meeting)).HashNow(), (await next.Stored()).Log.Votes[^1].Sha256);
        await next.Desk("Close");
        var minutes = await Written(meeting);
        Assert.Equal(
            (MinutesState.Approved, (await next.Stored()).Motions[^1].Resolution),
            (minutes.State, minutes.ApprovedBy)
        );
        Assert.Contains("by hand", (await house.Visit().Get($"/fr{meeting.Path}/minutes")).Text("article.minutes"));
        Assert.Equal(
            "sessions.minutes.approved-already",
            (
                await Assert.ThrowsAsync<RuleViolationException>(() =>
                    house.Within(async s =>
                        await s.GetRequiredService<MinutesStore>()
                            .Edit(
                                await meeting.Stored(),
                                (
                                    await s.GetRequiredService<MinutesStore>()
                                        .Find(await meeting.Stored(), default, toEdit: true)
                                )!,
                                "Other words",
                                house.Acting(),
                                default
                            )
                    )
                )
            ).Key
        );
        var pdf = await house.Visit().Http.GetByteArrayAsync($"/en{meeting.Path}/minutes.pdf");
        Assert.Contains("Each member shows the logo.", await Sources.Outside("pdftotext", ["-layout", "-", "-"], pdf));
        var json = JsonNode.Parse((await house.Visit().Get($"/api/v1/plenaries/{meeting.Reference}/minutes")).Body)!;
        Assert.Equal("https://schema.oparl.org/1.1/Meeting", (string?)json["type"]);
        Assert.Equal(
            ("adopted", "yes", "Ville de Dakar"),
            json["motions"]![0]!["vote_events"]![0] is { } voted
                ? (
                    (string?)voted["result"],
                    (string?)voted["votes"]![0]!["option"],
                    (string?)voted["votes"]![0]!["voter"]
                )
                : default
        );
        Assert.Equal(Convert.ToHexStringLower(minutes.Hash!), (string?)json["resultsProtocol"]!["sha256"]);
        Assert.Contains(
            meeting.Path,
            (await house.Visit().Get($"/r/{MinutesStore.Named(Reference.Parse(meeting.Reference))}")).Location
        );
        Assert.Contains("Ville de Dakar", (await house.Visit().Get("/en" + meeting.Path)).Text(".by-name"));
        var list = await meeting.Staff.Get($"/en{meeting.Path}/attendance.csv");
        Assert.Contains("Ville de Dakar,SN,", list.Body);
        var seats = (await meeting.Stored()).Seats.Count;
        Assert.Contains(
            $"Members convened: {seats}. Present: 1.",
            (await dakar.Get($"/en{meeting.Path}/attendance")).Text("main p strong")
        );
    }

    [Fact]
    public async Task Minutes_of_a_session_that_goes_past_midnight_say_the_day_by_the_clocks_of_its_place()
    {
        var texts = (
            await houses.On(Provider.Sqlite)
        ).Services.GetRequiredService<Plenaria.Platform.Language.Localizer>();
        var starts = Plenaria.Platform.Places.PlaceTime.At("Pacific/Auckland", new(2030, 3, 1, 22, 0, 0));
        var member = new MemberId(Guid.NewGuid());
        var session = new Session
        {
            Id = Guid.NewGuid(),
            Reference = Reference.Parse("NET-S-2030-01"),
            Body = new(NetworkBodies.Group),
            Title = LocalizedText.Original(Language.English, "Night"),
            Zone = "Pacific/Auckland",
            StartsAt = starts,
            EndsAt = starts.AddHours(4),
            Language = Language.English,
            Rules = Presets.Of(null),
            State = SessionState.Ended,
        };
        session.Seats.Add(
            new()
            {
                Session = session.Id,
                Member = member,
                Name = LocalizedText.Original(Language.English, "Wellington City"),
                Country = "NZ",
                Class = "local-government",
            }
        );
        session.Log.Apply(
            new Plenaria.Sessions.Live.Arrived(member.Value, null, Plenaria.Sessions.Live.AttendanceMode.Hall),
            starts
        );
        session.Log.Apply(new Plenaria.Sessions.Live.Called(1, 1, 1, 0, true), starts.AddMinutes(1));
        session.Log.Apply(new Plenaria.Sessions.Live.SessionEnded(), starts.AddHours(3));
        var text = new MinutesDraft(session, null, texts).Write();
        // In UTC all of it is on the first of March, in the morning.
        Assert.Contains("The session ended at 2 March 2030, 01:00.", text);
        Assert.Contains("Wellington City: 22:00–2 March 2030, 01:00", text);
    }

    private static Task Draft(Meeting meeting) =>
        meeting.House.Within(async s =>
            await s.GetRequiredService<MinutesStore>()
                .Draft(await meeting.Stored(), null, meeting.House.Acting(), default)
        );

    private static Task<SessionMinutes> Written(Meeting meeting) =>
        meeting.House.Within(async s =>
            (await s.GetRequiredService<MinutesStore>().Find(await meeting.Stored(), default))!
        );

    [Theory, BothDatabases]
    public async Task Calendars_are_invited_told_of_a_change_once_it_is_sent_and_of_the_end(Provider provider)
    {
        var house = await houses.On(provider);
        var meeting = await Meeting.Plan(house);
        async Task<List<Ical.Net.Calendar>> Sent() =>
            [
                .. (
                    await house.Within(s =>
                        s.GetRequiredService<PlenariaDb>()
                            .Set<OutboxMessage>()
                            .Where(l => l.Calendar != null)
                            .OrderBy(l => l.Id)
                            .Select(l => l.Calendar!)
                            .ToListAsync()
                    )
                )
                    .Where(c => c.Contains(meeting.Reference, StringComparison.Ordinal))
                    .Select(c => Ical.Net.Calendar.Load(c)!),
            ];
        await meeting.Planning("Convene");
        var invited = (await Sent())[^1];
        var (stored, appointment) = (await meeting.Stored(), invited.Events.Single());
        Assert.Equal(
            ("REQUEST", 0, "CONFIRMED", "Europe/Lisbon", stored.StartsAt.UtcDateTime),
            (invited.Method, appointment.Sequence, appointment.Status, appointment.Start!.TzId, appointment.Start.AsUtc)
        );
        Assert.Equal("Europe/Lisbon", Assert.Single(invited.TimeZones).TzId);
        var count = (await Sent()).Count;
        Assert.Empty((await meeting.Staff.Get($"/en{meeting.Path}/plan")).Text("#tell"));
        await meeting.Staff.Submit($"/en{meeting.Path}/edit", "main form", ("Input.Place", "The old port"));
        // Nobody is written to before the change is complete.
        Assert.Equal(count, (await Sent()).Count);
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Planning("Tell")).Status);
        var changed = (await Sent())[^1];
        Assert.Equal(
            ("REQUEST", 1, "The old port", appointment.Uid),
            (
                changed.Method,
                changed.Events.Single().Sequence,
                changed.Events.Single().Location,
                changed.Events.Single().Uid
            )
        );
        Assert.Equal(
            "sessions.nothing-to-tell",
            (
                await Assert.ThrowsAsync<RuleViolationException>(() =>
                    house.Within(async s =>
                        await s.GetRequiredService<Convening>()
                            .Tell(
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
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Planning("Cancel")).Status);
        var cancelled = (await Sent())[^1];
        Assert.Equal(
            ("CANCEL", 2, "CANCELLED"),
            (cancelled.Method, cancelled.Events.Single().Sequence, cancelled.Events.Single().Status)
        );
        Assert.Contains("has been cancelled", (await house.Visit().Get("/en" + meeting.Path)).Text(".notice"));
        Assert.Equal(HttpStatusCode.NotFound, (await meeting.Staff.Get($"/en{meeting.Path}/motions/1")).Status);
    }
}
