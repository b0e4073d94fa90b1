using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Acceptance.Browser;

/// <summary>
/// The internal session of 2 July 2013, 16:00 to 20:00, from its notice to what the public reads of it a year later,
/// with three clients: the Secretariat's desk, a delegate's phone, anybody. The house runs by a clock of 2013.
/// </summary>
[Collection("browser")]
public class CascaisTests(Chromium chromium)
{
    private static Task Press(IPage page, string handler, string within = "main") =>
        page.Locator($"{within} button[formaction$='handler={handler}']").First.ClickAsync();

    private static ILocatorAssertions Expect(IPage page, string selector) =>
        Assertions.Expect(page.Locator(selector).First);

    [Theory, BothDatabases]
    public async Task The_session_of_2013_is_played_from_its_notice_to_the_report_that_everybody_reads(
        Provider provider
    )
    {
        var clock = new ShiftedClock(new(2013, 6, 3, 9, 0, 0, TimeSpan.Zero));
        var data = Databases.Folder();
        await using var house = await TestHost.On(
            await Databases.LeaseSample(provider, data),
            data,
            replace: services =>
                services
                    .AddSingleton<TimeProvider>(clock)
                    // Chromium would throw away what ran out in 2013.
                    .PostConfigureAll<CookieAuthenticationOptions>(cookie => cookie.TimeProvider = TimeProvider.System)
        );
        var (desk, phone, anyone) = (
            await chromium.Open(house: house),
            await chromium.Open(390, 800, house: house),
            await chromium.Open(house: house)
        );
        await chromium.SignIn(desk, Role.Staff, house: house);
        var delegated = await chromium.SignInDelegate(phone, "ville-de-dakar", house);

        // Convened a month ahead: the plan of the year, and the logo.
        await Begin(
            desk,
            "Sesión interna",
            "2013-07-02T16:00",
            "2013-07-02T20:00",
            "Cascais",
            "Balance del mandato anual",
            "Plan de trabajo"
        );
        var path = new Uri(desk.Url).AbsolutePath[3..^"/plan".Length];
        await Move(
            desk,
            path,
            "Se valida el plan de trabajo de 2013",
            "La sesión valida el plan de trabajo.\n\nLa Secretaría informa una vez al año.",
            "AdoptPlan OIDP-2013",
            "OIDP-2013-A09"
        );
        await desk.GotoAsync($"/es{path}/plan");
        await Chromium.Confirm(desk, "convene");
        await Expect(desk, "main .meta:last-of-type").ToContainTextAsync("2013");

        // A delegate asks for a change from the phone.
        await phone.GotoAsync($"/es{path}/motions/1");
        await phone.Locator("#p2 .passage-do a").ClickAsync();
        await phone.Locator("#text").FillAsync("La Secretaría informa cada seis meses.");
        await phone.Locator("main form button").Last.ClickAsync();
        await Expect(phone, "#a1 ins").ToHaveTextAsync("cada seis meses");

        // The day itself: no quorum at the first call, opened at the second.
        clock.Set(new(2013, 7, 2, 15, 0, 0, TimeSpan.Zero));
        await phone.GotoAsync($"/es{path}/seat");
        await Press(phone, "Arrive");
        await desk.GotoAsync($"/es{path}/desk");
        await Press(desk, "Call");
        await Expect(desk, "#quorum ~ .meta .state").ToHaveTextAsync("Sin quórum");
        // The second call waits for as long as the rules say.
        clock.Set(new(2013, 7, 2, 15, 31, 0, TimeSpan.Zero));
        await Press(desk, "Call");
        await Assertions.Expect(desk.Locator("#vote")).ToBeVisibleAsync();
        await desk.Locator("main .agenda button[formaction$='handler=Take']").Nth(1).ClickAsync();
        await Expect(desk, ".agenda [aria-current]").ToContainTextAsync("Plan de trabajo");
        // The phone hears of it, asks for the floor and is given it.
        await phone.Locator("button[value=Contribution]").ClickAsync();
        await Press(desk, "GiveFloor");
        await Press(desk, "EndSpeech");

        // First the amendment. The line drops while the phone votes; the vote arrives when it is back, and counts once.
        await desk.Locator("#subject").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await desk.Locator("#method").SelectOptionAsync("RollCall");
        await Press(desk, "Put");
        await Expect(phone, ".ballot h2").ToContainTextAsync("Enmienda n.º 1", new() { Timeout = 15_000 });
        await phone.Context.SetOfflineAsync(true);
        await phone.Locator("form.votes button[value=yes]").ClickAsync();
        await Expect(phone, "[data-line]").ToContainTextAsync("No hay conexión");
        await phone.Context.SetOfflineAsync(false);
        await Expect(phone, ".ballot .notice").ToContainTextAsync("Dakar", new() { Timeout = 15_000 });
        await Expect(desk, "article.card .meta").ToContainTextAsync("1", new() { Timeout = 15_000 });
        await desk.GotoAsync($"/es{path}/vote/close");
        await desk.Locator("#confirm button").ClickAsync();
        await Expect(desk, ".vote .outcome").ToContainTextAsync("Aprobada");

        // Then the motion as it now reads: by consensus.
        await desk.Locator("#subject").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await desk.Locator("#method").SelectOptionAsync("Consensus");
        await Press(desk, "Put");
        await anyone.GotoAsync($"/es{path}/screen");
        await Expect(anyone, "main h2").ToHaveTextAsync("Se valida el plan de trabajo de 2013");
        await Press(desk, "Close");
        await Expect(anyone, ".vote .outcome").ToContainTextAsync("Aprobada", new() { Timeout = 15_000 });
        await Chromium.Confirm(desk, "end");

        // Minutes: drafted, sent, corrected.
        await desk.GotoAsync($"/es{path}/minutes");
        await Press(desk, "Draft");
        await Expect(desk, "#text").ToHaveValueAsync(new Regex("Ville de Dakar"));
        await Chromium.Confirm(desk, "present");
        await phone.GotoAsync($"/es{path}/minutes");
        await phone.Locator("#correction").FillAsync("Falta nuestra intervención sobre África.");
        await Press(phone, "Ask");
        await Expect(phone, "#corrections ~ ol").ToContainTextAsync("África");
        await desk.ReloadAsync();
        await desk.Locator("#text")
            .FillAsync(await desk.Locator("#text").InputValueAsync() + "\n\nVille de Dakar interviene sobre África.");
        await desk.RunAndWaitForResponseAsync(() => Press(desk, "Save"), r => r.Request.IsNavigationRequest);
        await desk.Locator("button[name=taken][value=true]").ClickAsync();
        await Expect(desk, "#corrections ~ ol .state").ToContainTextAsync("Aceptada");

        // The next session approves them.
        clock.Set(new(2013, 9, 1, 9, 0, 0, TimeSpan.Zero));
        // Nobody is signed in for longer than thirty days.
        foreach (var (page, email) in new[] { (desk, "staff@example.org"), (phone, delegated) })
        {
            await page.GotoAsync("/es/sign-in");
            await chromium.SignInByMail(page, email, house);
        }
        await Begin(desk, "Sesión siguiente", "2013-10-01T10:00", "2013-10-01T12:00", "Barcelona", "Acta anterior");
        var next = new Uri(desk.Url).AbsolutePath[3..^"/plan".Length];
        await Move(
            desk,
            next,
            "Se aprueba el acta de Cascais",
            "",
            "Minutes " + path[(path.LastIndexOf('/') + 1)..],
            null
        );
        await desk.GotoAsync($"/es{next}/plan");
        await Chromium.Confirm(desk, "convene");
        clock.Set(new(2013, 10, 1, 8, 0, 0, TimeSpan.Zero));
        await phone.GotoAsync($"/es{next}/seat");
        await Press(phone, "Arrive");
        await desk.GotoAsync($"/es{next}/desk");
        await Press(desk, "Call");
        await Expect(desk, "#quorum ~ .meta .state").ToHaveTextAsync("Sin quórum");
        clock.Set(new(2013, 10, 1, 8, 31, 0, TimeSpan.Zero));
        await Press(desk, "Call");
        await desk.Locator("#subject").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await desk.Locator("#method").SelectOptionAsync("Consensus");
        await Press(desk, "Put");
        await Press(desk, "Close");
        await Expect(desk, ".vote .outcome").ToContainTextAsync("Aprobada");

        // What was ordered is carried out, and the balance of the year is closed.
        await desk.GotoAsync("/es/plans/2013/actions/9/progress");
        await desk.Locator("#Input_State").SelectOptionAsync("WellAdvanced");
        await desk.Locator("#Input_Kind").SelectOptionAsync("Declaration");
        await desk.Locator("#Input_Text").FillAsync("Hecho según lo acordado");
        await desk.Locator("#Input_Date").FillAsync("2013-09");
        await desk.Locator("main form button").Last.ClickAsync();
        await desk.WaitForURLAsync(url => !url.EndsWith("/progress", StringComparison.Ordinal));
        await desk.GotoAsync("/es/reports/new");
        await desk.Locator("#Input_From").FillAsync("2013-01-01");
        await desk.Locator("#Input_To").FillAsync("2013-12-31");
        await desk.Locator("#new button").ClickAsync();
        await desk.WaitForURLAsync("**/edit");
        await desk.Locator("main form button").Last.ClickAsync();
        await Chromium.Confirm(desk, "close");
        await Expect(desk, ".page-head").ToContainTextAsync("Código");
        var report = new Uri(desk.Url).AbsolutePath;

        // Anybody goes from the session to the decision, from there to the action, and finds both in the report.
        await anyone.GotoAsync($"/es{path}");
        await anyone.Locator("#motions ~ ul a[href*='/resolutions/']").ClickAsync();
        await Expect(anyone, "h1").ToContainTextAsync("La Secretaría informa cada seis meses.");
        var resolution = await anyone.Locator(".page-head .reference").TextContentAsync();
        await anyone.Locator("main .actions a").ClickAsync();
        await Expect(anyone, ".chain").ToContainTextAsync(resolution!);
        await anyone.GotoAsync(report);
        await Expect(anyone, "[id='OIDP-2013-A09']").ToContainTextAsync(resolution!);
        await anyone.GotoAsync("/es/plans/2013/versions");
        await Expect(anyone, "main .actions").ToContainTextAsync(resolution!);
        await anyone.GotoAsync($"/es{path}/minutes");
        await Expect(anyone, "article.minutes").ToContainTextAsync("Ville de Dakar interviene sobre África.");
        await Expect(anyone, ".page-head .state").ToHaveTextAsync("Aprobada");
        foreach (var page in new[] { desk, phone, anyone })
            await page.Context.CloseAsync();
    }

