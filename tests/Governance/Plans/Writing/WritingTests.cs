using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Plans;
using Plenaria.Platform.Access;
using Plenaria.Platform.Journal;

namespace Plenaria.Tests.Governance.Plans.Writing;

public class WritingTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static async Task<string> Begin(Browser staff, int year)
    {
        var begun = await staff.Submit(
            "/en/plans/new",
            "main form",
            ("Input.Year", $"{year}"),
            ("Input.Language", "fr"),
            ("Input.Title", $"Plan {year}")
        );
        return begun.Location ?? throw new InvalidOperationException(begun.Text(".validation-summary-errors"));
    }

    private static Task<WorkPlan?> Find(TestHost house, int year) =>
        house.Within(s => s.GetRequiredService<PlanStore>().Find(year, default));

    [Theory, BothDatabases]
    public async Task A_plan_is_written_by_hand_area_by_area_and_action_by_action(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var path = await Begin(staff, 2081);
        Assert.Equal("/en/plans/2081", path);
        Assert.Contains("Add one first", (await staff.Get($"{path}/actions/new")).Text(".empty"));
        Assert.Equal(
            path,
            (await staff.Submit($"{path}/areas/new", "main form", ("Input.Title", "Connaissance"))).Location
        );
        await staff.Submit(
            $"{path}/areas/new",
            "main form",
            ("Input.Title", "Croissance"),
            ("Input.Text", "Plus de membres.")
        );
        Assert.Equal(
            $"{path}/actions/1",
            (
                await staff.Submit(
                    $"{path}/actions/new",
                    "main form",
                    ("Input.Title", "Bureaux"),
                    ("Input.Direction", "2"),
                    ("Input.Purpose", "Être partout"),
                    ("Input.Planned", "2081-03/2081-06")
                )
            ).Location
        );
        Assert.Equal(
            $"{path}/actions/2",
            (
                await staff.Submit(
                    $"{path}/actions/new",
                    "main form",
                    ("Input.Title", "Conférence"),
                    ("Input.Direction", "1"),
                    ("Input.Planned", "")
                )
            ).Location
        );

        var plan = (await Find(house, 2081))!;
        Assert.Equal(
            ("OIDP-2081", Language.French, "2081/2081"),
            (plan.Reference.ToString(), plan.Language, plan.ValidFor.ToString())
        );
        Assert.Equal(["OIDP-2081-A01", "OIDP-2081-A02"], plan.Actions.Select(a => a.Reference.ToString()));
        Assert.Equal(["Croissance", "Connaissance"], plan.Actions.Select(a => plan.DirectionOf(a).Title.ToString()));
        Assert.Equal("/en/plans/2081/actions/2", (await house.Visit().Get("/r/OIDP-2081-A02")).Location);
        Assert.Equal(
            ["Connaissance", "Croissance"],
            (await house.Visit().Get(path)).Page.QuerySelectorAll(".direction h3").Select(h => h.TextContent)
        );
        var journal = await house.Within(s => s.GetRequiredService<Journal>().Read("plan:OIDP-2081", 10, default));
        Assert.Equal(
            ["plans.action-added", "plans.action-added", "plans.area-added", "plans.area-added", "plans.created"],
            journal.Select(l => l.Act)
        );
    }

    [Theory]
    [InlineData("2013", "Plan", "", "There is already a plan for 2013")]
    [InlineData("99999", "Plan", "", "year must be between")]
    [InlineData("", "Plan", "", "four digits")]
    [InlineData("soon", "Plan", "", "")]
    [InlineData("2082", "", "", "")]
    [InlineData("2082", "Plan", "2082-13", "")]
    [InlineData("2082", "Plan", "2083/2082", "")]
    public async Task A_plan_that_cannot_be_is_refused(string year, string title, string validFor, string reason)
    {
        var house = await houses.On(Provider.Sqlite);
        var refused = await (await house.Visit(Role.Staff)).Submit(
            "/en/plans/new",
            "main form",
            ("Input.Year", year),
            ("Input.Title", title),
            ("Input.ValidFor", validFor)
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(reason, refused.Text(".field-validation-error, .validation-summary-errors"));
        Assert.Equal(validFor, refused.Page.QuerySelector("#Input_ValidFor")!.GetAttribute("value") ?? "");
        Assert.Null(await Find(house, 2082));
    }

    [Theory]
    [InlineData("1", "")]
    [InlineData("1", "   ")]
    [InlineData("9", "Somewhere else")]
    [InlineData("x", "Somewhere else")]
    public async Task An_action_without_title_or_area_is_refused_and_changes_nothing(string area, string title)
    {
        var house = await houses.On(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (
                await staff.Submit(
                    "/en/plans/2013/actions/new",
                    "main form",
                    ("Input.Direction", area),
                    ("Input.Title", title)
                )
            ).Status
        );
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await staff.Submit("/en/plans/2013/areas/new", "main form", ("Input.Title", ""))).Status
        );
        Assert.Equal((4, 17), ((await Find(house, 2013))!.Directions.Count, (await Find(house, 2013))!.Actions.Count));
    }

    [Theory, BothDatabases]
    public async Task Of_many_who_add_at_once_each_receives_a_number(Provider provider)
    {
        var house = await houses.On(provider);
        var people = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => house.Visit(Role.Staff)));
        var begun = await Task.WhenAll(
            people.Select(p => p.Submit("/en/plans/new", "main form", ("Input.Year", "2084"), ("Input.Title", "Plan")))
        );
        Assert.Single(begun, b => b.Status == HttpStatusCode.Redirect);
        Assert.All(
            begun.Where(b => b.Status != HttpStatusCode.Redirect),
            b => Assert.Contains("There is already a plan for 2084", b.Text(".validation-summary-errors"))
        );
        await people[0].Submit("/en/plans/2084/areas/new", "main form", ("Input.Title", "Area"));
        var added = await Task.WhenAll(
            people.Select((p, i) => p.Submit("/en/plans/2084/actions/new", "main form", ("Input.Title", $"Action {i}")))
        );
        Assert.Equal(
            Enumerable.Range(1, 4).Select(i => $"/en/plans/2084/actions/{i}"),
            added.Select(a => a.Location).Order()
        );
    }

    [Theory, BothDatabases]
    public async Task What_is_added_to_an_approved_plan_shows_as_a_change_to_be_amended(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var path = await Begin(staff, 2085);
        await staff.Submit($"{path}/areas/new", "main form", ("Input.Title", "Connaissance"));
        await staff.Submit($"{path}/actions/new", "main form", ("Input.Title", "Conférence"));
        var open = await staff.Get($"{path}/versions/approve");
        await staff.Submit($"{path}/actions/new", "main form", ("Input.Title", "Bulletin"));
        // Whoever looked at the plan before the action was added did not approve it with the action.
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await staff.Submit(open, "#confirm", ("On", "2085-01-10"))).Status
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await staff.Submit($"{path}/versions/approve", "#confirm", ("On", "2085-01-10"))).Status
        );
        Assert.Contains("approved this plan", (await staff.Get($"{path}/actions/new")).Text(".notice"));
        await staff.Submit($"{path}/actions/new", "main form", ("Input.Title", "Prix de la participation"));
        Assert.Contains(
            "### OIDP-2085-A03 Prix de la participation",
            (await house.Visit().Get($"{path}/versions")).Text("ins")
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await staff.Submit($"{path}/versions/approve", "#confirm", ("On", "2085-02-10"))).Status
        );
        Assert.Contains("later changed", (await house.Visit().Get(path)).Text(".page-head"));
    }

    [Theory]
    [InlineData("/en/plans/new")]
    [InlineData("/en/plans/2013/areas/new")]
    [InlineData("/en/plans/2013/actions/new")]
    [InlineData("/en/plans/2013/actions/4/edit")]
    [InlineData("/en/plans/2013/actions/4/scope")]
    [InlineData("/en/plans/2013/actions/4/origins")]
    [InlineData("/en/plans/2013/actions/4/milestones")]
    public async Task A_member_may_not_write_plans(string path)
    {
        var house = await houses.On(Provider.Sqlite);
        var member = await house.Visit(Role.Member);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.Get(path)).Status);
        var token = (await member.Get("/en/workspace"))
            .Page.QuerySelector("input[name=__RequestVerificationToken]")!
            .GetAttribute("value")!;
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (
                await member.Http.PostAsync(
                    path,
                    new FormUrlEncodedContent([new("Input.Title", "Mine"), new("__RequestVerificationToken", token)])
                )
            ).StatusCode
        );
    }

    [Fact]
    public async Task Adding_to_a_plan_that_is_not_there_is_absent()
    {
        var staff = await (await houses.On(Provider.Sqlite)).Visit(Role.Staff);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Get("/en/plans/1912/actions/new")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Get("/en/plans/1912/areas/new")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Get("/en/plans/2013/actions/99/origins")).Status);
    }
}
