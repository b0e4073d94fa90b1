using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Acceptance.Browser;

/// <summary>
/// What somebody types stays in their browser until the server acknowledges it, and is shown to nobody else.
/// </summary>
[Collection("browser")]
public class KeptTextTests(Chromium chromium)
{
    private const string Form = "/en/experiences/new",
        Title = "#Input_Title",
        Member = "ville-de-dakar";

    private static ILocatorAssertions Expect(IPage page, string selector) =>
        Assertions.Expect(page.Locator($"main {selector}").First);

    private static async Task Fill(IPage page, string title)
    {
        await page.Locator(Title).FillAsync(title);
        await page.Locator("#Input_Summary").FillAsync("Twenty people drawn by lot deliberated for three weekends.");
        await page.Locator("#Input_Country").FillAsync("Senegal");
    }

    private static Task Send(IPage page) => page.Locator("button[formaction*=Draft]").ClickAsync();

    [Fact]
    public async Task What_is_typed_survives_an_ended_sign_in_a_proxys_error_and_the_closing_of_the_tab()
    {
        var title = $"Typed {Guid.NewGuid():N}";
        var page = await chromium.Open();
        var email = await chromium.SignInDelegate(page, Member);
        await page.GotoAsync(Form);
        await Fill(page, title);
        await chromium.House.EndSignIns(email);
        await Send(page);
        await Expect(page, "[data-line]").ToContainTextAsync("Your sign-in has ended");
        await Expect(page, Title).ToHaveValueAsync(title);
        await page.Locator("main [data-line] a").ClickAsync();
        await chromium.SignInByMail(page, email);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(Form + "$"));
        await Expect(page, Title).ToHaveValueAsync(title);

        await page.RouteAsync(
            "**/experiences/new?handler=Draft",
            route =>
                route.FulfillAsync(
                    new()
                    {
                        Status = 502,
                        ContentType = "text/html",
                        Body = "<h1>502 Bad Gateway</h1>",
                    }
                )
        );
        await Send(page);
        await Expect(page, "[data-line]").ToContainTextAsync("There is no connection");
        await Expect(page, Title).ToHaveValueAsync(title);

        var context = page.Context;
        await page.CloseAsync();
        page = await context.NewPageAsync();
        await page.GotoAsync(Form);
        await Expect(page, Title).ToHaveValueAsync(title);
        await Send(page);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/en/experiences/typed-"));
        // Acknowledged, it is kept no longer.
        await page.GotoAsync(Form);
        await Expect(page, Title).ToHaveValueAsync("");
        await context.CloseAsync();
    }

    [Fact]
    public async Task What_one_person_typed_is_not_shown_to_the_next_on_the_browser()
    {
        var page = await chromium.Open();
        var first = await chromium.SignInDelegate(page, Member);
        await page.GotoAsync(Form);
        await Fill(page, "Typed by the first");
        await page.GotoAsync(Form);
        await Expect(page, Title).ToHaveValueAsync("Typed by the first");
        await page.GotoAsync("/en/sign-out");
        await page.Locator("main form[data-sign-out] button").ClickAsync();
        await page.WaitForURLAsync(url => !url.EndsWith("/sign-out", StringComparison.Ordinal));

        var second = await chromium.SignInDelegate(page, Member);
        await page.GotoAsync(Form);
        await Expect(page, Title).ToHaveValueAsync("");
        await Fill(page, "Typed by the second");
        // The second does not sign out: their sign-in ends by itself.
        await chromium.House.EndSignIns(second);

        await page.GotoAsync(Form);
        await chromium.SignInByMail(page, first);
        // What was typed before signing out is gone; what another typed is not shown.
        await Expect(page, Title).ToHaveValueAsync("");
        await Expect(page, "[data-line]").ToBeHiddenAsync();
        await chromium.House.EndSignIns(first);

        await page.GotoAsync(Form);
        await chromium.SignInByMail(page, second);
        await Expect(page, Title).ToHaveValueAsync("Typed by the second");
        await page.Context.CloseAsync();
    }

    // Writes into every text area of the page, shown or put away, as a person who types does; what stands in each form.
    private const string Type = """
        page => [...document.querySelectorAll("main form[method=post] textarea")].map((field, i) => {
          field.value = `Typed into ${page}, ${i}`;
          field.dispatchEvent(new Event("input", { bubbles: true }));
          return field.value;
        })
        """;

    private const string Read =
        "() => [...document.querySelectorAll('main form[method=post] textarea')].map(field => field.value)";

    [Fact]
    public async Task What_is_typed_on_any_page_is_there_after_the_sign_in_ended_and_on_the_way_back()
    {
        var (anyone, staff, member) = (await chromium.Open(), await chromium.Open(), await chromium.Open());
        var addresses = new Dictionary<IPage, string>
        {
            [staff] = await chromium.SignInStaff(staff),
            [member] = await chromium.SignInDelegate(member, Member),
        };
        var typed = new List<(IPage Page, string Path, string[] Texts)>();
        foreach (var visit in Visits.All.Where(v => v.Route != "/set-up"))
        {
            var page = chromium.As(visit) switch
            {
                null => anyone,
                { } role when role == Role.Staff => staff,
                _ => member,
            };
            var path = $"/en{visit.Path}";
            var source = await (await page.Context.APIRequest.GetAsync(path)).TextAsync();
            if (!source.Contains("<textarea", StringComparison.Ordinal))
                continue;
            await page.GotoAsync(path);
            var texts = await page.EvaluateAsync<string[]>(Type, visit.Path);
            if (texts.Length > 0)
                typed.Add((page, path, texts));
        }
        foreach (var (page, email) in addresses)
        {
            await chromium.House.EndSignIns(email);
            await page.GotoAsync("/en/workspace");
            await chromium.SignInByMail(page, email);
        }
        var lost = new List<string>();
        foreach (var (page, path, texts) in typed)
        {
            await page.GotoAsync(path);
            var shown = await page.EvaluateAsync<string[]>(Read);
            if (!shown.AsEnumerable().SequenceEqual(texts))
                lost.Add(path);
        }
        Assert.Empty(lost);
        // Those of the sample network that write, of each module.
        Assert.InRange(typed.Count, 35, 200);
        foreach (var page in (IPage[])[anyone, staff, member])
            await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_question_that_is_sent_by_a_double_click_is_asked_once()
    {
        var page = await chromium.Open();
        await chromium.SignInDelegate(page, Member);
        var title = $"Asked {Guid.NewGuid():N}";
        await page.GotoAsync("/en/exchange/ask");
        await page.Locator(Title).FillAsync(title);
        await page.Locator("main form textarea").First.FillAsync("How do others do it?");
        // Each request reaches the server twice, as with a second click on a slow line.
        var sent = 0;
        await page.RouteAsync(
            "**/exchange/ask",
            async route =>
            {
                if (route.Request.Method == "POST")
                {
                    sent++;
                    await route.FetchAsync(new() { MaxRedirects = 0 });
                }
                await route.ContinueAsync();
            }
        );
        await page.Locator("main form button").Last.DblClickAsync();
        await Expect(page, "h1").ToContainTextAsync(title);
        Assert.NotEqual(0, sent);
        await page.GotoAsync("/en/exchange");
        // The page may name one in two of its lists.
        var found = page.Locator("main a", new() { HasText = title });
        Assert.Single(await found.EvaluateAllAsync<string[]>("links => [...new Set(links.map(l => l.href))]"));
        await page.Context.CloseAsync();
    }
}
