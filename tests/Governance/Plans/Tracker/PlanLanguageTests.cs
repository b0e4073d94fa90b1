using System.Net;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Governance.Plans.Tracker;

/// <summary>A page is in one language: a record that is half translated is shown in that of its original.</summary>
public class PlanLanguageTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private const string Title = "Prix de la participation",
        Text = "Un prix tous les deux ans.";

    private static string? LanguageOf(Answer page, string part) =>
        page.Page.QuerySelector($"{part} span[lang]")?.GetAttribute("lang");

    private static async Task<string> Begin(Browser staff, int year)
    {
        var path = (
            await staff.Submit(
                "/en/plans/new",
                "main form",
                ("Input.Year", $"{year}"),
                ("Input.Language", "fr"),
                ("Input.Title", $"Plan de travail {year}")
            )
        ).Location!;
        await staff.Submit($"{path}/areas/new", "main form", ("Input.Title", "Connaissance"));
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await staff.Submit($"{path}/actions/new", "main form", ("Input.Title", Title), ("Input.Text", Text))
            ).Status
        );
        return path["/en".Length..];
    }

    [Theory, BothDatabases]
    public async Task A_plan_and_its_actions_are_each_shown_in_one_language_that_a_notice_names(Provider provider)
    {
        var house = await houses.On(provider);
        var (staff, reader) = (await house.Visit(Role.Staff), house.Visit());
        var path = await Begin(staff, 2091);
        await staff.Submit($"/en{path}/actions/1/edit?in=ca", "main form", ("Input.Title", "Premi de participació"));
        var action = await reader.Get($"/ca{path}/actions/1");
        Assert.Equal((Title, "fr"), (action.Text("h1"), LanguageOf(action, "h1")));
        Assert.Equal(Text, action.Text(".prose[lang=fr]"));
        Assert.Contains("francès", action.Text(".in-other-language"));
        // What the house says stays in the reader's language, and so does the name in a list.
        Assert.Equal("ca", action.Page.DocumentElement.GetAttribute("lang"));
        var plan = await reader.Get($"/ca{path}");
        Assert.Equal("Premi de participació", plan.Text(".actions li a > span:last-child"));
        Assert.Contains("francès", plan.Text(".in-other-language"));
        Assert.Equal("fr", LanguageOf(plan, "h1"));

        await staff.Submit($"/en{path}/actions/1/edit?in=ca", "main form", ("Input.Text", "Un premi cada dos anys."));
        var whole = await reader.Get($"/ca{path}/actions/1");
        Assert.Equal("Premi de participació", whole.Text("h1"));
        Assert.Null(whole.Page.QuerySelector(".in-other-language"));
        Assert.Null(whole.Page.QuerySelector("h1 [lang]"));
    }

    [Theory, BothDatabases]
    public async Task A_decision_says_in_which_language_it_is_shown(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var saved = await staff.Submit(
            "/en/resolutions/new",
            "main form",
            ("WrittenIn", "en"),
            ("Input.Force", "Decided"),
            ("Input.Wording", "An office opens in the north."),
            ("Input.Session", "Plenary"),
            ("Input.Cited[0].Date", "2092-06"),
            ("Input.Cited[0].Source", "Minutes")
        );
        var page = await house.Visit().Get(saved.Location!.Replace("/en/", "/pt/", StringComparison.Ordinal));
        Assert.Contains("inglês", page.Text(".in-other-language"));
        Assert.Equal("en", LanguageOf(page, "h1"));
        Assert.Null((await house.Visit().Get(saved.Location!)).Page.QuerySelector(".in-other-language"));
    }

    [Theory, BothDatabases]
    public async Task A_report_is_in_its_own_language_while_one_judgement_of_it_is_not_translated(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        var opened = await staff.Submit("/fr/reports/new", "#new", ("Input.From", "2013"), ("Input.To", "2013"));
        var path = opened.Location!["/fr".Length..^"/edit".Length];
        var form = await staff.Get(opened.Location!);
        await staff.Submit(form, "#edit", ("Input.Actions[2].Note", "Rien encore."));
        var page = await staff.Get($"/en{path}");
        Assert.Contains("French", page.Text(".in-other-language"));
        Assert.Equal("fr", LanguageOf(page, "h1"));
        Assert.Equal("fr", LanguageOf(page, ".direction .actions a"));
        Assert.Null((await staff.Get($"/fr{path}")).Page.QuerySelector(".in-other-language"));
    }
}
