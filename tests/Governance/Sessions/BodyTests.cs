using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Bodies;
using Plenaria.Platform.Data;
using Plenaria.Sessions;
using Plenaria.Sessions.Minutes;

namespace Plenaria.Tests.Governance.Sessions;

/// <summary>Bodies that modules declare: an office plans and conducts sessions of its own, and no other.</summary>
public class BodyTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static async Task<OfficeLine> OfficeAsync(TestHost house, string slug) =>
        (await house.Within(s => s.GetRequiredService<IMembers>().Offices(default))).Single(o =>
            o.Path == $"/offices/{slug}"
        );

    private static async Task<Browser> StaffOfAsync(TestHost house, OfficeLine office)
    {
        var link = await house.Within(async services =>
        {
            var accounts = services.GetRequiredService<Accounts>();
            var account = await accounts.Open(
                $"{Guid.NewGuid():N}@offices.example",
                "Office",
                Language.English,
                house.Acting(),
                default
            );
            await accounts.Grant(account, Role.Regional, Scope.Of(office.Id), null, house.Acting(), default);
            await services.GetRequiredService<PlenariaDb>().SaveChangesAsync();
            return await services.GetRequiredService<FirstLinks>().ForNewHouse(account, Language.English, default);
        });
        var browser = house.Visit();
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Submit(link, "main form")).Status);
        return browser;
    }

    [Theory, BothDatabases]
    public async Task An_office_plans_convenes_and_conducts_a_session_of_its_members_and_presents_the_minutes(
        Provider provider
    )
    {
        await using var house = await TestHost.Open(provider);
        var office = await OfficeAsync(house, "dakar");
        var officer = await StaffOfAsync(house, office);
        var delegated = await Meeting.Delegate(house);
        var page = await officer.Get($"/en{office.Path}");
        var begin = page.Page.QuerySelector("main a[href*='/plenaries/new?Body=']")!.GetAttribute("href")!;
        // Its own body is all there is to choose from.
        var form = await officer.Get(begin);
        Assert.Equal(
            [$"Office:{office.Id}"],
            form.Page.QuerySelectorAll("[name='Input.Body'] option").Select(o => o.GetAttribute("value"))
        );
        var meeting = await Meeting.Plan(house, $"Office:{office.Id}", staff: officer);
        var expected = await house.Within(s => s.GetRequiredService<IMembers>().Present(office.Countries, default));
        Assert.NotEmpty(expected);
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Planning("Convene")).Status);
        var session = await meeting.Stored();
        Assert.Equal(new BodyKey("Office", office.Id.Value), session.Body);
        Assert.Equal(expected.Select(m => m.Id.Value).Order(), session.Seats.Select(s => s.Member.Value).Order());
        Assert.True(session.LettersSent > 0);
        // Everybody reads whose session it is.
        var name = office.Name.For(Language.English);
        Assert.Contains(name, (await house.Visit().Get($"/en{meeting.Path}")).Text("main"));
        Assert.Contains(name, (await house.Visit().Get("/en/plenaries")).Text("main"));
        Assert.Contains(meeting.Path, (await house.Visit().Get($"/en{office.Path}")).Body);
        Assert.Contains(meeting.Path + "/desk", (await officer.Get("/en/workspace")).Body);

        await meeting.Motion("A seminar is held");
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Seat(delegated, "Arrive", ("manner", "Hall"))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Desk("Call")).Status);
        await meeting.Desk("Put", ("subject", await meeting.MotionId(1)), ("method", "Consensus"));
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Desk("Close")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Desk("End")).Status);
        Assert.Equal(MotionState.Adopted, (await meeting.Stored()).Motions.Single().State);
        Assert.Empty(await meeting.Faults());
        var drafted = await officer.Press(
            await officer.Get($"/en{meeting.Path}/minutes"),
            "form:has(button[formaction$='handler=Draft'])",
            "Draft"
        );
        Assert.Equal(HttpStatusCode.Redirect, drafted.Status);
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Confirm("minutes/present")).Status);

        // The next session of the same office approves them; another office's is offered nothing.
        var next = await Meeting.Plan(house, $"Office:{office.Id}", staff: officer);
        Assert.Contains(
            meeting.Reference,
            string.Join(
                ' ',
                (await officer.Get($"/en{next.Path}/motions/new"))
                    .Page.QuerySelectorAll("[name=About] option")
                    .Select(o => o.GetAttribute("value"))
            )
        );
    }

    [Theory, BothDatabases]
    public async Task An_office_touches_no_session_of_another_office_nor_of_the_network(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var officer = await StaffOfAsync(house, await OfficeAsync(house, "dakar"));
        var other = await OfficeAsync(house, "porto-alegre");
        foreach (var body in (string[])["Plenary", "Committee", "Group", $"Office:{other.Id}"])
        {
            var meeting = await Meeting.Plan(house, body);
            foreach (var page in (string[])["plan", "edit", "convene", "discard"])
                Assert.Equal(HttpStatusCode.Forbidden, (await officer.Get($"/en{meeting.Path}/{page}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await officer.Get($"/en{meeting.Path}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await officer.Get($"/en{meeting.Path}/rules.json")).Status);
            Assert.DoesNotContain(meeting.Path, (await officer.Get("/en/plenaries")).Body);
            Assert.DoesNotContain(meeting.Reference, (await officer.Get("/en/plenaries/new")).Body);
            if (body != "Plenary")
                await meeting.Planning("Seat", ("named", "Ville de Dakar"));
            Assert.Equal(HttpStatusCode.Redirect, (await meeting.Planning("Convene")).Status);
            foreach (var page in (string[])["desk", "check-in", "end", "minutes/present"])
                Assert.Equal(HttpStatusCode.Forbidden, (await officer.Get($"/en{meeting.Path}/{page}")).Status);
            Assert.DoesNotContain(meeting.Path, (await officer.Get("/en/workspace")).Body);
            // Nor by what pages call.
            await house.Within(async services =>
            {
                var acting = house.Acting() with
                {
                    Actor = new(
                        new(Guid.NewGuid()),
                        "Office",
                        [new(Role.Regional, Scope.Of((await OfficeAsync(house, "dakar")).Id))]
                    ),
                };
                await Assert.ThrowsAsync<ForbiddenException>(() =>
                    services.GetRequiredService<SessionCommands>().Call(meeting.Reference, acting, default)
                );
                await Assert.ThrowsAsync<ForbiddenException>(() =>
                    services
                        .GetRequiredService<ISessions>()
                        .OpenAsync(
                            new(
                                BodyKey.Parse(body),
                                LocalizedText.Original(Language.English, "Not theirs"),
                                "UTC",
                                DateTimeOffset.UtcNow.AddDays(30),
                                DateTimeOffset.UtcNow.AddDays(31)
                            ),
                            acting,
                            default
                        )
                );
            });
        }
        Assert.Equal(
            ["Plenary", "Committee", "Group"],
            (await (await house.Visit(Role.Staff)).Get("/en/plenaries/new"))
                .Page.QuerySelectorAll("[name='Input.Body'] option")
                .Take(3)
                .Select(o => o.GetAttribute("value"))
        );
        // A regional role that holds everywhere is one for all offices, and for no body of the network.
        var regional = await house.Visit(Role.Regional);
        foreach (
            var (body, status) in ((string, HttpStatusCode)[])
                [("Plenary", HttpStatusCode.Forbidden), ($"Office:{other.Id}", HttpStatusCode.OK)]
        )
        {
            var meeting = await Meeting.Plan(house, body);
            Assert.Equal(status, (await regional.Get($"/en{meeting.Path}/plan")).Status);
            Assert.Equal(
                status == HttpStatusCode.OK,
                (await regional.Get("/en/plenaries")).Body.Contains(meeting.Path, StringComparison.Ordinal)
            );
        }
        // A form that names another's body is refused.
        var starts = DateTime.UtcNow.Date.AddDays(30);
        var refused = await officer.Submit(
            "/en/plenaries/new",
            "main form",
            ("Input.Title", "Not theirs"),
            ("Input.Body", $"Office:{other.Id}"),
            ("Input.Starts", Meeting.Clock(starts)),
            ("Input.Ends", Meeting.Clock(starts.AddHours(2)))
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.Get("/en/consultations/new")).Status);
    }

    [Theory, BothDatabases]
    public async Task A_motion_of_an_office_decides_about_no_record_of_the_network(Provider provider)
    {
        var house = await houses.On(provider);
        var office = await OfficeAsync(house, "dakar");
        var meeting = await Meeting.Plan(house, $"Office:{office.Id}", staff: await StaffOfAsync(house, office));
        var plenary = await Meeting.Plan(house);
        var acting = house.Acting() with
        {
            Actor = new(new(Guid.NewGuid()), "Office", [new(Role.Regional, Scope.Of(office.Id))]),
        };
        await house.Within(async services =>
        {
            var session = (await services.GetRequiredService<SessionStore>().Find(meeting.Reference, default, true))!;
            foreach (var deciding in (string[])["AdoptPlan", MinutesApproval.Key])
                await Assert.ThrowsAsync<ForbiddenException>(() =>
                    services
                        .GetRequiredService<MotionStore>()
                        .Move(
                            session,
                            new(
                                LocalizedText.Original(Language.English, "Everything"),
                                LocalizedText.Empty,
                                LocalizedText.Empty,
                                null,
                                Presets.Ordinary
                            )
                            {
                                About = Reference.Parse(plenary.Reference),
                                Deciding = deciding,
                            },
                            acting,
                            default
                        )
                );
        });
    }

    [Theory, BothDatabases]
    public async Task Members_named_by_hand_take_the_place_of_those_of_the_territory(Provider provider)
    {
        var house = await houses.On(provider);
        var office = await OfficeAsync(house, "dakar");
        var meeting = await Meeting.Plan(house, $"Office:{office.Id}", staff: await StaffOfAsync(house, office));
        await meeting.Planning("Seat", ("named", "Ville de Dakar"));
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Planning("Convene")).Status);
        Assert.Equal("Ville de Dakar", (await meeting.Stored()).Seats.Single().Name.ToString());
    }

    [Theory, BothDatabases]
    public async Task Sessions_stored_before_bodies_were_declared_keep_their_kind_and_its_name(Provider provider)
    {
        var house = await houses.On(provider);
        foreach (
            var (kind, name) in ((string, string)[])
                [
                    ("Plenary", "Plenary"),
                    ("Committee", "Coordinating committee"),
                    ("Office", "Regional office"),
                    ("Group", "Working group"),
                ]
        )
        {
            var meeting = await Meeting.Plan(house, NetworkBodies.Group);
            // As the enumeration was stored: the word alone.
            await house.Within(services =>
                services
                    .GetRequiredService<PlenariaDb>()
                    .Database.ExecuteSqlAsync(
                        $"UPDATE sessions_sessions SET body_kind = {kind} WHERE reference = {meeting.Reference}"
                    )
            );
            Assert.Equal(new BodyKey(kind), (await meeting.Stored()).Body);
            Assert.Contains(name, (await meeting.Staff.Get($"/en{meeting.Path}/plan")).Text(".meta"));
            Assert.Contains(name, (await meeting.Staff.Get("/en/plenaries")).Text("main"));
        }
    }
}
