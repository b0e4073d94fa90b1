using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Ballots.Rules;
using Plenaria.Platform.Access;
using Plenaria.Sessions;

namespace Plenaria.Tests.Governance.Sessions;

/// <summary>A member votes by its delegate, or by whom the desk accredited; its other people may read.</summary>
public class VotingRightsTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private const string Member = "ville-de-saint-denis",
        Other = "prefeitura-de-porto-alegre";
    private const string Told = "You are a contact of this member, not its delegate";

    // What a contact's browser sends if it does not keep to the form.
    private static async Task<Answer> Send(
        Meeting meeting,
        Browser who,
        string page,
        string handler,
        params IEnumerable<(string, string)> fields
    )
    {
        // The page on which a member's people are named has a form for contacts too.
        var token = (await who.Get($"/en{meeting.Path}/delegates")).Page.QuerySelector(
            "input[name=__RequestVerificationToken]"
        )!;
        var values = fields
            .Append(("__RequestVerificationToken", token.GetAttribute("value")!))
            .Select(f => KeyValuePair.Create(f.Item1, f.Item2));
        return await Browser.Read(
            await who.Http.PostAsync($"/en{meeting.Path}/{page}?handler={handler}", new FormUrlEncodedContent(values))
        );
    }

    private static async Task<(Meeting Meeting, string Member)> Convened(TestHost house)
    {
        var meeting = await Meeting.Plan(house);
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Planning("Convene")).Status);
        await meeting.ReachDay();
        return (meeting, await meeting.MemberId(Member));
    }

    [Theory, BothDatabases]
    public async Task A_contact_reads_its_seat_and_is_refused_arrival_proxy_motion_and_vote(Provider provider)
    {
        var house = await houses.On(provider);
        var (contact, delegated) = (
            await Meeting.Contact(house, Role.Translator, Member),
            await Meeting.Delegate(house, Role.Juror, Member)
        );
        var (meeting, member) = await Convened(house);
        var seat = await contact.Get($"/en{meeting.Path}/seat");
        Assert.Equal(HttpStatusCode.OK, seat.Status);
        Assert.Contains(Told, seat.Text("[role=note]"));
        Assert.Empty(seat.Page.QuerySelectorAll("button[formaction*='handler=Arrive']"));
        Assert.Contains(Told, (await contact.Get($"/en{meeting.Path}/proxy")).Text("[role=note]"));
        async Task Refused(string page, string handler, params IEnumerable<(string, string)> fields)
        {
            var answer = await Send(meeting, contact, page, handler, fields);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
            Assert.Contains(Told, answer.Text("[role=alert]"));
        }
        await Refused("seat", "Arrive", ("member", member), ("manner", "Hall"));
        await Refused("proxy", "Proxy", ("member", member), ("to", await meeting.MemberId(Other)));
        var moved = await contact.Submit(
            $"/en{meeting.Path}/motions/new",
            "main form",
            ("Input.Title", "Moved by a contact"),
            ("by", member)
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, moved.Status);
        // The delegate is not held up by what the contact tried.
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Seat(delegated, "Arrive", ("manner", "Hall"))).Status);
        await Refused("seat", "Leave", ("member", member));
        await meeting.Desk("Call");
        await meeting.Desk("Call");
        var number = await meeting.Motion("The plan is adopted");
        await meeting.Desk("Put", ("subject", await meeting.MotionId(number)), ("method", "RollCall"));
        await Refused(
            "seat",
            "Vote",
            ("number", "1"),
            ("member", member),
            ("option", "no"),
            ("tracker", SessionCommands.NewTracker())
        );
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Vote(delegated, "yes")).Status);
        await meeting.Desk("Close");
        Assert.Equal((1L, 0L), (await meeting.Stored()).Log.Votes[0].Figures is { } f ? (f.Yes, f.No) : default);
    }

    [Theory, BothDatabases]
    public async Task The_delegate_takes_the_seat_when_the_desk_let_somebody_else_in_and_no_contact_uses_a_proxy(
        Provider provider
    )
    {
        var house = await houses.On(provider);
        var (contact, delegated) = (
            await Meeting.Contact(house, Role.Translator, Member),
            await Meeting.Delegate(house, Role.Juror, Member)
        );
        var (meeting, member) = await Convened(house);
        var other = await meeting.MemberId(Other);
        await house.Within(s =>
            s.GetRequiredService<SessionCommands>()
                .GiveProxy(meeting.Reference, new(Guid.Parse(other)), new(Guid.Parse(member)), house.Acting(), default)
        );
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await Send(meeting, contact, "proxy", "Revoke", ("member", member))).Status
        );
        await meeting.Desk("Arrive", ("member", member));
        await meeting.Desk("Call");
        await meeting.Desk("Call");
        await meeting.Desk("Put", ("question", "Shall we go on?"), ("method", "Secret"));
        foreach (var voice in new[] { member, other })
            Assert.Equal(
                HttpStatusCode.UnprocessableEntity,
                (
                    await Send(
                        meeting,
                        contact,
                        "seat",
                        "Vote",
                        ("number", "1"),
                        ("member", voice),
                        ("option", "no"),
                        ("tracker", SessionCommands.NewTracker())
                    )
                ).Status
            );
        await meeting.Vote(delegated, "yes");
        await meeting.Vote(delegated, "yes");
        await meeting.Desk("Close");
        Assert.Equal((2L, 0L), (await meeting.Stored()).Log.Votes[0].Figures is { } f ? (f.Yes, f.No) : default);
    }

    [Theory, BothDatabases]
    public async Task Whom_the_desk_accredits_with_an_address_votes_in_that_session_and_a_contact_cannot_accredit_itself(
        Provider provider
    )
    {
        var house = await houses.On(provider);
        var contact = await Meeting.Contact(house, Role.Translator, Member);
        var (meeting, member) = await Convened(house);
        var (another, _) = await Convened(house);
        // The member's own people may name who comes, not whose account votes.
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (
                await Send(
                    meeting,
                    contact,
                    "delegates",
                    "Name",
                    ("member", member),
                    ("name", "Myself"),
                    ("kind", "Delegate"),
                    ("address", "translator@example.org")
                )
            ).Status
        );
        async Task<Answer> Accredit(string address, string kind) =>
            await meeting.Staff.Submit(
                $"/en{meeting.Path}/delegates",
                "#for-member",
                ("named", "Ville de Saint-Denis"),
                ("name", "A person"),
                ("kind", kind),
                ("address", address)
            );
        Assert.Contains(
            "No account has the address",
            (await Accredit("nobody@example.org", "Delegate")).Text("[role=alert]")
        );
        // An observer has no vote, whatever its address.
        Assert.Equal(HttpStatusCode.Redirect, (await Accredit("translator@example.org", "Observer")).Status);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await Send(meeting, contact, "seat", "Arrive", ("member", member), ("manner", "Hall"))).Status
        );
        Assert.Equal(HttpStatusCode.Redirect, (await Accredit("translator@example.org", "Alternate")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Seat(contact, "Arrive", ("manner", "Hall"))).Status);
        await meeting.Desk("Call");
        await meeting.Desk("Call");
        await meeting.Desk("Put", ("question", "Shall we go on?"), ("method", "RollCall"));
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Vote(contact, "yes")).Status);
        await meeting.Desk("Close");
        Assert.Equal(Outcome.Adopted, (await meeting.Stored()).Log.Votes[0].Outcome);
        // In another session it is a contact still.
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await Send(another, contact, "seat", "Arrive", ("member", member), ("manner", "Hall"))).Status
        );
    }

    [Theory, BothDatabases]
    public async Task Whom_the_desk_accredits_needs_no_role_to_open_the_seat_and_to_vote_there(Provider provider)
    {
        var house = await houses.On(provider);
        var nobody = await house.Visit(Role.Auditor);
        var (meeting, _) = await Convened(house);
        string[] pages = ["seat", "proxy"];
        foreach (var page in pages)
        {
            Assert.Equal(HttpStatusCode.Redirect, (await house.Visit().Get($"/en{meeting.Path}/{page}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await nobody.Get($"/en{meeting.Path}/{page}")).Status);
        }
        var accredited = await meeting.Staff.Submit(
            $"/en{meeting.Path}/delegates",
            "#for-member",
            ("named", "Prefeitura de Porto Alegre"),
            ("name", "A person"),
            ("kind", "Delegate"),
            ("address", "auditor@example.org")
        );
        Assert.Equal(HttpStatusCode.Redirect, accredited.Status);
        foreach (var page in pages)
            Assert.Equal(HttpStatusCode.OK, (await nobody.Get($"/en{meeting.Path}/{page}")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Seat(nobody, "Arrive", ("manner", "Hall"))).Status);
        await meeting.Desk("Call");
        await meeting.Desk("Call");
        await meeting.Desk("Put", ("question", "Shall we go on?"), ("method", "RollCall"));
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Vote(nobody, "yes")).Status);
        await meeting.Desk("Close");
        Assert.Equal(1L, (await meeting.Stored()).Log.Votes[0].Figures!.Yes);
    }

    [Theory, BothDatabases]
    public async Task A_secret_vote_can_be_declared_void_and_put_again(Provider provider)
    {
        var house = await houses.On(provider);
        var meeting = await Meeting.Open(house, await Meeting.Delegate(house));
        var delegated = await Meeting.Delegate(house);
        var number = await meeting.Motion("The plan is adopted");
        await meeting.Desk("Put", ("subject", await meeting.MotionId(number)), ("method", "Secret"));
        await meeting.Vote(delegated, "no");
        // The server lost its key.
        foreach (var key in Directory.GetFiles(Path.Combine(house.Data.FullName, "ballot-keys"), "*.key"))
            File.Delete(key);
        var refused = await meeting.Desk("Close");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("The key of this secret ballot is missing", refused.Text("[role=alert]"));
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Desk("Void")).Status);
        Assert.Equal(
            (Outcome.Void, MotionState.Submitted),
            await meeting.Stored() is var s ? (s.Log.Votes[0].Outcome!.Value, s.Motions[0].State) : default
        );
        await meeting.Desk("Put", ("subject", await meeting.MotionId(number)), ("method", "Secret"));
        await meeting.Vote(delegated, "yes");
        await meeting.Desk("Close");
        Assert.Equal(MotionState.Adopted, (await meeting.Stored()).Motions[0].State);
        Assert.Empty(await meeting.Faults());
        Assert.Empty(Directory.GetFiles(Path.Combine(house.Data.FullName, "ballot-keys"), "*.key"));
    }
}
