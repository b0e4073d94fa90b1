using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Plenaria.Tests.Acceptance.Browser;

/// <summary>
/// A request from the first form that the Secretariat fills in to the table it takes away: the Secretariat without
/// script, a member on a phone that loses its line.
/// </summary>
[Collection("browser")]
public class RequestPlayTests(Chromium chromium)
{
    private const string Dakar = "Ville de Dakar",
        SaintDenis = "Ville de Saint-Denis";

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name });

    private async Task<string> LinkOf(string email, string title)
    {
        var outbox = (await chromium.House.Visit().Get("/en/outbox")).Page;
        var letter = outbox
            .QuerySelectorAll(".letter")
            .First(l =>
                l.TextContent.Contains(email, StringComparison.OrdinalIgnoreCase)
                && l.TextContent.Contains(title, StringComparison.Ordinal)
            );
        return new Uri(
            Regex.Match(letter.QuerySelector("pre")!.TextContent, @"http\S+/answers/\S+").Value
        ).PathAndQuery;
    }

    private static async Task<string> Ask(IPage staff, string title, params string[] members)
    {
        await staff.GotoAsync("/en/requests/new");
        await staff.Locator("[name='Input.Title']").FillAsync(title);
        await staff.Locator("[name='Input.Form']").SelectOptionAsync("budgeting-survey");
        await staff.Locator("[name='Input.Due']").FillAsync("2099-12-31");
        await staff.Locator("main form button").First.ClickAsync();
        await staff.WaitForURLAsync(new Regex(@"/requests/\d+$"));
        foreach (var member in members)
        {
            await staff.Locator("#choose [name=named]").FillAsync(member);
            await staff.Locator("#choose button").ClickAsync();
            await Assertions.Expect(staff.Locator("main table")).ToContainTextAsync(member);
        }
        var path = new Uri(staff.Url).AbsolutePath;
        await Chromium.Confirm(staff, "send");
        await Assertions.Expect(staff.Locator(".acted")).ToContainTextAsync("Request sent");
        return path;
    }

    [Fact]
    public async Task A_request_is_sent_answered_on_a_phone_that_loses_its_line_reminded_and_taken_away()
    {
        var title = $"Request {Guid.NewGuid():N}";
        var (email, _) = await chromium.House.OpenDelegate(Dakar);
        var (silent, _) = await chromium.House.OpenDelegate(SaintDenis);
        var staff = await chromium.Open(script: false);
        await chromium.SignInStaff(staff);
        var path = await Ask(staff, title, Dakar, SaintDenis);

        var phone = await chromium.Open(width: 390, height: 800);
        await phone.GotoAsync(await LinkOf(email, title));
        await phone.Locator("[name='f.q1'][value=no]").CheckAsync();
        await phone.Locator("form.answers textarea").First.FillAsync("Answer from a tunnel");
        await phone.Context.SetOfflineAsync(true);
        await Button(phone, "Send the form").ClickAsync();
        await Assertions.Expect(phone.Locator("[data-line]")).ToContainTextAsync("There is no connection");
        await phone.Context.SetOfflineAsync(false);
        await Assertions
            .Expect(phone.Locator(".page-head [role=status]"))
            .ToContainTextAsync("We have received your answers");

        await staff.GotoAsync(path);
        await Assertions
            .Expect(staff.GetByRole(AriaRole.Row, new() { Name = Dakar }).Locator("a").Nth(1))
            .ToBeVisibleAsync();
        await Button(staff, "Remind 1 member").ClickAsync();
        await Assertions.Expect(staff.Locator(".acted")).ToContainTextAsync("Reminder sent");
        var outbox = (await chromium.House.Visit().Get("/en/outbox")).Page;
        int Letters(string to) =>
            outbox
                .QuerySelectorAll(".letter")
                .Count(l =>
                    l.TextContent.Contains(to, StringComparison.OrdinalIgnoreCase)
                    && l.TextContent.Contains(title, StringComparison.Ordinal)
                );
        Assert.Equal((1, 2), (Letters(email), Letters(silent)));
        var table = await staff.Context.APIRequest.GetAsync($"{path}/answers.csv");
        Assert.Contains("Answer from a tunnel", await table.TextAsync(), StringComparison.Ordinal);
    }
}
