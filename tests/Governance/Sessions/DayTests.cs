using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Ballots.Rules;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Places;
using Plenaria.Sessions;
using Plenaria.Sessions.Accreditation;
using Plenaria.Sessions.Live;

namespace Plenaria.Tests.Governance.Sessions;

/// <summary>When a session may begin, how often it may be called, and whom its notice reaches.</summary>
public class DayTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static async Task<string> Refusal(Meeting meeting, Func<IServiceProvider, Task> act)
    {
        try
        {
            await meeting.House.Within(act);
            return "";
        }
        catch (RuleViolationException broken)
        {
            return broken.Key;
        }
    }

    [Theory, BothDatabases]
    public async Task Nobody_arrives_and_nothing_opens_before_the_day_of_the_session_by_the_clocks_of_its_place(
        Provider provider
    )
    {
        var house = await houses.On(provider);
        var meeting = await Meeting.Plan(house);
        await meeting.Planning("Convene");
        var member = new MemberId(Guid.Parse(await meeting.MemberId("ville-de-dakar")));
        // Nine in the morning of the fifth in Auckland is nine in the evening of the fourth in London.
        var day = new DateOnly(2031, 6, 5);
        var starts = PlaceTime.At("Pacific/Auckland", day.ToDateTime(new(9, 0)));
        var id = (await meeting.Stored()).Id;
        await house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Set<Session>()
                .Where(x => x.Id == id)
                .ExecuteUpdateAsync(x =>
                    x.SetProperty(y => y.Zone, "Pacific/Auckland")
                        .SetProperty(y => y.StartsAt, starts)
                        .SetProperty(y => y.EndsAt, starts.AddHours(4))
                        .SetProperty(y => y.Version, y => y.Version + 1)
                )
        );
        var midnight = PlaceTime.At("Pacific/Auckland", day.ToDateTime(default));
        var person = await house.Within(async s =>
            await s.GetRequiredService<Credentials>()
                .Name(
                    await meeting.Stored(),
                    member,
                    null,
                    "Some person",
                    DelegateKind.Delegate,
                    house.Acting(),
                    default
                )
        );
        async Task<string[]> Tried(DateTimeOffset at)
        {
            var acting = house.Acting() with { At = at };
            return
            [
                await Refusal(
                    meeting,
                    s => s.GetRequiredService<SessionCommands>().Call(meeting.Reference, acting, default)
                ),
                await Refusal(
                    meeting,
                    async s =>
                        await s.GetRequiredService<Credentials>()
                            .CheckIn(await meeting.Stored(), person.Code, acting, default)
                ),
                await Refusal(
                    meeting,
                    s =>
                        s.GetRequiredService<SessionCommands>()
                            .Arrive(
                                meeting.Reference,
                                new(Guid.Parse(meeting.MemberId("enda-ecopop").GetAwaiter().GetResult())),
                                AttendanceMode.Hall,
                                acting,
                                default
                            )
                ),
            ];
        }
        Assert.All(await Tried(midnight.AddSeconds(-1)), key => Assert.Equal("sessions.not-its-day", key));
        // The pages say so too, and offer nothing that would be refused.
        var desk = await meeting.Staff.Get($"/en{meeting.Path}/desk");
        Assert.Contains("before that day no arrival can be recorded", desk.Text("[role=note]"));
        Assert.Empty(desk.Page.QuerySelectorAll("[formaction$='Call'], [formaction$='Arrive']"));
        Assert.Equal(
            (SessionState.Convened, 0),
            await meeting.Stored() is var closed ? (closed.State, closed.Log.Calls.Count) : default
        );
        Assert.All(await Tried(midnight), key => Assert.Equal("", key));
    }

    [Theory, BothDatabases]
    public async Task A_second_call_keeps_the_wait_of_the_rules(Provider provider)
    {
        var house = await houses.On(provider);
        var meeting = await Meeting.Plan(house);
        await meeting.Planning("Convene");
        await meeting.ReachDay(Rulebook.DefaultWait);
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.PressAtDesk("Call")).Status);
        var refused = await meeting.PressAtDesk("Call");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("At least 30 minutes", refused.Text("[role=alert]"));
        var first = (await meeting.Stored()).Log.Calls.Single().At;
        Task<string> Call(DateTimeOffset at) =>
            Refusal(
                meeting,
                s =>
                    s.GetRequiredService<SessionCommands>()
                        .Call(meeting.Reference, house.Acting() with { At = at }, default)
            );
        Assert.Equal("sessions.call-too-soon", await Call(first.AddMinutes(30).AddMilliseconds(-1)));
        Assert.Equal("", await Call(first.AddMinutes(30)));
        Assert.Equal(2, (await meeting.Stored()).Log.Calls.Count);
    }

    [Fact]
    public void A_rulebook_without_a_wait_has_half_an_hour_and_says_so_when_it_is_written()
    {
        var old = Rulebook.Parse(
            """{"decisions": {"ordinary": {"majorities": [{"counts": "yes", "atLeast": 1}]}}}"""u8
        );
        Assert.Equal(30, old.Wait);
        Assert.Contains("\"wait\":30", old.ToJson());
        Assert.Throws<RuleViolationException>(() =>
            Rulebook.Parse(
                """{"wait": -1, "decisions": {"ordinary": {"majorities": [{"counts": "yes", "atLeast": 1}]}}}"""u8
            )
        );
    }

    [Theory, BothDatabases]
    public async Task A_notice_names_whom_it_did_not_reach_and_one_that_reaches_nobody_is_refused(Provider provider)
    {
        var house = await houses.On(provider);
        async Task<MemberId> Member(string slug) =>
            (await house.Within(s => s.GetRequiredService<IMembers>().Find(slug, default)))!.Id;
        var (dakar, alone) = (await Member("ville-de-dakar"), await Member("enda-ecopop"));
        Assert.Empty(
            await house.Within(s =>
                s.GetRequiredService<Accounts>().Holding(Role.Member, Scope.Of(alone), DateTimeOffset.UtcNow, default)
            )
        );
        var meeting = await Meeting.Plan(house, NetworkBodies.Group);
        await house.Within(async s =>
        {
            var (store, session) = (
                s.GetRequiredService<SessionStore>(),
                (await s.GetRequiredService<SessionStore>().Find(meeting.Reference, default, toEdit: true))!
            );
            var lines = await s.GetRequiredService<IMembers>().Lines([alone], default);
            await store.Change(
                session,
                "sessions.seat-given",
                house.Acting(),
                () => store.Seat(session, lines[alone]),
                default
            );
        });
        var refused = await meeting.Planning("Convene");
        Assert.Contains("The notice reaches nobody", refused.Text("#obstacle"));
        Assert.Equal("sessions.notice-reaches-nobody", await ConfirmationTests.RefusedNotice(meeting));
        Assert.Equal(SessionState.Draft, (await meeting.Stored()).State);
        await meeting.Planning("Seat", ("named", "Ville de Dakar"));
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Planning("Convene")).Status);
        var session = await meeting.Stored();
        Assert.Equal([alone], session.Unreached);
        var page = await meeting.Staff.Get($"/en{meeting.Path}/plan");
        Assert.Contains("Members reached: 1 of 2", page.Body);
        Assert.Equal(
            session.Seats.Single(x => x.Member == alone).Name.For(Language.English),
            page.Text("section:has(#unreached) li")
        );
        var proof = (
            await house.Within(s => s.GetRequiredService<Journal>().Read(session.Stream, int.MaxValue, default))
        )
            .Single(l => l.Act == "sessions.convened")
            .What!.Value;
        Assert.Equal([alone.ToString()], proof.GetProperty("unreached").EnumerateArray().Select(e => e.GetString()));
        Assert.NotEqual(dakar, alone);
    }
}
