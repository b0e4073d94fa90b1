using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Acceptance.Browser;

/// <summary>
/// A practice told on a phone in Portuguese, kept while the line drops, published by an editor, found from French.
/// </summary>
[Collection("browser")]
public class PracticeTests(Chromium chromium)
{
    private static ILocator Button(IPage page, string name) =>
        page.Locator("main").GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    [Fact]
    public async Task A_practice_told_on_a_phone_in_Portuguese_is_published_and_found_from_French()
    {
        var phone = await chromium.Open(width: 390, height: 800);
        await chromium.SignIn(phone, Role.Member);
        await phone.GotoAsync("/pt/experiences/new");
        await phone.Locator("#Input_Title").FillAsync("Júri de cidadãos sobre a água");
        await phone
            .Locator("#Input_Summary")
            .FillAsync("Vinte pessoas sorteadas deliberaram durante três fins de semana.");
        await phone.Locator("#Input_Practice").SelectOptionAsync("practices:citizens-jury");
        // The page is closed before anything was sent: what was typed is there again.
        await phone.ReloadAsync();
        await Assertions.Expect(phone.Locator("#Input_Title")).ToHaveValueAsync("Júri de cidadãos sobre a água");
        await phone.Context.SetOfflineAsync(true);
        await phone.Locator("button[formaction*=Draft]").ClickAsync();
        await Assertions.Expect(phone.Locator("[data-line]")).ToBeVisibleAsync();
        await phone.Context.SetOfflineAsync(false);
        await Assertions.Expect(phone).ToHaveURLAsync(new Regex("/pt/experiences/juri-de-cidadaos"));

        // A draft is kept by the house a moment after the last key, with no button pressed.
        await phone.Locator("main .buttons a[href$='/edit']").ClickAsync();
        await phone.Locator("#Input_Narrative_0_").FillAsync("A água faltava todos os verões nos bairros altos.");
        await Assertions.Expect(phone.Locator("[data-line]")).ToContainTextAsync("UTC", new() { Timeout = 15_000 });
        Assert.Equal(
            0,
            await phone.EvaluateAsync<int>(
                "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
        );
        var address = phone.Url;
        await phone.GotoAsync(address.Replace("/edit", "", StringComparison.Ordinal));
        await Assertions.Expect(phone.Locator("main")).ToContainTextAsync("A água faltava");
        await phone.Locator("button[formaction*=Submit]").ClickAsync();
        await Assertions.Expect(phone.Locator("main .card .hint").First).ToBeVisibleAsync();

        var editor = await chromium.Open();
        await chromium.SignIn(editor, Role.Editor);
        await editor.GotoAsync("/en/workspace");
        await editor.GetByRole(AriaRole.Link, new() { Name = "Read: Júri de cidadãos sobre a água" }).ClickAsync();
        await Button(editor, "Publish the practice").ClickAsync();
        await Assertions.Expect(editor.Locator("main .card h2").First).ToHaveTextAsync("Published");

        var reader = await chromium.Open();
        await reader.GotoAsync("/fr");
        await reader.Locator("#q").FillAsync("jury citoyen");
        await reader.Keyboard.PressAsync("Enter");
        await Assertions.Expect(reader.Locator(".results")).ToContainTextAsync("Júri de cidadãos sobre a água");
        await reader.Locator(".results a", new() { HasText = "Júri de cidadãos" }).First.ClickAsync();
        await Assertions.Expect(reader.Locator("h1")).ToHaveTextAsync("Júri de cidadãos sobre a água");
    }
}
