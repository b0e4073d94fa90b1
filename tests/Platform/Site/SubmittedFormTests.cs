using System.Net;
using System.Text.Json;
using Plenaria.Platform.Access;
using Plenaria.Platform.Site;

namespace Plenaria.Tests.Platform.Site;

/// <summary>A form does its work once for each time it was shown and filled in, and its answer names it.</summary>
public class SubmittedFormTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    [Theory, BothDatabases]
    public async Task A_button_pressed_twice_writes_once_and_leads_to_the_same_place(Provider provider)
    {
        var house = await houses.On(provider);
        var anyone = house.Visit();
        var page = await anyone.Get("/en/contact");
        (string, string)[] fields =
        [
            ("Input.Name", "Somebody"),
            ("Input.Email", "somebody@example.org"),
            ("Input.Subject", $"Twice {provider}"),
            ("Input.Text", "Once is enough."),
        ];
        var first = await anyone.Submit(page, "main form", fields);
        var second = await anyone.Submit(page, "main form", fields);
        Assert.Equal(HttpStatusCode.Redirect, first.Status);
        Assert.Equal(first.Location, second.Location);
        Assert.Equal(1, await Received(house, $"Twice {provider}"));
        // The same form with another text is another message.
        await anyone.Submit(
            page,
            "main form",
            fields.Select(f => f.Item1 == "Input.Text" ? (f.Item1, "And more.") : f)
        );
        Assert.Equal(2, await Received(house, $"Twice {provider}"));
        // The same text in a form that was shown again is another message, too.
        await anyone.Submit("/en/contact", "main form", fields);
        Assert.Equal(3, await Received(house, $"Twice {provider}"));
    }

    [Theory, BothDatabases]
    public async Task Of_many_at_one_moment_one_writes_and_all_are_answered_alike(Provider provider)
    {
        var house = await houses.On(provider);
        var anyone = house.Visit();
        var page = await anyone.Get("/en/contact");
        (string, string)[] fields =
        [
            ("Input.Name", "Somebody"),
            ("Input.Email", "somebody@example.org"),
            ("Input.Subject", $"At once {provider}"),
            ("Input.Text", "Once is enough."),
        ];
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => anyone.Submit(page, "main form", fields)));
        Assert.All(answers, a => Assert.Equal(answers[0].Location, a.Location));
        Assert.Equal(1, await Received(house, $"At once {provider}"));
    }

    [Fact]
    public async Task What_was_refused_can_be_mended_and_sent()
    {
        var house = await houses.On(Provider.Sqlite);
        var anyone = house.Visit();
        var page = await anyone.Get("/en/contact");
        (string, string)[] fields =
        [
            ("Input.Name", "Somebody"),
            ("Input.Email", "no address"),
            ("Input.Subject", "Mended"),
            ("Input.Text", "Text."),
        ];
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await anyone.Submit(page, "main form", fields)).Status);
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await anyone.Submit(
                    page,
                    "main form",
                    fields.Select(f => f.Item1 == "Input.Email" ? (f.Item1, "somebody@example.org") : f)
                )
            ).Status
        );
        Assert.Equal(1, await Received(house, "Mended"));
    }

    [Fact]
    public async Task A_script_is_told_which_form_was_taken_and_nothing_else_is_an_acknowledgement()
    {
        var house = await houses.On(Provider.Sqlite);
        var anyone = house.Visit();
        var page = await anyone.Get("/en/contact");
        var key = page.Page.QuerySelector($"main input[name={FormKey.Field}]")!.GetAttribute("value")!;
        anyone.Http.DefaultRequestHeaders.Add(FormKey.Header, "1");
        (string, string)[] fields =
        [
            ("Input.Name", "Somebody"),
            ("Input.Email", "somebody@example.org"),
            ("Input.Subject", "By script"),
            ("Input.Text", "Text."),
        ];
        foreach (var _ in (int[])[1, 2])
        {
            var answer = await anyone.Submit(page, "main form", fields);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Equal(key, answer.Response.Headers.GetValues(FormKey.Header).Single());
            var said = JsonDocument.Parse(answer.Body).RootElement;
            Assert.Equal(key, said.GetProperty("acknowledges").GetString());
            Assert.Equal("/en/contact?sent=true", said.GetProperty("location").GetString());
        }
        var refused = await anyone.Submit(page, "main form", ("Input.Name", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(key, refused.Response.Headers.GetValues(FormKey.Header).Single());
        // Who is not signed in any more is told so, and is not shown a page that a script takes for success.
        using var left = new HttpRequestMessage(HttpMethod.Post, "/en/workspace")
        {
            Content = new FormUrlEncodedContent([new("a", "b")]),
        };
        var answer401 = await anyone.Http.SendAsync(left);
        Assert.Equal(HttpStatusCode.Unauthorized, answer401.StatusCode);
        Assert.False(answer401.Headers.Contains(FormKey.Header));
    }

    private static Task<int> Received(TestHost house, string subject) =>
        house.Within(async services =>
        {
            var staff = await house.Visit(Role.Staff);
            return (await staff.Get("/en/contact/received")).Body.Split(subject).Length - 1;
        });
}
