using System.Net;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Platform.Access;

public class PeopleTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static async Task<string> Add(Browser staff, string email) =>
        (
            await staff.Submit(
                "/en/people",
                "main form[method=post]",
                ("Input.Name", "A person"),
                ("Input.Email", email),
                ("Input.Language", "fr")
            )
        ).Location!;

    [Theory, BothDatabases]
    public async Task A_person_is_added_given_a_role_somewhere_and_it_is_taken_away_again(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var path = await Add(staff, "new@example.org");
        var page = await staff.Get(path);
        var dakar = page
            .Page.QuerySelectorAll("#Where option")
            .Single(o => o.TextContent.StartsWith("African platform", StringComparison.Ordinal))
            .GetAttribute("value")!;
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await staff.Submit(page, "#grant", ("Role", "Regional"), ("Where", dakar))).Status
        );
        // The same form again is an older state by now.
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await staff.Submit(page, "#grant", ("Role", "Editor"))).Status
        );
        Assert.Contains(
            "Regional office · Plateforme africaine",
            (await staff.Get("/en/people?q=NEW@")).Text(".actions")
        );
        Assert.Contains(
            "Role withdrawn",
            (await Follow(staff, await staff.Submit(path, "main section form"))).Text("#history ~ ol")
        );
        Assert.Contains("No role yet", (await staff.Get(path)).Text(".empty"));
    }

    private static Task<Answer> Follow(Browser browser, Answer answer) => browser.Get(answer.Location!);

    [Fact]
    public async Task What_makes_no_sense_is_refused()
    {
        var staff = await (await houses.On(Provider.Sqlite)).Visit(Role.Staff);
        var path = await Add(staff, "odd@example.org");
        var office = (await staff.Get(path))
            .Page.QuerySelectorAll("#Where option")
            .First(o => o.GetAttribute("value")!.StartsWith("office:", StringComparison.Ordinal))
            .GetAttribute("value")!;
        foreach (
            var (fields, reason) in new ((string, string)[], string)[]
            {
                ([("Role", "Member"), ("Where", "")], "Choose the member"),
                ([("Role", "Juror"), ("Where", office)], "cannot be held in this place"),
                ([("Role", "Staff"), ("Where", "office:none")], "cannot be held in this place"),
                ([("Role", "Editor"), ("Until", "2001-01-01")], "already passed"),
            }
        )
            Assert.Contains(reason, (await staff.Submit(path, "#grant", fields)).Text(".validation-summary-errors"));
        Assert.Contains(
            "already",
            (
                await staff.Submit(
                    "/en/people",
                    "main form[method=post]",
                    ("Input.Name", "Twice"),
                    ("Input.Email", "ODD@example.org")
                )
            ).Text(".validation-summary-errors")
        );
    }

    [Fact]
    public async Task The_last_of_the_secretariat_cannot_lock_the_house()
    {
        await using var house = await TestHost.Open(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        var me = (await staff.Get("/en/people?q=staff@example.org"))
            .Page.QuerySelectorAll("main a.action-link")
            .Single(a => a.TextContent.Contains("Secretariat", StringComparison.Ordinal))
            .GetAttribute("href")!;
        Assert.Contains(
            "last person",
            (await staff.Submit(me, "form[action*=Revoke]")).Text(".validation-summary-errors")
        );
        Assert.Contains(
            "last person",
            (await staff.Submit(me, "form[action*=Close]")).Text(".validation-summary-errors")
        );
        Assert.Equal(HttpStatusCode.OK, (await staff.Get("/en/people")).Status);
    }

    [Theory, BothDatabases]
    public async Task A_closed_account_is_out_at_once(Provider provider)
    {
        var house = await houses.On(provider);
        var (staff, juror) = (await house.Visit(Role.Staff), await house.Visit(Role.Juror));
        Assert.Equal(HttpStatusCode.OK, (await juror.Get("/en/workspace")).Status);
        var path = (await staff.Get("/en/people?q=juror@"))
            .Page.QuerySelector("main a.action-link")!
            .GetAttribute("href")!;
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit(path, "form[action*=Close]")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await juror.Get("/en/workspace")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit(path, "form[action*=Reopen]")).Status);
    }
}