    private static async Task Begin(
        IPage desk,
        string title,
        string starts,
        string ends,
        string place,
        params string[] points
    )
    {
        await desk.GotoAsync("/es/plenaries/new");
        await desk.Locator("#Input_Title").FillAsync(title);
        await desk.Locator("#Input_Starts").FillAsync(starts);
        await desk.Locator("#Input_Ends").FillAsync(ends);
        await desk.Locator("#Input_Zone").FillAsync("Europe/Lisbon");
        await desk.Locator("#Input_Place").FillAsync(place);
        await desk.Locator("main form.session button").Last.ClickAsync();
        foreach (var point in points)
        {
            await desk.Locator("#title").FillAsync(point);
            await Press(desk, "Add");
            await Expect(desk, ".agenda").ToContainTextAsync(point);
        }
    }

    private static async Task Move(IPage desk, string path, string title, string text, string about, string? mandates)
    {
        await desk.GotoAsync($"/es{path}/motions/new");
        await desk.Locator("#motion-title").FillAsync(title);
        await desk.Locator("#motion-text").FillAsync(text);
        await desk.Locator("#about").SelectOptionAsync(about);
        if (mandates is not null)
        {
            await desk.Locator("details:has(input[name=Mandates]) > summary").ClickAsync();
            await desk.Locator($"input[name=Mandates][value='{mandates}']").CheckAsync();
        }
        await desk.Locator("main form button").Last.ClickAsync();
        await Expect(desk, "h1").ToContainTextAsync(title);
    }
}
