using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Journal;
using Plenaria.Sessions;
using Plenaria.Sessions.Wording;

namespace Plenaria.Tests.Governance.Sessions;

/// <summary>What was taken out of a session comes back at once, as long as nobody changed it since.</summary>
public class SessionUndoTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private const string Changed = "Somebody else has changed this";

    private static string[] Titles(Session session) => [.. session.Points().Select(p => $"{p.Number} {p.Item.Title}")];

    [Theory, BothDatabases]
    public async Task A_point_comes_back_to_its_place_with_what_refers_to_it(Provider provider)
    {
        var house = await houses.On(provider);
        var meeting = await Meeting.Plan(house);
        await meeting.Planning("Add", ("title", "Report"), ("minutes", "20"));
        await meeting.Planning("Add", ("title", "Close"));
        var before = await meeting.Stored();
        var removed = await meeting.Staff.Press(
            await meeting.Staff.Get($"/en{meeting.Path}/plan"),
            ".agenda li:nth-child(2) form",
            "Remove"
        );
        Assert.Equal(["1 Work plan", "2 Close"], Titles(await meeting.Stored()));
        var after = await meeting.Staff.Get(removed.Location!);
        Assert.Equal("Undo: put the item back", after.Text("#undo button"));
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Staff.Submit(after, "#undo")).Status);
        var back = await meeting.Stored();
        Assert.Equal(Titles(before), Titles(back));
        Assert.Equal(before.Agenda[1], back.Agenda[1]);
        Assert.Equal(
            5,
            (
                await house.Within(s =>
                    s.GetRequiredService<Journal>().Read($"session:{meeting.Reference}", 20, default)
                )
            ).Count(l => l.Act == "sessions.agenda-changed")
        );
        Assert.Null((await meeting.Staff.Get(removed.Location!)).Page.QuerySelector("#undo"));
    }

    [Theory, BothDatabases]
    public async Task A_point_does_not_come_back_to_an_agenda_that_was_changed_meanwhile(Provider provider)
    {
        var house = await houses.On(provider);
        var meeting = await Meeting.Plan(house);
        var removed = await meeting.Planning("Remove");
        var after = await meeting.Staff.Get(removed.Location!);
        await meeting.Planning("Add", ("title", "Something else"));
        var refused = await meeting.Staff.Submit(after, "#undo");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(Changed, refused.Text("[role=alert]"));
        Assert.Equal(["1 Something else"], Titles(await meeting.Stored()));
    }

    [Theory, BothDatabases]
    public async Task A_motion_that_was_withdrawn_is_submitted_again_by_whoever_may(Provider provider)
    {
        var house = await houses.On(provider);
        var meeting = await Meeting.Plan(house);
        var number = await meeting.Motion("The plan is adopted", "Adopt it.");
        var path = $"/en{meeting.Path}/motions/{number}";
        async Task<MotionState> State() => (await meeting.Stored()).Motions.Single(m => m.Number == number).State;
        var withdrawn = await meeting.Staff.Press(
            await meeting.Staff.Get(path),
            "form:has(button[formaction$='handler=Withdraw'])",
            "Withdraw"
        );
        Assert.Equal(MotionState.Withdrawn, await State());
        var after = await meeting.Staff.Get(withdrawn.Location!);
        await meeting.Planning("Convene");
        Assert.Null((await house.Visit().Get(withdrawn.Location!)).Page.QuerySelector("#undo"));
        Assert.Equal(path, (await meeting.Staff.Submit(after, "#undo")).Location);
        Assert.Equal(MotionState.Submitted, await State());
        var again = await meeting.Staff.Submit(after, "#undo", ("version", "0"));
        Assert.Contains(Changed, again.Text("[role=alert]"));
        await meeting.Staff.Press(
            await meeting.Staff.Get(path),
            "form:has(button[formaction$='handler=Withdraw'])",
            "Withdraw"
        );
        await meeting.Planning("Cancel");
        // A session that was called off decides nothing any more.
        Assert.Equal(
            "sessions.ended",
            (
                await Assert.ThrowsAsync<RuleViolationException>(() =>
                    house.Within(async s =>
                    {
                        var session = (
                            await s.GetRequiredService<SessionStore>().Find(meeting.Reference, default, toEdit: true)
                        )!;
                        await s.GetRequiredService<MotionStore>()
                            .ReinstateAsync(session, session.Motions[0], house.Acting(), default);
                        return true;
                    })
                )
            ).Key
        );
    }

    [Theory, BothDatabases]
    public async Task An_amendment_comes_back_with_those_that_fell_with_it(Provider provider)
    {
        var house = await houses.On(provider);
        var meeting = await Meeting.Plan(house);
        var number = await meeting.Motion("The plan", "The plan is adopted.\n\nIt reports once a year.");
        var path = $"/en{meeting.Path}/motions/{number}";
        async Task Amend(string where, string text) =>
            Assert.Equal(
                HttpStatusCode.Redirect,
                (
                    await meeting.Staff.Submit(
                        $"{path}/amend?{where}",
                        "main form",
                        ("Kind", nameof(ChangeKind.Replace)),
                        ("Text", text)
                    )
                ).Status
            );
        async Task<AmendmentState[]> States() =>
            [.. (await meeting.Stored()).Motions[0].Amendments.OrderBy(a => a.Number).Select(a => a.State)];
        await Amend("paragraph=2", "It reports twice a year.");
        await Amend("changes=1", "It reports three times a year.");
        var withdrawn = await meeting.Staff.Submit(path, "#a1 > form", ("to", "Withdrawn"));
        Assert.Equal([AmendmentState.Withdrawn, AmendmentState.Fallen], await States());
        var after = await meeting.Staff.Get(withdrawn.Location!);
        Assert.Equal("Undo: submit the amendment again", after.Text("#undo button"));
        Assert.Equal(path, (await meeting.Staff.Submit(after, "#undo")).Location);
        Assert.Equal([AmendmentState.Submitted, AmendmentState.Submitted], await States());
    }
}
