using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Comments;
using Plenaria.Exchange.Figures;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Tests.Knowledge.Exchange;

public class ThreadTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    [Theory, BothDatabases]
    public async Task A_question_to_the_network_is_answered_in_public_and_by_mail_and_helps(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var (city, staff) = (await house.Visit(Role.Member), await house.Visit(Role.Staff));
        var path = await city.Ask("How do you reach renters?", "We only meet **owners**.");
        Assert.Contains("How do you reach renters?", (await house.Visit().Get("/en/exchange")).Text("#questions ~ ul"));
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Reply(path, "Through their *landlords*.")).Status);
        var letter = Assert.Single(
            await house.LettersTo("member@example.org"),
            l => l.Text.Contains("landlords", StringComparison.Ordinal)
        );
        Assert.Equal(Language.French, letter.Language);
        Assert.DoesNotContain("staff@example.org", letter.Text);
        Assert.Contains($"/fr{path}", letter.Text);
        Assert.Contains("http://", letter.Text);

        const string reply = "Merci, nous essayons.\n\nLe 3 mars 2026, Plenaria a écrit :\n> Through their landlords.";
        await house.Mail("Delegate <MEMBER@example.org>", letter.ReplyToken!, "reply", reply);
        await house.Mail("member@example.org", letter.ReplyToken!, "reply", reply);
        Assert.Equal(
            "mail.about-nobody",
            (
                await Assert.ThrowsAsync<RuleViolationException>(() =>
                    house.Mail("editor@example.org", letter.ReplyToken!, "other", "I am somebody else")
                )
            ).Key
        );
        var page = await house.Visit().Get("/en" + path);
        Assert.Empty(page.Page.QuerySelectorAll(".in-other-language"));
        var inFrench = await house.Visit().Get("/fr" + path);
        Assert.Single(inFrench.Page.QuerySelectorAll(".in-other-language"));
        Assert.Equal("en", inFrench.Page.QuerySelector("h1 span")!.GetAttribute("lang"));
        Assert.Equal("en", (await house.Visit().Get("/fr/exchange")).Text("#questions ~ ul > li:first-child abbr"));
        Assert.Equal(3, page.Page.QuerySelectorAll("#messages ~ ol > li").Length);
        Assert.Contains("Merci, nous essayons.", page.Text("#messages ~ ol"));
        Assert.DoesNotContain("a écrit", page.Text("#messages ~ ol"));
        Assert.DoesNotContain("somebody else", page.Body);
        Assert.Contains("Ville de Dakar", page.Text("#messages ~ ol"));
        Assert.Single(
            (await house.LettersTo("staff@example.org")),
            l => l.Text.Contains("nous essayons", StringComparison.Ordinal)
        );

        Assert.Contains(
            "How do you reach renters?",
            (await house.Visit().Get("/en/search?q=landlords")).Text(".results")
        );
        var asked = await city.Get("/en" + path);
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await city.Press(asked, "#messages ~ ol > li:nth-child(2) form", "Helped")).Status
        );
        Assert.Contains("Useful answer", (await house.Visit().Get("/en" + path)).Body);
        Assert.DoesNotContain("renters", (await house.Visit().Get("/en/exchange")).Text("#questions ~ ul"));
        Assert.Contains("renters", (await house.Visit().Get("/en/exchange?state=answered")).Text("#questions ~ ul"));
        await Assert.ThrowsAsync<RuleViolationException>(() =>
            house.Mail("member@example.org", letter.ReplyToken!, "late", "Too late")
        );
        var told = JsonDocument
            .Parse((await house.Visit().Get("/api/v1/questions")).Body)
            .RootElement.GetProperty("questions")
            .EnumerateArray()
            .Single(q => q.GetProperty("title").GetString() == "How do you reach renters?");
        Assert.Equal("ville-de-dakar", told.GetProperty("member").GetString());
        Assert.True(told.GetProperty("messages")[1].GetProperty("helped").GetBoolean());
    }

    [Theory, BothDatabases]
    public async Task Two_cities_write_to_each_other_without_an_address_and_a_third_sees_nothing(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var (dakar, barcelona, third) = (
            await house.Visit(Role.Member),
            await house.ActsFor(Role.Juror, "ajuntament-de-barcelona"),
            await house.ActsFor(Role.Translator, "intendencia-de-montevideo")
        );
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (
                await dakar.Submit(
                    "/en/exchange/write",
                    "main form",
                    ("Input.To", "Prefeitura Municipal de Canoas"),
                    ("Input.Title", "A visit"),
                    ("Input.Text", "May we come?")
                )
            ).Status
        );
        var sent = await dakar.Submit(
            "/en/exchange/write",
            "main form",
            ("Input.To", "Ajuntament de Barcelona"),
            ("Input.Title", "A visit"),
            ("Input.Text", "May we come in May?")
        );
        var path = sent.Location![3..];
        var letter = Assert.Single(
            await house.LettersTo("juror@example.org"),
            l => l.Text.Contains("in May", StringComparison.Ordinal)
        );
        await house.Mail("juror@example.org", letter.ReplyToken!, "visit", "You are welcome.");
        var page = await dakar.Get("/en" + path);
        Assert.Contains("You are welcome.", page.Body);
        Assert.DoesNotContain("@example.org", page.Body + (await barcelona.Get("/en" + path)).Body);
        Assert.DoesNotContain(
            "@example.org",
            string.Join(
                '\n',
                (await house.LettersTo("juror@example.org"))
                    .Concat(await house.LettersTo("member@example.org"))
                    .Select(l => l.Subject + l.Text)
            )
        );
        foreach (var other in (Browser[])[third, await house.Visit(Role.Staff), house.Visit()])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await other.Get("/en" + path)).Status);
            Assert.DoesNotContain("A visit", (await other.Get("/en/exchange")).Body);
        }
        Assert.DoesNotContain("A visit", (await house.Visit().Get("/api/v1/questions")).Body);
    }

    [Theory, BothDatabases]
    public async Task A_question_to_an_office_waits_for_its_people_and_its_answer_counts(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var (city, office) = (await house.Visit(Role.Member), await house.WorksFor("dakar"));
        // The office of the member's country is offered first.
        var sent = await city.Submit(
            "/en/exchange/office",
            "main form",
            ("Input.Title", "Whom do we ask for training?"),
            ("Input.Text", "We are new.")
        );
        var path = sent.Location![3..];
        Assert.Contains("training", (await office.Get("/en/workspace")).Body);
        Assert.Contains(
            await house.LettersTo("regional@example.org"),
            l => l.Text.Contains("We are new.", StringComparison.Ordinal)
        );
        Assert.Equal(HttpStatusCode.NotFound, (await house.Visit().Get("/en" + path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await house.Visit(Role.Editor)).Get("/en" + path)).Status);
        Assert.Equal(HttpStatusCode.OK, (await (await house.Visit(Role.Staff)).Get("/en" + path)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await office.Reply(path, "Ask us: every Tuesday.")).Status);
        Assert.DoesNotContain("training", (await office.Get("/en/workspace")).Body);
        Assert.Contains(
            await house.LettersTo("member@example.org"),
            l => l.Text.Contains("every Tuesday", StringComparison.Ordinal)
        );
        var id = await house.Within(services => Exchanging.OfficeId(services, "dakar"));
        var figures = await house.Within(services =>
            services
                .GetRequiredService<ExchangeInstruments>()
                .Measure(id.ToString(), new(new(2000, 1, 1), new(2999, 12, 31)), default)
        );
        Assert.Equal(
            [("exchange.questions-answered", 1), ("exchange.questions-asked", 1), ("exchange.collection-entries", 1)],
            figures.Select(f => (f.TextKey, (int)f.Value))
        );
        var counted = await house.Visit().Get("/en" + figures[0].RecordsPath);
        Assert.Equal(1, counted.Page.QuerySelectorAll("main ol.actions > li").Length);
        Assert.DoesNotContain("training", counted.Body);
    }

    [Theory, BothDatabases]
    public async Task A_comment_reaches_the_owner_and_hostile_text_stays_text(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var owner = await house.ActsFor(Role.Juror, "enda-ecopop");
        var city = await house.Visit(Role.Member);
        var experience = await house.Visit().Get("/en/experiences/budget-participatif-de-fissel");
        var reference = experience.Page.QuerySelector(".reference")!.TextContent;
        var sent = await city.Submit(
            $"/en/exchange/about/{reference}",
            "main form",
            ("Input.Text", "Was it <script>alert(1)</script> [easy](javascript:alert(2))?")
        );
        Assert.Contains(
            await house.LettersTo("juror@example.org"),
            l => l.Text.Contains("<script>", StringComparison.Ordinal)
        );
        var page = await house.Visit().Get(sent.Location!);
        Assert.DoesNotContain("<script>alert", page.Body);
        Assert.DoesNotContain(
            "javascript:",
            page.Page.QuerySelector("#messages ~ ol")!
                .InnerHtml.Replace("&", "", StringComparison.Ordinal)
                .Replace("(javascript:alert(2))", "", StringComparison.Ordinal)
        );
        var beside = await house.Visit().Get("/en/experiences/budget-participatif-de-fissel");
        Assert.Contains("Questions and comments", beside.Body);
        Assert.DoesNotContain("<script>alert", beside.Body);
        Assert.Contains(
            $"/exchange/about/{reference}",
            (await owner.Get("/en/experiences/budget-participatif-de-fissel")).Body
        );
    }

    [Theory, BothDatabases]
    public async Task Of_two_who_close_at_once_the_second_is_told(Provider provider)
    {
        var house = await houses.On(provider);
        var (city, staff) = (await house.Visit(Role.Member), await house.Visit(Role.Staff));
        var path = await city.Ask($"Closed once {Guid.NewGuid():N}");
        var (first, second) = (await city.Get("/en" + path), await staff.Get("/en" + path));
        Assert.Equal(HttpStatusCode.Redirect, (await city.Press(first, "#keeping", "Close")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Press(second, "#keeping", "Close")).Status);
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await staff.Press(await staff.Get("/en" + path), "#keeping", "Reopen")).Status
        );
        Assert.Equal(HttpStatusCode.Redirect, (await city.Reply(path, "One more thing")).Status);
    }

    [Theory, BothDatabases]
    public async Task Those_who_write_at_once_are_all_heard(Provider provider)
    {
        var house = await houses.On(provider);
        var (city, staff, editor) = (
            await house.Visit(Role.Member),
            await house.Visit(Role.Staff),
            await house.Visit(Role.Editor)
        );
        var path = await city.Ask($"At once {Guid.NewGuid():N}");
        var pages = await Task.WhenAll(
            ((Browser[])[city, staff, editor]).Select(async who => (Who: who, Page: await who.Get("/en" + path)))
        );
        var answers = await Task.WhenAll(
            pages.Select((p, i) => p.Who.Submit(p.Page, "#post", ("Input.Text", $"Voice {i}")))
        );
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a.Status));
        Assert.Equal(4, (await city.Get("/en" + path)).Page.QuerySelectorAll("#messages ~ ol > li").Length);
    }

    [Theory, BothDatabases]
    public async Task What_is_withdrawn_is_erased_and_who_stopped_following_hears_no_more(Provider provider)
    {
        var house = await houses.On(provider);
        var (city, editor) = (await house.Visit(Role.Member), await house.Visit(Role.Editor));
        var secret = Guid.NewGuid().ToString("N");
        var path = await city.Ask($"Withdrawn {secret[..6]}");
        await editor.Reply(path, $"A secret {secret}");
        var page = await editor.Get("/en" + path);
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await editor.Press(page, "#messages ~ ol > li:nth-child(2) form", "Withdraw")).Status
        );
        var after = await house.Visit().Get("/en" + path);
        Assert.DoesNotContain(secret, after.Body);
        Assert.Contains("This comment was withdrawn.", after.Body);
        Assert.False(
            await house.Within(async services =>
                (
                    await services.GetRequiredService<PlenariaDb>().Set<Comment>().Select(c => c.Text).ToListAsync()
                ).Exists(text => text.ToString().Contains(secret, StringComparison.Ordinal))
            )
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await city.Press(await city.Get("/en" + path), "#following", "Unfollow")).Status
        );
        await editor.Reply(path, $"Unheard {secret}");
        Assert.DoesNotContain(
            await house.LettersTo("member@example.org"),
            l => l.Text.Contains($"Unheard {secret}", StringComparison.Ordinal)
        );
        // The question itself: it is in no list and the register says that it was withdrawn.
        var asked = await city.Get("/en" + path);
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await city.Press(asked, "#messages ~ ol > li:nth-child(1) form", "Withdraw")).Status
        );
        await RequireNowhere(house, path, secret[..6]);
    }

    /// <summary>Nobody outside reads these words in lists, on the page, in the API or in feeds.</summary>
    private static async Task RequireNowhere(TestHost house, string path, string words)
    {
        string[] places =
        [
            "/en/exchange?state=all",
            "/en" + path,
            "/api/v1/questions",
            $"/api/v1/comments/conversation/{path.Split('/')[^1]}",
            "/feed.atom",
            $"/en/search?q={words}",
        ];
        foreach (var place in places)
            Assert.DoesNotContain(
                $"Withdrawn {words}",
                (await house.Visit().Get(place)).Body,
                StringComparison.Ordinal
            );
    }

    [Theory, BothDatabases]
    public async Task A_hidden_question_is_read_nowhere_until_it_is_shown_again(Provider provider)
    {
        var house = await houses.On(provider);
        var (city, staff) = (await house.Visit(Role.Member), await house.Visit(Role.Staff));
        var words = Guid.NewGuid().ToString("N")[..8];
        var path = await city.Ask($"Withdrawn {words}");
        const string first = "#messages ~ ol > li:nth-child(1) form";
        var page = await staff.Get("/en" + path);
        // Who moderates hides, and does not erase what is somebody else's.
        Assert.Empty(page.Page.QuerySelectorAll($"{first} button[formaction*='handler=Withdraw']"));
        var hidden = await staff.Press(page, $"{first}:has([name=reason])", "Hide", ("reason", "Not a question."));
        Assert.Equal(HttpStatusCode.Redirect, hidden.Status);
        await RequireNowhere(house, path, words);
        Assert.Contains(words, (await city.Get("/en" + path)).Text("h1"));
        var shown = await staff.Press(await staff.Get("/en" + path), first, "Restore");
        Assert.Equal(HttpStatusCode.Redirect, shown.Status);
        Assert.Contains(words, (await house.Visit().Get("/en/exchange")).Body);
        Assert.Contains(words, (await house.Visit().Get("/en" + path)).Text("h1"));
    }

    [Theory, BothDatabases]
    public async Task Nobody_writes_more_than_thirty_messages_an_hour_and_a_refused_form_keeps_its_text(
        Provider provider
    )
    {
        await using var house = await TestHost.Open(provider);
        var editor = await house.Visit(Role.Editor);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (
                await editor.Submit(
                    "/en/exchange/ask",
                    "main form",
                    ("Input.Title", ""),
                    ("Input.Text", "Kept as typed")
                )
            ).Status
        );
        var path = await editor.Ask("Many");
        HttpStatusCode status;
        var count = 0;
        Answer answer;
        do
        {
            answer = await editor.Reply(path, $"Message {count}");
            status = answer.Status;
        } while (status == HttpStatusCode.Redirect && ++count < 40);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.InRange(count, 27, 29);
        Assert.Contains($"Message {count}</textarea>", answer.Body);
    }
}
