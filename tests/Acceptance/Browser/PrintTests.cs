using Microsoft.Playwright;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Acceptance.Browser;

/// <summary>What a page becomes on paper (A4): what it says, whole and in black, and nothing to click.</summary>
[Collection("browser")]
public class PrintTests(Chromium chromium)
{
    /// <summary>
    /// Names what has no place on paper: what is there to be clicked, tables of which a part is cut, text that is not
    /// dark.
    /// </summary>
    private const string Misplaced = """
        () => {
            const seen = selector => [...document.querySelectorAll(selector)].filter(e => e.checkVisibility());
            const name = e => e.cloneNode(false).outerHTML;
            const faults = seen('nav, button, .button, .site-foot, .menu, [role=search], [type=file], .skip').map(name);
            for (const table of seen('table'))
                {
                    const right = table.getBoundingClientRect().right;
                    if (right > document.documentElement.clientWidth) faults.push(`cut: ${name(table)}`);
                }
            for (const text of seen('h1, h2, h3, p, td, th, li, dd, label')) {
                const [red, green, blue] = getComputedStyle(text).color.match(/\d+/g).map(Number);
                if (Math.max(red, green, blue) > 60) faults.push(`pale: ${name(text)}`);
            }
            return faults;
        }
        """;

    // A4 less its margins, in CSS pixels.
    private const int PaperWidth = 673;

    private static async Task<string> Print(IPage page, string path)
    {
        await page.GotoAsync(path);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        var misplaced = await page.EvaluateAsync<string[]>(Misplaced);
        Assert.True(misplaced.Length == 0, string.Join('\n', misplaced.Prepend(path)));
        var pdf = await page.PdfAsync(new() { Format = "A4", PreferCSSPageSize = true });
        await page.EmulateMediaAsync(new() { Media = Media.Null });
        return await Sources.Outside("pdftotext", ["-layout", "-", "-"], pdf);
    }

    [Fact]
    public async Task A_printed_page_holds_what_it_says_and_nothing_to_click()
    {
        var page = await chromium.Open(PaperWidth, dark: true);
        await chromium.SignIn(page, Role.Staff);
        foreach (
            var path in (string[])
                [
                    "/en/reports/OIDP-2013-B01",
                    "/en/plenaries/OIDP-S-2026-01/minutes",
                    "/en/plenaries/OIDP-S-2027-01",
                    "/en/plenaries/OIDP-S-2027-01/motions/1",
                    "/en/plenaries/OIDP-S-2027-01/delegates",
                    "/en/members",
                    "/en/members/ajuntament-de-barcelona",
                    "/en/forms/budgeting-survey/answers",
                ]
        )
            Assert.NotEmpty(await Print(page, path));

        // The way to the spreadsheet is of no use on paper; room to sign is.
        var attendance = await Print(page, "/en/plenaries/OIDP-S-2026-01/attendance");
        Assert.Contains("Signature", attendance, StringComparison.Ordinal);
        Assert.DoesNotContain("CSV", attendance, StringComparison.Ordinal);
        // What is closed on the screen is open on paper: nobody can open it there.
        var plan = await Print(page, "/en/plans/2013");
        Assert.Contains("Priority area", plan, StringComparison.Ordinal);
        // The head of a table that goes on over the page stands on both.
        Assert.True((await Print(page, "/en/composition")).Split("\f").Count(p => p.Contains("By region   ")) > 1);
    }

    [Fact]
    public async Task A_form_that_is_being_filled_in_is_printed_with_what_was_typed()
    {
        var page = await chromium.Open(PaperWidth);
        var printed = await Print(page, "/en/answers/sample-answers");
        Assert.Contains("Name of the institution", printed, StringComparison.Ordinal);
        Assert.Contains(await page.Locator("#f-name").InputValueAsync(), printed, StringComparison.Ordinal);
        Assert.Contains(await page.Locator("#f-why").InputValueAsync(), printed, StringComparison.Ordinal);
    }
}
