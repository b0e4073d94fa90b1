using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Sessions.Accreditation;
using Plenaria.Sessions.Papers;

namespace Plenaria.Tests.Governance.Sessions;

public class AccreditationTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    [Theory, BothDatabases]
    public async Task A_member_names_its_people_and_the_first_that_is_let_in_brings_its_voice(Provider provider)
    {
        var house = await houses.On(provider);
        var dakar = await Meeting.Delegate(house);
        var meeting = await Meeting.Plan(house);
        await meeting.Planning("Convene");
        async Task<Answer> Name(Browser who, string name, DelegateKind kind) =>
            await who.Submit(
                $"/en{meeting.Path}/delegates",
                "form:has(input[name=member])",
                ("name", name),
                ("kind", kind.ToString())
            );
        Assert.Equal(HttpStatusCode.Redirect, (await Name(dakar, "First person", DelegateKind.Delegate)).Status);
        Assert.Contains(
            "already has a delegate",
            (await Name(dakar, "Another person", DelegateKind.Delegate)).Text("[role=alert]")
        );
        await Name(dakar, "Second person", DelegateKind.Alternate);
        await Name(dakar, "Third person", DelegateKind.Observer);
        // The desk does the same for a member, named as the list shows it.
        Assert.Contains(
            "No member is called",
            (
                await meeting.Staff.Submit(
                    $"/en{meeting.Path}/delegates",
                    "#for-member",
                    ("named", "Nowhere"),
                    ("name", "Nobody")
                )
            ).Text("[role=alert]")
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await meeting.Staff.Submit(
                    $"/en{meeting.Path}/delegates",
                    "#for-member",
                    ("named", "Prefeitura de Porto Alegre"),
                    ("name", "Fifth person"),
                    ("kind", "Observer")
                )
            ).Status
        );
        await meeting.Staff.Submit(
            $"/en{meeting.Path}/delegates",
            "form:has(#organisation)",
            ("organisation", "A university"),
            ("name", "Fourth person")
        );
        Assert.Equal(3, (await dakar.Get($"/en{meeting.Path}/delegates")).Page.QuerySelectorAll(".badge img").Length);
        Assert.Equal(
            5,
            (await meeting.Staff.Get($"/en{meeting.Path}/delegates")).Page.QuerySelectorAll(".badge img").Length
        );
        var session = await meeting.Stored();
        var people = await house.Within(s => s.GetRequiredService<Credentials>().Of(session, default));
        Assert.Equal(5, people.Select(p => p.Code).Distinct().Count());
        var dakarId = Guid.Parse(await meeting.MemberId("ville-de-dakar"));

        await meeting.ReachDay();
        session = await meeting.Stored();
        async Task<Answer> LetIn(Accredited person) =>
            await meeting.Staff.Submit(
                $"/en{meeting.Path}/check-in/{person.Code.ToLowerInvariant()}",
                "main form[method=post]"
            );
        // An observer brings no voice; an alternate does, once, and the delegate after it changes nothing.
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await LetIn(people.Single(p => p.Kind == DelegateKind.Observer && p.Member?.Value == dakarId))).Status
        );
        Assert.False((await meeting.Stored()).Log.IsPresent(dakarId));
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await LetIn(people.Single(p => p.Kind == DelegateKind.Alternate))).Status
        );
        Assert.True((await meeting.Stored()).Log.IsPresent(dakarId));
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await LetIn(people.Single(p => p.Kind == DelegateKind.Delegate))).Status
        );
        Assert.Single((await meeting.Stored()).Log.Attendance);
        Assert.Contains(
            "Entered at",
            (await meeting.Staff.Get($"/en{meeting.Path}/check-in/{people[0].Code}")).Text(".notice")
        );
        Assert.Contains(
            "has the code ZZZZ",
            (await meeting.Staff.Get($"/en{meeting.Path}/check-in?code=ZZZZ")).Text("[role=alert]")
        );
        Assert.Equal(
            "sessions.code-unknown",
            (
                await Assert.ThrowsAsync<RuleViolationException>(() =>
                    house.Within(async s =>
                        await s.GetRequiredService<Credentials>().CheckIn(session, "ZZZZ", house.Acting(), default)
                    )
                )
            ).Key
        );
        // Whoever reads the code with another phone learns nothing from it.
        Assert.NotEqual(HttpStatusCode.OK, (await dakar.Get($"/en{meeting.Path}/check-in/{people[0].Code}")).Status);
        // No name of a person entered the journal.
        Assert.DoesNotContain(
            "person",
            string.Concat(
                (
                    await house.Within(s =>
                        s.GetRequiredService<Plenaria.Platform.Journal.Journal>()
                            .Read(session.Stream, int.MaxValue, default)
                    )
                ).Select(l => l.What?.GetRawText())
            )
        );
        Assert.Empty(await meeting.Faults());
    }

    [Theory, BothDatabases]
    public async Task Documents_are_frozen_with_the_notice_and_what_is_put_right_is_another_edition(Provider provider)
    {
        var house = await houses.On(provider);
        var meeting = await Meeting.Plan(house);
        async Task<Answer> Add(string text, string title, string number = "") =>
            await meeting.Staff.Upload(
                await meeting.Staff.Get($"/en{meeting.Path}/documents"),
                "form[enctype]",
                ("file", "plan.txt", Encoding.UTF8.GetBytes(text)),
                [("title", title), ("number", number)]
            );
        Assert.Equal(HttpStatusCode.Redirect, (await Add("The plan", "Work plan")).Status);
        await Add("A slip of the pen", "Slip");
        var documents = await house.Within(async s =>
            await s.GetRequiredService<DocumentStore>().Of(await meeting.Stored(), default)
        );
        Assert.Equal(HttpStatusCode.NotFound, (await house.Visit().Get($"/files/{documents[0].Hash}")).Status);
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await meeting.Staff.Submit(
                    $"/en{meeting.Path}/documents",
                    $"form:has(input[value='{documents[1].Id}'])"
                )
            ).Status
        );
        await meeting.Planning("Convene");
        Assert.Equal("The plan", (await house.Visit().Get($"/files/{documents[0].Hash}")).Body);
        Assert.Contains("already the newest edition", (await Add("The plan", "", "1")).Text("[role=alert]"));
        Assert.Equal(HttpStatusCode.Redirect, (await Add("The plan, put right", "", "1")).Status);
        documents = await house.Within(async s =>
            await s.GetRequiredService<DocumentStore>().Of(await meeting.Stored(), default)
        );
        Assert.Equal(
            [(1, 2, "Work plan"), (1, 1, "Work plan")],
            documents.Select(d => (d.Number, d.Edition, d.Title.ToString()))
        );
        var page = await house.Visit().Get($"/en{meeting.Path}/documents");
        Assert.Equal(2, page.Page.QuerySelectorAll("a[href^='/files/']").Length);
        Assert.Equal(
            "sessions.documents-frozen",
            (
                await Assert.ThrowsAsync<RuleViolationException>(() =>
                    house.Within(async s =>
                        await s.GetRequiredService<DocumentStore>()
                            .Remove(await meeting.Stored(), documents[1].Id, house.Acting(), default)
                    )
                )
            ).Key
        );
        // The proof of the notice names the edition that went out.
        Assert.Contains(
            documents[1].Hash,
            string.Concat(
                (
                    await house.Within(s =>
                        s.GetRequiredService<Plenaria.Platform.Journal.Journal>()
                            .Read($"session:{meeting.Reference}", int.MaxValue, default)
                    )
                )
                    .Where(l => l.Act == "sessions.convened")
                    .Select(l => l.What?.GetRawText())
            )
        );
    }
}
