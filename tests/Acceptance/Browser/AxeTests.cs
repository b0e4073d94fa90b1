using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Plenaria.Tests.Acceptance.Browser;

/// <summary>
/// Every announced page by the rules of WCAG 2.2 AA and by the practices that axe thinks best, at both widths and in
/// both schemes.
/// </summary>
[Collection("walk")]
public class AxeTests(Chromium chromium)
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private const string Everything =
        "{ type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }";

    /// <summary>What the scheme can change; the rest stands or falls the same in the dark.</summary>
    private const string Colours = "{ type: 'rule', values: ['color-contrast', 'link-in-text-block'] }";

    [Fact]
    public async Task Every_page_is_without_fault()
    {
        var faults = (await chromium.Walked).Faults;
        Assert.True(faults.IsEmpty, string.Join('\n', faults));
    }

    [Fact]
    public async Task A_refused_form_is_without_fault()
    {
        var page = await chromium.Open();
        await page.GotoAsync("/en/sign-in");
        // Without the browser's own check it is the house that refuses.
        await page.EvaluateAsync("for (const form of document.forms) form.noValidate = true");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send me a link" }).ClickAsync();
        await Assertions.Expect(page.Locator("main .input-validation-error")).ToBeVisibleAsync();
        var faults = await Faults(page);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>What axe finds at both widths, each in both schemes.</summary>
    /// <param name="first">The width to begin with, best the one that the page was loaded at.</param>
    /// <param name="atWidth">What else is looked at once at each width.</param>
    internal static async Task<List<string>> Faults(IPage page, int first = 1440, Func<int, Task>? atWidth = null)
    {
        var faults = new List<string>();
        // Once for each page that is loaded: the package's own call brings its script and another tab for each look.
        await page.EvaluateAsync(Axe);
        var second = first == 1440 ? 390 : 1440;
        foreach (
            var (width, scheme) in new[]
            {
                (first, ColorScheme.Light),
                (first, ColorScheme.Dark),
                (second, ColorScheme.Dark),
                (second, ColorScheme.Light),
            }
        )
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            if (scheme == ColorScheme.Light && atWidth is not null)
                await atWidth(width);
            var found = await page.EvaluateAsync<string[]>(
                $$"""
                async () => (await axe.run(document, { runOnly: {{(
                    scheme == ColorScheme.Light ? Everything : Colours
                )}}, resultTypes: ['violations'] }))
                    .violations.flatMap(v => v.nodes.map(n => `${v.id}, ${v.help}: ${n.target}`))
                """
            );
            faults.AddRange(found.Select(f => $"{new Uri(page.Url).PathAndQuery} at {width}, {scheme}: {f}"));
        }
        return faults;
    }
}
