using System.Globalization;
using Microsoft.Playwright;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Acceptance.Browser;

/// <summary>A session with three clients: the desk, a delegate's phone, the screen on the wall.</summary>
[Collection("browser")]
public class PlenaryTests(Chromium chromium)
{
    private static Task Press(IPage page, string handler, string within = "main") =>
        page.Locator($"{within} button[formaction*='handler={handler}']").First.ClickAsync();

    /// <summary>Photographs a page at both widths when <c>PLENARIA_LOOK</c> names a folder.</summary>
    private static async Task Look(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("PLENARIA_LOOK") is not { Length: > 0 } folder)
            return;
        foreach (var width in new[] { 390, 1440 })
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.ScreenshotAsync(new() { FullPage = true, Path = Path.Combine(folder, $"{name}.{width}.png") });
        }
    }

    [Fact]
    public async Task A_session_is_called_twice_votes_from_a_phone_and_its_pages_are_without_fault_while_it_runs()
    {
        var (desk, phone, wall, still) = (
            await chromium.Open(),
            await chromium.Open(width: 390, height: 800),
            await chromium.Open(),
            await chromium.Open()
        );
        await chromium.SignIn(desk, Role.Staff);
        await chromium.SignInDelegate(phone, "ville-de-dakar");
        string Clock(int hour) =>
            DateTime
                .UtcNow.Date.AddDays(30)
                .AddHours(hour)
                .ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

        await desk.GotoAsync("/es/plenaries/new");
        await desk.Locator("#Input_Title").FillAsync("Plenaria de prueba");
        await desk.Locator("#Input_Starts").FillAsync(Clock(16));
        await desk.Locator("#Input_Ends").FillAsync(Clock(20));
        await desk.Locator("#Input_Zone").FillAsync("Europe/Lisbon");
        await desk.Locator("main form.session button").Last.ClickAsync();
        await desk.Locator("#title").FillAsync("Plan de trabajo");
        await Press(desk, "Add");
        await Assertions.Expect(desk.Locator(".agenda")).ToContainTextAsync("Plan de trabajo");
        await Chromium.Confirm(desk, "convene");
        var path = new Uri(desk.Url).AbsolutePath[3..^"/plan".Length];
        // The notice takes days that the test does not have.
        await chromium.House.ReachDay(path[(path.LastIndexOf('/') + 1)..]);

        await phone.GotoAsync($"/fr{path}/seat");
        await Press(phone, "Arrive");
        await Assertions.Expect(phone.Locator("main .card .state")).ToHaveTextAsync("Présent");
        await desk.GotoAsync($"/es{path}/desk");
        await Press(desk, "Call");
        await Assertions.Expect(desk.Locator("main")).ToContainTextAsync("Sin quórum");
        await Press(desk, "Call");
        await Press(desk, "Take");
        await phone.ReloadAsync();
        await Press(phone, "Ask");
        await desk.ReloadAsync();
        await Press(desk, "GiveFloor");
        await Assertions.Expect(desk.Locator("#floor ~ form strong").First).ToContainTextAsync("Dakar");
        await desk.Locator("#question").FillAsync("¿Se valida el plan de trabajo?");
        await desk.Locator("#method").SelectOptionAsync("ShowOfHands");
        await Press(desk, "Put");
        await wall.GotoAsync($"/es{path}/screen");
        await Assertions.Expect(wall.Locator("main h2")).ToHaveTextAsync("¿Se valida el plan de trabajo?");
        await phone.ReloadAsync();
        // A page that renews itself can be told to stand still.
        await still.GotoAsync($"/es{path}/screen");
        await still.Locator("main footer a").ClickAsync();
        var faults = new List<string>();
        foreach (var (page, name) in new[] { (desk, "desk"), (phone, "seat"), (still, "screen") })
        {
            await Look(page, name + "-voting");
            faults.AddRange(await AxeTests.Faults(page));
            Assert.Equal(
                0,
                await page.EvaluateAsync<int>(
                    "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
                )
            );
        }
        await phone.Locator("form.votes button[value=yes]").ClickAsync();
        await Assertions.Expect(phone.Locator(".ballot .notice")).ToContainTextAsync("Ville de Dakar");
        await desk.ReloadAsync();
        await Press(desk, "Close");
        await Assertions.Expect(desk.Locator(".vote .outcome").First).ToContainTextAsync("Aprobada");
        // The wall renews itself, without a script of its own.
        await Assertions
            .Expect(wall.Locator(".vote .outcome"))
            .ToContainTextAsync("Aprobada", new() { Timeout = 15_000 });
        await still.ReloadAsync();
        foreach (var (page, name) in new[] { (desk, "desk"), (still, "screen") })
        {
            await Look(page, name + "-voted");
            faults.AddRange(await AxeTests.Faults(page));
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }
}
