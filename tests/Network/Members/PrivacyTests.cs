using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Members;
using Plenaria.Members.Outreach;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Tests.Network.Members;

public class PrivacyTests
{
    private const string Id = "01900000-0000-7000-8000-000000000201", Self = $"/en/members/people/{Id}", Data = $"{Self}/data.json";

    private static Task Talk(TestHouse house) => house.Within(async services =>
    {
        var db = services.GetRequiredService<PlenariaDb>();
        var member = await db.Set<Member>().SingleAsync(m => m.Slug == "ville-de-dakar");
        db.Add(new Activity { Id = Guid.CreateVersion7(), Member = member.Id, Person = new(Guid.Parse(Id)), Kind = ActivityKind.Call, At = house.Acting().When, Text = "Will call back on Monday.", ByName = "test" });
        services.GetRequiredService<Journal>().Record(house.Acting(), member.Stream, "members.outreach-logged", null, new { kind = "Call" });
        await db.SaveChangesAsync();
    });

    [Theory, BothDatabases]
    public async Task Everything_kept_about_a_person_is_theirs_and_staffs_to_take_and_nobody_elses(Provider provider)
    {
        await using var house = await TestHouse.Open(provider);
        await Talk(house);
        Assert.Equal(HttpStatusCode.Redirect, (await house.Visit().Get(Data)).Status);
        foreach (var role in (Role[])[Role.Regional, Role.Juror, Role.Editor])
            Assert.Equal(HttpStatusCode.Forbidden, (await (await house.Visit(role)).Get(Data)).Status);
        var city = await house.Visit(Role.Member);
        Assert.Contains("data.json", (await city.Get(Self)).Body);
        Assert.DoesNotContain("/people/erase", (await city.Get(Self)).Body);
        foreach (var visitor in (Browser[])[city, await house.Visit(Role.Staff)])
        {
            var all = JsonDocument.Parse((await visitor.Get(Data)).Body).RootElement;
            Assert.Equal("member@example.org", all.GetProperty("person").GetProperty("email").GetString());
            Assert.Equal("VotingDelegate", all.GetProperty("records").GetProperty("members_representations.Person")[0].GetProperty("role").GetString());
            Assert.Equal("Will call back on Monday.", all.GetProperty("records").GetProperty("members_activities.Person")[0].GetProperty("text").GetString());
            Assert.Contains(all.GetProperty("journal").EnumerateArray(), l => l.GetProperty("act").GetString() == "members.person-added");
        }
        Assert.Equal(HttpStatusCode.NotFound, (await city.Get($"/en/members/people/{Guid.NewGuid()}/data.json")).Status);
    }

    [Theory, BothDatabases]
    public async Task An_erased_person_is_named_nowhere_may_do_nothing_and_their_roles_and_dates_stay(Provider provider)
    {
        await using var house = await TestHouse.Open(provider);
        await Talk(house);
        var (city, staff) = (await house.Visit(Role.Member), await house.Visit(Role.Staff));
        Assert.Equal(HttpStatusCode.OK, (await city.Get("/en/members/ville-de-dakar/people")).Status);
        var before = JsonDocument.Parse((await staff.Get(Data)).Body).RootElement;
        var name = before.GetProperty("person").GetProperty("name").GetString()!;
        var erase = await staff.Get($"/en/members/people/erase?person={Id}");
        Assert.Contains(name, erase.Body);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(erase, "main form", ("Input.Reason", "Asked for it"))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(erase, "main form", ("Input.Confirmed", "true"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await city.Get(Self)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit(erase, "main form", ("Input.Reason", "Asked for it"), ("Input.Confirmed", "true"))).Status);

        var people = await staff.Get("/en/members/ville-de-dakar/people");
        Assert.DoesNotContain(name, people.Body);
        Assert.DoesNotContain("member@example.org", people.Body);
        Assert.Contains("Somebody who was erased", people.Text(".actions"));
        Assert.Contains("Voting delegate", people.Text(".actions"));
        Assert.Equal(HttpStatusCode.OK, (await staff.Get(Self)).Status);
        var data = JsonDocument.Parse((await staff.Get(Data)).Body).RootElement;
        Assert.Equal(JsonValueKind.Null, data.GetProperty("person").GetProperty("email").ValueKind);
        JsonElement Role0(JsonElement all) => all.GetProperty("records").GetProperty("members_representations.Person")[0];
        Assert.Equal(Role0(before).GetProperty("from").ToString(), Role0(data).GetProperty("from").ToString());
        Assert.Equal(house.Acting().Today.ToString("O"), Role0(data).GetProperty("until").GetString());
        Assert.Equal(JsonValueKind.Null, Role0(data).GetProperty("title").ValueKind);
        Assert.DoesNotContain("Monday", data.GetProperty("records").ToString());

        // The right to act is gone, also where a door was left open.
        foreach (var path in (string[])["/en/members/ville-de-dakar/people", Self, Data])
            Assert.Equal(HttpStatusCode.Forbidden, (await city.Get(path)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(erase, "main form", ("Input.Reason", "Again"), ("Input.Confirmed", "true"))).Status);
        await house.Within(async services =>
        {
            var journal = services.GetRequiredService<Journal>();
            var line = (await journal.Read($"person:{Id}", 1, default))[0];
            Assert.Equal(("members.person-erased", "Asked for it"), (line.Act, line.Why));
            var ended = (await journal.Read("member:ville-de-dakar", 1, default))[0];
            Assert.Equal("members.role-ended", ended.Act);
            Assert.DoesNotContain(name, ended.What.ToString());
            await foreach (var fault in journal.Faults(default))
                Assert.Fail(fault);
        });
        Assert.Empty(await MemberTests.Faults(house));
    }
}
