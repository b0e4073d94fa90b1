using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Acceptance.Browser;

/// <summary>One Chromium and one house with the sample network for all browser tests; a context per test.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;
    private readonly Lazy<Task<WalkFindings>> _walked;

    public Chromium() => _walked = new(() => new PageWalk(this).Run());

    public TestHost House { get; private set; } = null!;

    /// <summary>What the one walk with script found; whichever test asks first waits for it.</summary>
    internal Task<WalkFindings> Walked => _walked.Value;

    public async ValueTask InitializeAsync()
    {
        House = await TestHost.Open(Provider.Sqlite);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new()
            {
                // The program itself: its script in /usr/bin would be ended without it.
                ExecutablePath = "/usr/lib/chromium/chromium-headless-shell",
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
        TestHost? house = null
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
        // Pages of other tests are made on the same two cores meanwhile.
        context.SetDefaultNavigationTimeout(30_000);
        return await context.NewPageAsync();
    }

    /// <summary>
    /// As whom a page is looked at: nobody in particular (null) where anybody may, the Secretariat, or a member where
    /// it is theirs alone.
    /// </summary>
    public Role? As(Visit visit) =>
        Visits.Who[visit.Route] is var rule && rule == "public" ? null
        : rule == "signed in"
        || House.Services.GetRequiredService<PermissionCatalog>().RolesWith(rule).Contains(Role.Staff)
            ? Role.Staff
        : Role.Member;

    /// <summary>
    /// Opens every announced page as anybody who may see it, two at once, each worker in browser contexts of its own.
    /// Where <c>./test changed</c> names modules, only their pages. How many it opened is checked against how many the
    /// program announces.
    /// </summary>
    /// <param name="look">What is done on a page of the right visitor; it goes to the visit itself.</param>
    /// <param name="prepare">What is done with a browser page before anything is loaded in it.</param>
    public async Task<int> Walk(Func<IPage, Visit, Task> look, bool script = true, Action<IPage>? prepare = null)
    {
        var announced = Visits.Announced(House.Services);
        // The set-up page is gone once the network has a name.
        var routes = announced
            .Where(p => TestScope.Modules.Count == 0 || TestScope.Modules.Contains(p.Value))
            .Select(p => p.Key)
            .Where(r => r != "/set-up")
            .ToHashSet();
        var waiting = new ConcurrentQueue<Visit>(Visits.All.Where(v => routes.Contains(v.Route)));
        var visited = 0;
        async Task Work()
        {
            var pages = new Dictionary<string, IPage>();
            while (waiting.TryDequeue(out var visit))
            {
                var role = As(visit);
                var who = role?.ToString() ?? "anyone";
                if (!pages.TryGetValue(who, out var page))
                {
                    pages[who] = page = await Open(script: script);
                    prepare?.Invoke(page);
                    if (role is { } known)
                        await SignIn(page, known);
                }
                await look(page, visit);
                Interlocked.Increment(ref visited);
            }
            foreach (var page in pages.Values)
                await page.Context.CloseAsync();
        }
        await Task.WhenAll(Work(), Work());
        Assert.Equal(routes.Count, visited);
        TestCounts.Add(script ? "pages walked with script" : "pages walked without script", visited);
        return visited;
    }

    /// <summary>Signs the page's context in as a person of the sample network, by a mailed link.</summary>
    public async Task SignIn(IPage page, Role role, string site = "", TestHost? house = null) =>
        await Follow(page, site + await LinkFor(role, house));

    /// <summary>Signs the page's context in as a new account that is the delegate of a member; its address.</summary>
    public async Task<string> SignInDelegate(IPage page, string member, TestHost? house = null)
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
    public async Task SignInByMail(IPage page, string email, TestHost? house = null)
    {
        await page.Locator("#Email").FillAsync(email);
        await page.Locator("main form:has(#Email) button").ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("/sign-in/code", StringComparison.Ordinal));
        var outbox = (await (house ?? House).Visit().Get("/en/outbox")).Page;
        var letter = outbox
            .QuerySelectorAll(".letter")
            .First(l =>
                l.TextContent.Contains(email, StringComparison.OrdinalIgnoreCase)
                && l.TextContent.Contains("/sign-in/link", StringComparison.Ordinal)
            );
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

    /// <summary>
    /// Goes through the page that names the consequences of an act, from the link that leads there to the page after it.
    /// </summary>
    /// <param name="act">The last part of that page's address.</param>
    public static async Task Confirm(IPage page, string act)
    {
        await page.Locator($"main a[href$='/{act}']").First.ClickAsync();
        await page.Locator("#confirm button").ClickAsync();
        await page.WaitForURLAsync(url => !url.EndsWith($"/{act}", StringComparison.Ordinal));
    }

    /// <summary>A fresh link that signs this person of the sample network in, once.</summary>
    public async Task<string> LinkFor(Role role, TestHost? house = null) =>
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

/// <summary>
/// The walks have a Chromium and a house of their own, so that they go beside what the other tests play.
/// </summary>
[CollectionDefinition("walk")]
public sealed class WalkCollection : ICollectionFixture<Chromium>;
