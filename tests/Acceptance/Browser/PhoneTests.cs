using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Acceptance.Browser;

/// <summary>The way into the network on a phone, line drops included, and what the house makes of it.</summary>
[Collection("browser")]
public class PhoneTests(Chromium chromium)
{
    private static ILocator Button(IPage page, string name) =>
        page.Locator("main").GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Field(IPage page, string label) => page.GetByLabel(label, new() { Exact = true });

    [Fact]
    public async Task A_city_applies_on_a_phone_over_a_line_that_drops_is_admitted_and_names_its_delegate()
    {
        var phone = await chromium.Open(width: 390, height: 800);
        await phone.GotoAsync("/en/members");
        await phone.GetByRole(AriaRole.Link, new() { Name = "Join the network" }).ClickAsync();
        await phone.GetByRole(AriaRole.Textbox).First.FillAsync("phone-city@example.org");
        await Button(phone, "Begin the form").ClickAsync();
        await Field(phone, "Name of the institution").FillAsync("Commune du Téléphone");
        await phone.Locator("#f-kind").SelectOptionAsync("LocalGovernment");
        await phone.Locator("#f-country").FillAsync("Senegal");
        // A question that depends on another comes up with its answer.
        await Assertions.Expect(phone.Locator("#f-population")).ToBeVisibleAsync();
        await phone.Locator("#f-kind").SelectOptionAsync("University");
        await Assertions.Expect(phone.Locator("#f-population")).ToBeHiddenAsync();
        await phone.Locator("#f-kind").SelectOptionAsync("LocalGovernment");
        await phone.Locator("#f-why").FillAsync("To learn from other cities.");

        // The page is closed before anything was sent: what was typed is there again.
        await phone.ReloadAsync();
        await Assertions.Expect(phone.Locator("#f-why")).ToHaveValueAsync("To learn from other cities.");
        await Assertions.Expect(phone.Locator("[data-line]")).ToContainTextAsync("has been restored");

        await phone.Locator("#f-person").FillAsync("Applicant");
        await phone.Locator("#f-title").FillAsync("Clerk");
        await phone.Locator("input[name='f.duties'][value=yes]").CheckAsync();
        // A photograph leaves smaller than it was taken.
        await phone
            .Locator("#f-letter")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "letter.png",
                    MimeType = "image/png",
                    Buffer = await Photograph(phone),
                }
            );
        await Assertions.Expect(phone.Locator("[data-size]")).ToContainTextAsync("letter.jpg");

        await phone.Context.SetOfflineAsync(true);
        await Button(phone, "Send the form").ClickAsync();
        await Assertions.Expect(phone.Locator("[data-line]")).ToContainTextAsync("There is no connection");
        await phone.Context.SetOfflineAsync(false);
        await Assertions
            .Expect(phone.Locator(".page-head [role=status]"))
            .ToContainTextAsync("We have received your application");

        var staff = await chromium.Open();
        await chromium.SignIn(staff, Role.Staff);
        await staff.GotoAsync("/en/workspace");
        await staff.GetByRole(AriaRole.Link, new() { Name = "Application: Commune du Téléphone" }).ClickAsync();
        await Assertions.Expect(staff.Locator(".given")).ToContainTextAsync("letter.jpg");
        await Button(staff, "Admit the institution").ClickAsync();
        await Assertions
            .Expect(staff.Locator(".page-head [role=status]"))
            .ToContainTextAsync("It is a member of the network");

        await phone.GotoAsync("/en/sign-in?return=/en/membership");
        await phone.Locator("#Email").FillAsync("phone-city@example.org");
        await phone.Locator("main form button").First.ClickAsync();
        await Assertions.Expect(phone).ToHaveURLAsync(new Regex("/sign-in/code"));
        await phone.GotoAsync("/en/outbox");
        var letter =
            await phone.Locator(".letter").Filter(new() { HasText = "phone-city@example.org" }).First.TextContentAsync()
            ?? "";
        await phone.GotoAsync(Regex.Match(letter, @"https?://\S*/sign-in/link\S*").Value);
        await phone.Locator("main form button").ClickAsync();
        await phone.GetByRole(AriaRole.Link, new() { Name = "Our part in the network" }).ClickAsync();
        await phone.GetByRole(AriaRole.Link, new() { Name = "Name a voting delegate" }).ClickAsync();
        await Field(phone, "Name").FillAsync("Delegate");
        await Field(phone, "Role").SelectOptionAsync("VotingDelegate");
        await Button(phone, "Name this person").ClickAsync();
        await phone.GotoAsync("/en/members/commune-du-telephone/part");
        await Assertions.Expect(phone.Locator("#done + ul")).ToContainTextAsync("Name a voting delegate");
    }

    [Fact]
    public async Task A_prospect_of_north_america_joins_and_the_composition_and_the_plan_both_show_it()
    {
        var staff = await chromium.Open();
        await chromium.SignIn(staff, Role.Staff);
        await staff.GotoAsync("/en/plans/2013/actions/9/instruments");
        await staff
            .Locator("#Choice")
            .SelectOptionAsync(
                new SelectOptionValue
                {
                    Label =
                        await staff
                            .Locator("#Choice option")
                            .Filter(new() { HasTextRegex = new Regex("Members: Northern America") })
                            .First.TextContentAsync()
                        ?? "",
                }
            );
        await Button(staff, "Link the action").ClickAsync();
        await staff.GotoAsync("/en/plans/2013/actions/9");
        var before = await Figure(staff).TextContentAsync() ?? "";

        await staff.GotoAsync("/en/outreach/city-of-example");
        await staff.Locator("#join-form button").ClickAsync();
        await staff.GotoAsync("/en/members/city-of-example");
        await Assertions.Expect(staff.Locator("h1")).ToContainTextAsync("City of Example");
        var anyone = await chromium.Open();
        await anyone.GotoAsync("/en/composition");
        await Assertions.Expect(anyone.Locator("main")).ToContainTextAsync("Northern America");
        await Assertions.Expect(anyone.Locator(".world a[href$='country=US']")).ToHaveCountAsync(1);
        await anyone.GotoAsync("/en/plans/2013/actions/9");
        await Assertions.Expect(Figure(anyone)).ToContainTextAsync($"{Number(before) + 1} member");
        await Figure(anyone).ClickAsync();
        await Assertions.Expect(anyone.Locator("main .actions")).ToContainTextAsync("City of Example");

        static ILocator Figure(IPage page) =>
            page.Locator(".figure a").Filter(new() { HasTextRegex = new Regex(@"\d+ members?\b") }).First;

        static int Number(string figure) => int.Parse(Regex.Match(figure, @"\d+").Value, CultureInfo.InvariantCulture);
    }

    /// <summary>A noisy picture, as large as a camera's, made in the page.</summary>
    private static async Task<byte[]> Photograph(IPage page) =>
        Convert.FromBase64String(
            await page.EvaluateAsync<string>(
                """
                async () => {
                  const sheet = new OffscreenCanvas(1200, 900), pen = sheet.getContext("2d"), picture = pen.createImageData(1200, 900);
                  for (let i = 0, x = 1; i < picture.data.length; i++) { x = (Math.imul(x, 1664525) + 1013904223) >>> 0; picture.data[i] = i % 4 == 3 ? 255 : x >>> 24; }
                  pen.putImageData(picture, 0, 0);
                  const bytes = new Uint8Array(await (await sheet.convertToBlob({ type: "image/png" })).arrayBuffer());
                  let text = "";
                  for (let i = 0; i < bytes.length; i += 32768) text += String.fromCharCode(...bytes.subarray(i, i + 32768));
                  return btoa(text);
                }
                """
            )
        );
}
