using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Acceptance.Browser;

/// <summary>Passkeys as a browser makes and proves them, on an authenticator that Chromium plays.</summary>
[Collection("browser")]
public class PasskeyTests(Chromium chromium)
{
    private async Task<(IPage Page, ICDPSession Device, string Authenticator)> Open()
    {
        var page = await chromium.Open();
        var device = await page.Context.NewCDPSessionAsync(page);
        await device.SendAsync("WebAuthn.enable");
        var added = await device.SendAsync(
            "WebAuthn.addVirtualAuthenticator",
            new()
            {
                ["options"] = new Dictionary<string, object>
                {
                    ["protocol"] = "ctap2",
                    ["transport"] = "internal",
                    ["hasResidentKey"] = true,
                    ["hasUserVerification"] = true,
                    ["isUserVerified"] = true,
                    ["automaticPresenceSimulation"] = true,
                },
            }
        );
        return (page, device, added!.Value.GetProperty("authenticatorId").GetString()!);
    }

    /// <summary>A passkey belongs to a host name: the house under its name instead of its number.</summary>
    private string ByName(string path) =>
        chromium.House.Address.ToString().TrimEnd('/').Replace("127.0.0.1", "localhost", StringComparison.Ordinal)
        + path;

    [Fact]
    public async Task A_passkey_is_added_signs_in_alone_as_the_second_step_and_no_more_once_removed()
    {
        var (page, device, authenticator) = await Open();
        await chromium.SignIn(page, Role.Auditor, ByName(""));
        await page.GotoAsync(ByName("/en/account/passkeys"));
        await page.GetByLabel("Name").FillAsync("Work phone");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        // The first second step brings recovery codes.
        await Assertions.Expect(page.Locator(".codes code")).ToHaveCountAsync(8);

        await SignOut(page);
        await page.GotoAsync(ByName("/en/sign-in?return=/en/plans/2013"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/en/plans/2013$"));
        await Assertions.Expect(page.Locator(".site-head .own")).ToContainTextAsync("Sign out");

        await SignOut(page);
        await page.GotoAsync(ByName(await chromium.LinkFor(Role.Auditor)));
        await page.Locator("main form button").First.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/sign-in/second$"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/workspace$"));

        await page.GotoAsync(ByName("/en/account/passkeys"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove the passkey" }).ClickAsync();
        await Assertions.Expect(page.Locator(".empty")).ToBeVisibleAsync();
        await SignOut(page);
        await page.GotoAsync(ByName("/en/sign-in"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
        await Assertions
            .Expect(page.Locator("[role=alert]").Filter(new() { HasText = "does not work here" }))
            .ToBeVisibleAsync();

        // A device that does not know the person gives no key, and the page says what to do.
        await device.SendAsync(
            "WebAuthn.setUserVerified",
            new() { ["authenticatorId"] = authenticator, ["isUserVerified"] = false }
        );
        await page.GotoAsync(ByName("/en/sign-in"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
        await Assertions.Expect(page.Locator("form.passkey [role=alert]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_script_sign_in_offers_what_works_without_script()
    {
        var page = await chromium.Open(script: false);
        await page.GotoAsync("/en/sign-in");
        await Assertions.Expect(page.Locator("form.passkey")).ToBeHiddenAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Send me a link" })).ToBeVisibleAsync();
    }

    private async Task SignOut(IPage page)
    {
        await page.GotoAsync(ByName("/en/sign-out"));
        await page.Locator("main form button").ClickAsync();
        await Assertions.Expect(page.Locator(".site-head .own")).ToContainTextAsync("Sign in");
    }
}
