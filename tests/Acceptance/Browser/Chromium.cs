using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Plenaria.Platform.Access;
using Plenaria.Platform.Modules;

namespace Plenaria.Tests.Acceptance.Browser;

/// <summary>One Chromium and one house with the sample network for all browser tests; a context per test.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public TestHouse House { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        House = await TestHouse.Open(Provider.Sqlite);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = "/usr/bin/chromium",
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            }
        );
    }

    public async Task<IPage> Open(
        int width = 1440,
        int height = 900,
        bool dark = false,
        bool script = true,
        TestHouse? house = null
    )
    {
        var context = await _browser.NewContextAsync(
            new()
            {
                BaseURL = (house ?? House).Address.ToString(),
                ViewportSize = new() { Width = width, Height = height },
                JavaScriptEnabled = script,
                ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
                Locale = "en-GB",
            }
        );
        context.SetDefaultTimeout(10_000);
        return await context.NewPageAsync();
    }

    /// <summary>
    /// As whom a page is looked at: nobody in particular (null) where anybody may, the Secretariat, or a member where
    /// it is theirs alone.
    /// </summary>
    public Role? As(Visit visit) =>
        Visits.Who[visit.Route] is var rule && rule == "public" ? null
        : rule == "signed in" || House.Services.GetRequiredService<ModuleCatalog>().RolesWith(rule).Contains(Role.Staff)
            ? Role.Staff
        : Role.Member;

    /// <summary>Opens every announced page in English, as anybody who may see it, one after the other.</summary>
    public async IAsyncEnumerable<(IPage Page, int Status)> Walk(int width = 1440, bool script = true)
    {
        var (anyone, staff, member) = (
            await Open(width, script: script),
            await Open(width, script: script),
            await Open(width, script: script)
        );
        await SignIn(staff, Role.Staff);
        await SignIn(member, Role.Member);
        // The set-up page is gone once the network has a name.
        foreach (var visit in Visits.All.Where(v => v.Route != "/set-up"))
        {
            var page = As(visit) switch
            {
                null => anyone,
                Role.Staff => staff,
                _ => member,
            };
            yield return (page, (await page.GotoAsync($"/en{visit.Path}"))!.Status);
        }
        await anyone.Context.CloseAsync();
        await staff.Context.CloseAsync();
        await member.Context.CloseAsync();
    }

    /// <summary>Signs the page's context in as a person of the sample network, by a mailed link.</summary>
    public async Task SignIn(IPage page, Role role, string site = "", TestHouse? house = null) =>
        await Follow(page, site + await LinkFor(role, house));

    /// <summary>Signs the page's context in as a new account that is the delegate of a member; its address.</summary>
    public async Task<string> SignInDelegate(IPage page, string member, TestHouse? house = null)
    {
        var (email, link) = await (house ?? House).OpenDelegate(member);
        await Follow(page, link);
        return email;
    }

    /// <summary>Signs the page's context in as a new account of the Secretariat; its address.</summary>
    public async Task<string> SignInStaff(IPage page)
    {
        var (email, link) = await House.OpenStaff();
        await Follow(page, link);
        return email;
    }

    /// <summary>Goes on from the page of sign-in that is open, as a person does: address, mail, link.</summary>
    public async Task SignInByMail(IPage page, string email, TestHouse? house = null)
    {
        await page.Locator("#Email").FillAsync(email);
        await page.Locator("main form:has(#Email) button").ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("/sign-in/code", StringComparison.Ordinal));
        var outbox = (await (house ?? House).Visit().Get("/en/outbox")).Page;
        var letter = outbox
            .QuerySelectorAll(".letter")
            .First(l => l.TextContent.Contains(email, StringComparison.OrdinalIgnoreCase));
        var link = Regex.Match(letter.QuerySelector("pre")!.TextContent, @"http\S+").Value;
        await page.GotoAsync(new Uri(link).PathAndQuery);
        await page.Locator("main form button").ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    private static async Task Follow(IPage page, string link)
    {
        await page.GotoAsync(link);
        await page.Locator("main form button").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/workspace$"));
    }

    /// <summary>A fresh link that signs this person of the sample network in, once.</summary>
    public async Task<string> LinkFor(Role role, TestHouse? house = null) =>
        (await (house ?? House).Within(services => services.GetRequiredService<FirstLinks>().PerRole(default)))
            .First(l => l.Role == role)
            .Path;

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await House.DisposeAsync();
    }
}

[CollectionDefinition("browser")]
public sealed class BrowserCollection : ICollectionFixture<Chromium>;
