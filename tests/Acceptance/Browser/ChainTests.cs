using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Acceptance.Browser;

/// <summary>
/// The whole way, in a browser: from what a session decided to what the closed report says came of it.
/// </summary>
[Collection("browser")]
public class ChainTests(Chromium chromium)
{
    [Fact]
    public async Task A_decision_becomes_an_action_and_the_closed_report_shows_what_came_of_it_down_to_the_records()
    {
        var page = await chromium.Open();
        await chromium.SignIn(page, Role.Staff);
        ILocator Button(string name) =>
            page.Locator("main").GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
        ILocator Field(string label) => page.GetByLabel(label, new() { Exact = true });

        await page.GotoAsync("/en/resolutions");
        await page.GetByRole(AriaRole.Link, new() { Name = "Record a decision" }).ClickAsync();
        await Field("Wording").FillAsync("The network grows in Europe.");
        await Field("Session").FillAsync("Plenary session");
        await Field("Date no. 1").FillAsync("2090-11-15");
        await Field("Document that gives date no. 1").FillAsync("Minutes");
        await page.GetByLabel("Adopted by consensus").CheckAsync();
        await Button("Record a decision").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/en/resolutions/OIDP-R-2090-01$"));

        await page.GotoAsync("/en/plans");
        await page.GetByRole(AriaRole.Link, new() { Name = "Start a plan" }).ClickAsync();
        await Field("Year of the plan").FillAsync("2091");
        await Field("Title").FillAsync("Work plan of the chain");
        await Button("Start a plan").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a priority area" }).ClickAsync();
        await Field("Title").FillAsync("Growth");
        await Button("Add a priority area").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a plan action" }).ClickAsync();
        await Field("Title").FillAsync("Welcome European cities");
        await Button("Add a plan action").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/en/plans/2091/actions/1$"));

        await page.GetByRole(AriaRole.Link, new() { Name = "Edit the action" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Origin of the action" }).ClickAsync();
        await page.Locator("[name='Rows[0].Kind']").SelectOptionAsync("Resolution");
        await page.Locator("[name='Rows[0].Resolution']").SelectOptionAsync("OIDP-R-2090-01");
        await Button("Save the changes").ClickAsync();
        await Assertions.Expect(page.Locator("blockquote")).ToHaveTextAsync("The network grows in Europe.");

        await page.GetByRole(AriaRole.Link, new() { Name = "What carries out the action" }).ClickAsync();
        await page.Locator("#Choice").SelectOptionAsync("members-by-region/150");
        await Button("Link the action").ClickAsync();
        await Button("Save the figure as a supporting record").ClickAsync();
        await page.GotoAsync("/en/plans/2091/actions/1");
        var figure = await page.Locator(".instruments .figure a").TextContentAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Record progress" }).ClickAsync();
        await Field("State").SelectOptionAsync("Complete");
        await Button("Save the changes").ClickAsync();
        await Assertions.Expect(page.Locator(".page-head .state")).ToHaveTextAsync("Complete");
        await Assertions.Expect(page.Locator(".page-head .undocumented")).ToHaveCountAsync(0);

        await page.GotoAsync("/en/reports/new");
        await Field("From").FillAsync("2091-01-01");
        await Field("To").FillAsync("2091-12-31");
        await Button("Create the draft").ClickAsync();
        await page.Locator("#Input_Actions_0__Achievement").SelectOptionAsync("Achieved");
        await Button("Save the report").ClickAsync();
        await Chromium.Confirm(page, "close");
        await Assertions.Expect(page.Locator(".page-head")).ToContainTextAsync("Check code");

        // What anybody sees, without having signed in.
        var anyone = await chromium.Open();
        await anyone.GotoAsync(page.Url);
        var action = anyone.Locator("[id='OIDP-2091-A01']");
        await Assertions.Expect(action.Locator(".state")).ToHaveTextAsync("Complete");
        await Assertions.Expect(action).ToContainTextAsync("OIDP-R-2090-01");
        await Assertions.Expect(action.Locator(".evidence .strong")).ToContainTextAsync(figure!);
        await Assertions.Expect(action.Locator(".figure a")).ToHaveTextAsync(figure!);
        await action.Locator(".figure a").ClickAsync();
        await Assertions.Expect(anyone).ToHaveURLAsync(new Regex("/en/members\\?region=150"));
        await Assertions
            .Expect(anyone.Locator("main .actions > li"))
            .ToHaveCountAsync(int.Parse(figure!.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));
    }
}
