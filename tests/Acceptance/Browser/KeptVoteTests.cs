using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Acceptance.Browser;

/// <summary>
/// A vote stays in the browser of its person until the server acknowledges it, whatever else answers meanwhile.
/// </summary>
[Collection("browser")]
public class KeptVoteTests(Chromium chromium)
{
    private const string Dakar = "ville-de-dakar",
        SaintDenis = "ville-de-saint-denis";
    private const string Ended = "Your sign-in has ended",
        Kept = "The vote is kept",
        Received = "✓ The vote of";
    private const string Length =
        "JSON.parse(localStorage.getItem(`votes ${document.documentElement.dataset.person}`) ?? '[]').length";

    /// <summary>A session in which delegates of these members vote from their phones, and its desk.</summary>
    private sealed record Sitting(Testing.Browser Desk, string Path)
    {
        public string Seat => $"/en{Path}/seat";

        public async Task Press(string page, string button, params IEnumerable<(string, string)> fields)
        {
            var form = $"form:has(button[formaction$='handler={button}'])";
            var answer = await Desk.Press(await Desk.Get($"/en{Path}/{page}"), form, button, fields);
            Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        }

        public Task Put(string method = "RollCall") =>
            Press("desk", "Put", ("question", $"Agreed, {Guid.NewGuid():N}?"), ("method", method));

        public async Task<(int Yes, int No, int Abstentions)> Close()
        {
            var answer = await Desk.Submit(await Desk.Get($"/en{Path}/vote/close"), "#confirm");
            Assert.Equal(HttpStatusCode.Redirect, answer.Status);
            var session = JsonDocument.Parse((await Desk.Get($"/api/v1{Path}")).Body).RootElement;
            var vote = session.GetProperty("votes").EnumerateArray().Last();
            int Of(string name) => vote.GetProperty(name).GetInt32();
            return (Of("yes"), Of("no"), Of("abstentions"));
        }
    }

    private async Task<Sitting> Open(params IReadOnlyList<IPage> phones)
    {
        var desk = await chromium.House.Visit(Role.Staff);
        var day = DateTime.UtcNow.Date.AddDays(30);
        string Clock(int hour) => day.AddHours(hour).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
        var begun = await desk.Submit(
            "/en/plenaries/new",
            "main form",
            ("Input.Title", $"Session {Guid.NewGuid():N}"),
            ("Input.Starts", Clock(10)),
            ("Input.Ends", Clock(14)),
            ("Input.Zone", "UTC")
        );
        var sitting = new Sitting(desk, begun.Location![3..^"/plan".Length]);
        await sitting.Press("plan", "Add", ("title", "Work plan"));
        Assert.Equal(HttpStatusCode.Redirect, (await desk.Submit($"/en{sitting.Path}/convene", "#confirm")).Status);
        await chromium.House.ReachDay(sitting.Path[(sitting.Path.LastIndexOf('/') + 1)..]);
        foreach (var phone in phones)
        {
            await phone.GotoAsync(sitting.Seat);
            await phone.Locator("button[value=Hall]").ClickAsync();
            await Expect(phone, ".card .state").ToHaveTextAsync("Present");
        }
        await sitting.Press("desk", "Call");
        await sitting.Press("desk", "Call");
        return sitting;
    }

    private static ILocatorAssertions Expect(IPage page, string selector) =>
        Assertions.Expect(page.Locator($"main {selector}").First);

    private static Task Vote(IPage page, string option) =>
        page.Locator($"form.votes button[value={option}]").ClickAsync();

    private static Task<int> InQueue(IPage page) => page.EvaluateAsync<int>($"() => {Length}");

    private static Task EmptyQueue(IPage page) => page.WaitForFunctionAsync($"() => {Length} === 0");

    private static Task Answer502(IRoute route) =>
        route.FulfillAsync(
            new()
            {
                Status = 502,
                ContentType = "text/html",
                Body = "<html><body><h1>502 Bad Gateway</h1></body></html>",
            }
        );

