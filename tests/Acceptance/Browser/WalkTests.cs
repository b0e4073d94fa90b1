using System.Text.RegularExpressions;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Acceptance.Browser;

/// <summary>
/// Every announced page, in every language and at phone width: it loads, fits, complains of nothing and asks nobody
/// else.
/// </summary>
[Collection("browser")]
public class WalkTests(Chromium chromium)
{
    private static readonly int[] Widths = [390, 1440];

    [Fact]
    public async Task Pages_fit_a_phone_and_a_desk_and_say_nothing_to_the_console()
    {
        var complaints = new List<string>();
        async Task<Microsoft.Playwright.IPage> As(Role? role)
        {
            var page = await chromium.Open(Widths[0]);
            page.Console += (_, message) =>
            {
                if (message.Type is "error" or "warning")
                    complaints.Add($"{page.Url}: {message.Text}");
            };
            page.PageError += (_, error) => complaints.Add($"{page.Url}: {error}");
            page.Request += (_, request) =>
            {
                if (
                    !request.Url.StartsWith(chromium.House.Address.ToString(), StringComparison.Ordinal)
                    && !request.Url.StartsWith("data:", StringComparison.Ordinal)
                )
                    complaints.Add($"asked {request.Url}");
            };
            if (role is { } known)
                await chromium.SignIn(page, known);
            return page;
        }
        var (anyone, staff, member) = (await As(null), await As(Role.Staff), await As(Role.Member));
        // The set-up page is gone once the network has a name.
        foreach (var visit in Visits.All.Where(v => v.Route != "/set-up"))
        foreach (var language in Language.All)
        {
            var page = chromium.As(visit) switch
            {
                null => anyone,
                Role.Staff => staff,
                _ => member,
            };
            var response = await page.GotoAsync($"/{language}{visit.Path}");
            Assert.True(response!.Status == 200, $"{response.Url}: {response.Status}");
            // Loaded at the width the page before was left at, by turns a phone's and a desk's, then resized.
            foreach (var width in Widths.OrderBy(w => w != page.ViewportSize!.Width))
            {
                if (width != page.ViewportSize!.Width)
                    await page.SetViewportSizeAsync(width, 900);
                if (
                    await page.EvaluateAsync<int>(
                        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
                    )
                    is var excess
                        and > 0
                )
                    complaints.Add($"{page.Url} is {excess} px too wide at {width}");
            }
        }
        Assert.True(complaints.Count == 0, string.Join(Environment.NewLine, complaints));
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
        var bytes = 0L;
        foreach (var answer in answers)
            bytes += (await answer.Request.SizesAsync()).ResponseBodySize;
        Assert.InRange(answers.Count, 1, 6);
        Assert.InRange(bytes, 1, 30 * 1024);
    }

    [Fact]
    public async Task A_visitor_goes_from_home_to_what_a_decision_became_by_keyboard()
    {
        var page = await chromium.Open();
        await page.GotoAsync("/en");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("main", await page.EvaluateAsync<string>("document.activeElement.id"));
        await page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Work plans" }).First.FocusAsync();
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
