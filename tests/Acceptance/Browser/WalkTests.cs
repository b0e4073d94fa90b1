using System.Text.RegularExpressions;

namespace Plenaria.Tests.Acceptance.Browser;

/// <summary>
/// Every announced page, in every language and at both widths: it loads, fits, complains of nothing and asks nobody
/// else.
/// </summary>
[Collection("walk")]
public class WalkTests(Chromium chromium)
{
    [Fact]
    public async Task Pages_fit_a_phone_and_a_desk_and_say_nothing_to_the_console()
    {
        var complaints = (await chromium.Walked).Complaints;
        Assert.True(complaints.IsEmpty, string.Join('\n', complaints));
    }

    [Fact]
    public async Task The_first_view_of_the_home_page_is_light()
    {
        var page = await chromium.Open(390);
        var answers = new List<Microsoft.Playwright.IResponse>();
        page.Response += (_, answer) =>
        {
            if (!answer.Url.StartsWith("data:", StringComparison.Ordinal))
                answers.Add(answer);
        };
        await page.GotoAsync("/en", new() { WaitUntil = Microsoft.Playwright.WaitUntilState.NetworkIdle });
        var (text, all) = (0L, 0L);
        foreach (var answer in answers)
        {
            var size = (await answer.Request.SizesAsync()).ResponseBodySize;
            all += size;
            if (answer.Request.ResourceType is "document" or "stylesheet")
                text += size;
        }
        Assert.InRange(answers.Count, 1, 6);
        // The page and its style; with the members' map, which is a picture, all of it.
        Assert.InRange(text, 1, 18 * 1024);
        Assert.InRange(all, 1, 30 * 1024);
    }

    [Theory]
    [InlineData(390, "Work plan of the Technical Secretariat 2013")]
    [InlineData(1440, "What we decide|Work plans|Work plan of the Technical Secretariat 2013")]
    public async Task A_breadcrumb_is_the_way_back_on_a_phone_and_the_whole_way_elsewhere(int width, string links)
    {
        var page = await chromium.Open(width);
        await page.GotoAsync("/en/plans/2013/actions/5");
        var shown = new List<string>();
        foreach (var link in await page.Locator(".crumbs a").AllAsync())
            if (await link.IsVisibleAsync())
                shown.Add((await link.InnerTextAsync()).Trim());
        Assert.Equal(links, string.Join('|', shown));
    }

    [Fact]
    public async Task A_visitor_goes_from_home_to_what_a_decision_became_by_keyboard()
    {
        var page = await chromium.Open();
        await page.GotoAsync("/en");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("main", await page.EvaluateAsync<string>("document.activeElement.id"));
        await page.Locator(".sections").GetByText("What we decide").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".tabs").GetByText("Work plans").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Microsoft.Playwright.Assertions.Expect(page).ToHaveURLAsync(new Regex("/en/plans$"));
        await page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { NameRegex = new("^5\\. Working groups") })
            .FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Microsoft.Playwright.Assertions.Expect(page).ToHaveURLAsync(new Regex("/en/plans/2013/actions/5$"));
        await page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "OIDP-R-2012-01" }).ClickAsync();
        await Microsoft.Playwright.Assertions.Expect(page).ToHaveURLAsync(new Regex("/en/resolutions/OIDP-R-2012-01$"));
        await Microsoft.Playwright.Assertions.Expect(page.Locator("h1")).ToContainTextAsync("working group");
    }
}