    [Theory]
    [InlineData("RollCall", false)]
    [InlineData("Secret", true)]
    public async Task A_vote_that_met_a_proxys_error_and_an_ended_sign_in_is_kept_said_and_counted_once(
        string method,
        bool wasTaken
    )
    {
        var phone = await chromium.Open(390, 800);
        var email = await chromium.SignInDelegate(phone, Dakar);
        var sitting = await Open(phone);
        await sitting.Put(method);
        await phone.GotoAsync(sitting.Seat);
        var attempts = 0;
        await phone.RouteAsync(
            "**/seat?handler=Vote",
            async route =>
            {
                if (Interlocked.Increment(ref attempts) > 1)
                {
                    await route.ContinueAsync();
                    return;
                }
                // The server may have taken it before the proxy lost its answer.
                if (wasTaken)
                    await route.FetchAsync();
                // Ended before the script tries again.
                await chromium.House.EndSignIns(email);
                await Answer502(route);
            }
        );
        await Vote(phone, "yes");
        await Expect(phone, "[data-line]").ToContainTextAsync(Kept);
        await Expect(phone, "h1").ToHaveTextAsync("My seat");
        await Expect(phone, "[data-line]").ToContainTextAsync(Ended, new() { Timeout = 15_000 });
        await Expect(phone, "form.votes button").ToBeDisabledAsync();
        await Expect(phone, "h1").ToHaveTextAsync("My seat");
        Assert.Equal(1, await InQueue(phone));

        // The way back leads to the seat, and the seat sends it.
        await phone.Locator("main [data-line] a").ClickAsync();
        await chromium.SignInByMail(phone, email);
        await Assertions.Expect(phone).ToHaveURLAsync(new Regex(Regex.Escape(sitting.Seat) + "$"));
        await Expect(phone, ".ballot .notice").ToContainTextAsync(Received);
        if (method == "Secret")
            await Expect(phone, "").ToContainTextAsync("Your tracking code is");
        // The page said so before its script had read it.
        await EmptyQueue(phone);
        Assert.Equal((1, 0, 0), await sitting.Close());
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task A_vote_is_neither_shown_to_the_next_person_on_the_browser_nor_sent_by_them()
    {
        var phone = await chromium.Open(390, 800);
        var first = await chromium.SignInDelegate(phone, Dakar);
        var sitting = await Open(phone);
        await sitting.Put();
        await phone.GotoAsync(sitting.Seat);
        await phone.RouteAsync("**/seat?handler=Vote", Answer502);
        await Vote(phone, "no");
        await Expect(phone, "[data-line]").ToContainTextAsync(Kept);
        await phone.UnrouteAsync("**/seat?handler=Vote");
        await chromium.House.EndSignIns(first);

        // The next is a delegate of the same member: nothing but the queue would keep the vote of the first apart.
        var second = await chromium.SignInDelegate(phone, Dakar);
        var sent = 0;
        phone.Request += (_, request) =>
            sent += request.Url.EndsWith("?handler=Vote", StringComparison.Ordinal) ? 1 : 0;
        await phone.GotoAsync(sitting.Seat);
        await phone.WaitForLoadStateAsync(LoadState.Load);
        await Expect(phone, "form.votes button").ToBeEnabledAsync();
        await Expect(phone, "[data-line]").ToBeHiddenAsync();
        Assert.Equal((0, 0), (sent, await InQueue(phone)));
        await chromium.House.EndSignIns(second);

        // The first comes back, and theirs is sent.
        await phone.GotoAsync(sitting.Seat);
        await chromium.SignInByMail(phone, first);
        await Expect(phone, ".ballot .notice").ToContainTextAsync(Received);
        Assert.Equal((0, 1, 0), await sitting.Close());
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task A_vote_of_another_tabs_person_is_not_sent_in_the_name_of_who_signed_in_meanwhile()
    {
        var phone = await chromium.Open(390, 800);
        var first = await chromium.SignInDelegate(phone, Dakar);
        var sitting = await Open(phone);
        await sitting.Put();
        await phone.GotoAsync(sitting.Seat);
        await chromium.House.EndSignIns(first);
        var other = await phone.Context.NewPageAsync();
        await chromium.SignInDelegate(other, Dakar);
        await phone.BringToFrontAsync();
        // The page still is the first person's; its cookie is the second's.
        await Vote(phone, "yes");
        await Expect(phone, "[data-line]").ToContainTextAsync(Ended);
        Assert.Equal(1, await InQueue(phone));
        Assert.Equal((0, 0, 0), await sitting.Close());
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task Only_an_answer_that_names_the_vote_twice_acknowledges_it()
    {
        var phone = await chromium.Open(390, 800);
        await chromium.SignInDelegate(phone, Dakar);
        var sitting = await Open(phone);
        await sitting.Put();
        await phone.GotoAsync(sitting.Seat);
        var key = await phone.Locator("form.votes input[name=__key]").InputValueAsync();
        RouteFulfillOptions Json(string named, string? header) =>
            new()
            {
                ContentType = "application/json",
                Body = JsonSerializer.Serialize(new { acknowledges = named, location = sitting.Seat }),
                Headers = header is null ? [] : new Dictionary<string, string> { ["X-Form"] = header },
            };
        // A page of a proxy or a captive portal; an answer that something between kept of another vote, or without its
        // header.
        RouteFulfillOptions[] answers =
        [
            new()
            {
                ContentType = "text/html",
                Body = "<html><body><main><h1>Welcome to our network</h1></main></body></html>",
            },
            Json(key, header: null),
            Json("another", header: key),
            Json(key, header: "another"),
        ];
        var attempts = 0;
        await phone.RouteAsync(
            "**/seat?handler=Vote",
            async route =>
            {
                var attempt = attempts++;
                if (attempt < answers.Length)
                    await route.FulfillAsync(answers[attempt]);
                else
                    await route.ContinueAsync();
            }
        );
        await Vote(phone, "abstain");
        for (var n = 1; n <= answers.Length; n++)
        {
            await Expect(phone, "[data-line]").ToContainTextAsync(Kept);
            await Expect(phone, "h1").ToHaveTextAsync("My seat");
            Assert.Equal(1, await InQueue(phone));
            // The next attempt does not wait for its pause.
            await phone.RunAndWaitForResponseAsync(
                () => phone.EvaluateAsync("() => dispatchEvent(new Event('online'))"),
                r => r.Url.EndsWith("?handler=Vote", StringComparison.Ordinal)
            );
        }
        await Expect(phone, ".ballot .notice").ToContainTextAsync(Received);
        Assert.Equal((0, 0, 1), await sitting.Close());
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task A_vote_that_comes_too_late_is_refused_in_words_and_leaves_the_browser()
    {
        var phone = await chromium.Open(390, 800);
        await chromium.SignInDelegate(phone, Dakar);
        var sitting = await Open(phone);
        await sitting.Put();
        await phone.GotoAsync(sitting.Seat);
        await phone.RouteAsync("**/seat?handler=Vote", Answer502);
        await Vote(phone, "yes");
        await Expect(phone, "[data-line]").ToContainTextAsync(Kept);
        Assert.Equal((0, 0, 0), await sitting.Close());
        await phone.UnrouteAsync("**/seat?handler=Vote");
        await Expect(phone, "[data-line]").ToContainTextAsync("The ballot is closed", new() { Timeout = 20_000 });
        await EmptyQueue(phone);
        // The reason stands until the next question.
        await sitting.Press("desk", "Speakers");
        await Expect(phone, ".card button[value=Contribution]").ToHaveCountAsync(0, new() { Timeout = 15_000 });
        await Expect(phone, "[data-line]").ToContainTextAsync("The ballot is closed");
        await sitting.Put();
        await Expect(phone, "form.votes button").ToBeEnabledAsync(new() { Timeout = 15_000 });
        await Expect(phone, "[data-line]").ToBeHiddenAsync();
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task A_seat_whose_sign_in_ended_says_so_and_stays_when_the_session_goes_on()
    {
        var phone = await chromium.Open(390, 800);
        var email = await chromium.SignInDelegate(phone, SaintDenis);
        var sitting = await Open(phone);
        await phone.GotoAsync(sitting.Seat);
        await Expect(phone, ".card").ToBeVisibleAsync();
        // The page listens once its stream has said where the session stands.
        await phone.WaitForLoadStateAsync(LoadState.Load);
        await chromium.House.EndSignIns(email);
        await Expect(phone, "h1").ToHaveTextAsync("My seat");
        await sitting.Put();
        await Expect(phone, "[data-line]").ToContainTextAsync("no longer being updated", new() { Timeout = 20_000 });
        await Expect(phone, "h1").ToHaveTextAsync("My seat");
        await Expect(phone, ".card .state").ToHaveTextAsync("Present");
        await phone.Locator("main [data-line] a").ClickAsync();
        await chromium.SignInByMail(phone, email);
        await Expect(phone, "form.votes button").ToBeEnabledAsync();
        await phone.Context.CloseAsync();
    }
}
