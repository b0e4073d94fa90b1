using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Plenaria.Platform.Access;
using Plenaria.Platform.Site.SetUp;
using SkiaSharp;

namespace Plenaria.Tests.Acceptance.Browser;

/// <summary>
/// From an empty folder to a public home page with members, a plan and a practice, by nothing but a browser and the
/// link that the program prints.
/// </summary>
[Collection("browser")]
public class FirstHourTests(Chromium chromium)
{
    private const string Members = """
        Name;Country;Kind
        Ciudad de Ejemplo Norte;Spain;local government
        Ville d’Exemple;France;local government
        Example University;Kenya;university
        """;

    private const string Plan = """
        # Work plan

        ## Knowledge

        - **A conference.** In July.
        - **An award.**
        """;

    private static byte[] Logo()
    {
        using var square = new SKBitmap(60, 60);
        square.Erase(SKColors.Teal);
        return square.Encode(SKEncodedImageFormat.Png, 90).ToArray();
    }

    private static FilePayload Csv(string text) =>
        new()
        {
            Name = "members.csv",
            MimeType = "text/csv",
            Buffer = Encoding.UTF8.GetBytes(text),
        };

    private static Task Press(IPage page, string button) =>
        page.Locator("main").GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First.ClickAsync();

    /// <summary>Presses a button and waits for the line that says what was done.</summary>
    private static async Task Do(IPage page, string button)
    {
        await Press(page, button);
        await Assertions.Expect(page.Locator(".acted")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_network_goes_from_an_empty_folder_to_a_public_home_page_without_leaving_the_browser()
    {
        await using var house = await TestHost.Open(
            Provider.Sqlite,
            withSample: false,
            replace: services => services.AddSingleton(new SignInOptions(SecondFactorForStaff: true))
        );
        var staff = await chromium.Open(house: house);
        await SetUp(staff, house.Services.GetRequiredService<SetUpKey>().Value);
        await Appear(staff);

        await staff.GotoAsync("/en/import/members");
        await staff.Locator("#Document").SetInputFilesAsync(Csv(Members));
        await Press(staff, "Read the file");
        await Press(staff, "Import the file");
        await Assertions.Expect(staff.Locator("main")).ToContainTextAsync("3 members");

        var year = DateTime.UtcNow.Year;
        await staff.GotoAsync("/en/plans/import");
        await staff.Locator("#Pasted").FillAsync(Plan);
        await staff.Locator("#Year").FillAsync($"{year}");
        await Press(staff, "Read the document");
        await Press(staff, $"Accept the plan for {year}");
        await Assertions.Expect(staff).ToHaveURLAsync(new Regex($"/plans/{year}$"));

        await staff.GotoAsync("/en/experiences/new");
        await staff.Locator("#Input_Title").FillAsync("A jury on water");
        await staff.Locator("#Input_Summary").FillAsync("Twenty people drawn by lot deliberated for three weekends.");
        await staff.Locator("#Input_Country").FillAsync("Kenya");
        await staff.Locator("#Input_Practice").SelectOptionAsync("practices:citizens-jury");
        await staff.Locator("button[formaction*=Draft]").ClickAsync();
        await Assertions.Expect(staff).ToHaveURLAsync(new Regex("/en/experiences/a-jury-on-water"));
        await Do(staff, "Publish the practice");

        foreach (var colleague in (string[])["first", "second"])
        {
            await staff.GotoAsync("/en/people");
            await staff.Locator("details.new summary").ClickAsync();
            await staff.Locator("#Input_Name").FillAsync(colleague);
            await staff.Locator("#Input_Email").FillAsync($"{colleague}@network.example");
            await staff.Locator("form:has(#Input_Email) button").ClickAsync();
            await Assertions.Expect(staff).ToHaveURLAsync(new Regex("/people/.+"));
        }
        // All but the mail: no server is set here.
        await staff.GotoAsync("/en/workspace");
        await Assertions.Expect(staff.Locator("#steps ~ ol li:not(.met)")).ToHaveCountAsync(1);
        await staff.Context.CloseAsync();

        var visitor = await chromium.Open(house: house);
        await visitor.GotoAsync("/");
        var main = visitor.Locator("main");
        await Assertions.Expect(visitor.Locator("h1")).ToHaveTextAsync("Network of Example Cities");
        await Assertions.Expect(visitor.Locator(".site-name img")).ToHaveCountAsync(1);
        await Assertions.Expect(main).ToContainTextAsync("Cities that learn from each other.");
        await Assertions.Expect(main).ToContainTextAsync(new Regex(@"3\s+members"));
        await visitor.GotoAsync($"/en/plans/{year}");
        await Assertions.Expect(main).ToContainTextAsync("A conference");
        await visitor.GotoAsync("/en/experiences");
        await Assertions.Expect(main).ToContainTextAsync("A jury on water");
        await visitor.Context.CloseAsync();
    }

    private static async Task SetUp(IPage page, string key)
    {
        await page.GotoAsync($"/en/set-up?token={key}");
        await page.Locator("#Input_Name").FillAsync("Network of Example Cities");
        await page.Locator("#Input_ShortName").FillAsync("Example Cities");
        await page.Locator("#Input_Prefix").FillAsync("NEC");
        await page.Locator("#Input_Email").FillAsync("secretary@network.example");
        await page.Locator("main form button").ClickAsync();
        await page.Locator("main form button").ClickAsync();
        // The second step of whoever keeps the network.
        await page.GotoAsync("/en/account/authenticator");
        var secret = await page.Locator("#Secret").GetAttributeAsync("value");
        var totp = new OtpNet.Totp(OtpNet.Base32Encoding.ToBytes(secret));
        await page.Locator("#Code").FillAsync(totp.ComputeTotp());
        await page.Locator("main form:has(#Code) button").ClickAsync();
        await Assertions.Expect(page.Locator(".codes code").First).ToBeVisibleAsync();
        await page.GotoAsync("/en/workspace");
        await Assertions.Expect(page.Locator("#steps ~ ol li")).ToHaveCountAsync(7);
    }

    private static async Task Appear(IPage page)
    {
        await page.GotoAsync("/en/settings");
        await page.Locator("#Input_Purposes_1_").FillAsync("Cities that learn from each other.");
        await Do(page, "Save the settings");
        await page.GotoAsync("/en/settings/appearance");
        await page.Locator("#Input_Logo")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "logo.png",
                    MimeType = "image/png",
                    Buffer = Logo(),
                }
            );
        await page.Locator("[name='Input.HasColour'][value=true]").CheckAsync();
        await page.Locator("#Input_Colour").FillAsync("#7a2f5b");
        await Do(page, "Save the settings");
        await Assertions.Expect(page.Locator("main .logo")).ToBeVisibleAsync();
        await page.GotoAsync("/en/settings/mail");
        await Press(page, "Send the test e-mail");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("is kept");
    }
}
