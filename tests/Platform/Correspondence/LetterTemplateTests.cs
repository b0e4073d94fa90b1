using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Modules;

namespace Plenaria.Tests.Platform.Correspondence;

/// <summary>The network words its letters in the browser, and none leaves that its reader could not use.</summary>
public class LetterTemplateTests
{
    private const string Pages = "/administration/mail/templates",
        SignIn = "access.sign-in",
        Subject = "Texts[0]",
        Text = "Texts[1]";

    private static string PageOf(string key, string language = "en") => $"/{language}{Pages}/{key}";

    private static Task<Answer> Save(Browser staff, Answer page, string subject, string text) =>
        staff.Submit(page, "#words", (Subject, subject), (Text, text));

    private static async Task<Answer> Save(Browser staff, string key, string subject, string text) =>
        await Save(staff, await staff.Get(PageOf(key)), subject, text);

    private static Task<string> Say(TestHost house, Language language, string key, params (string, object?)[] values) =>
        house.Within(s => Task.FromResult(s.GetRequiredService<Localizer>().Get(language, key, values)));

    private static Task<string> Shipped(TestHost house, Language language, string key) =>
        house.Within(s => Task.FromResult(s.GetRequiredService<Localizer>().GetShipped(language, key)));

    // As an earlier version would have stored it.
    private static Task Store(
        TestHost house,
        string template,
        Dictionary<string, string> texts,
        Dictionary<string, string>? shipped = null
    ) =>
        house.Within(async s =>
        {
            var db = s.GetRequiredService<PlenariaDb>();
            var wording = new LetterWording
            {
                Id = Guid.CreateVersion7(),
                Template = template,
                Language = Language.English,
            };
            var localizer = s.GetRequiredService<Localizer>();
            wording.Reword(
                texts,
                shipped ?? texts.ToDictionary(t => t.Key, t => localizer.GetShipped(Language.English, t.Key))
            );
            db.Add(wording);
            s.GetRequiredService<Plenaria.Platform.Journal.Journal>()
                .Append(house.Acting(), wording.Stream, "mail.template-saved", null, new { }, marks: []);
            await db.SaveChangesAsync();
            s.GetRequiredService<WordingOverrides>().Forget();
        });

    [Theory, BothDatabases]
    public async Task A_letter_says_what_staff_wrote_in_that_language_alone_and_goes_back_to_the_shipped_text(
        Provider provider
    )
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        var saved = await Save(staff, SignIn, "Come in to {network}", "Your way in:\n{link}\n\n{code}");
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        var page = await staff.Get(PageOf(SignIn));
        Assert.Contains("Text of the letter saved", page.Text("[role=status]"));
        Assert.Contains("Your way in:", page.Text("#words textarea"));
        Assert.Contains("Changed: English", (await staff.Get("/en" + Pages)).Text("main"));

        async Task<OutboxMessage> Ask(string language)
        {
            var before = DateTimeOffset.UtcNow;
            var asked = await house.Visit().Submit($"/{language}/sign-in", "main form", ("Email", "staff@example.org"));
            Assert.Equal(HttpStatusCode.Redirect, asked.Status);
            return await house.Within(s =>
                s.GetRequiredService<PlenariaDb>()
                    .Set<OutboxMessage>()
                    .OrderByDescending(l => l.Id)
                    .FirstAsync(l => l.To == "staff@example.org" && l.CreatedAt > before)
            );
        }
        var english = await Ask("en");
        Assert.StartsWith("Come in to ", english.Subject);
        Assert.StartsWith("Your way in:\nhttp", english.Text);
        Assert.DoesNotContain("{", english.Text);
        Assert.DoesNotContain("Come in to", (await Ask("fr")).Subject);

        var reset = await staff.Press(page, "#reset", "Reset");
        Assert.Equal(HttpStatusCode.Redirect, reset.Status);
        var network = ("network", (object?)"N");
        var shipped = (await Shipped(house, Language.English, "access.mail.subject")).Replace("{network}", "N");
        Assert.Equal(shipped, await Say(house, Language.English, "access.mail.subject", network));
        // The line that says so offers to undo it.
        page = await staff.Get(PageOf(SignIn));
        var undo = page.Page.QuerySelectorAll("form").First(f => f.GetAttribute("action")?.Contains("Restore") == true);
        undo.Id = "undo";
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit(page, "#undo")).Status);
        Assert.Equal("Come in to N", await Say(house, Language.English, "access.mail.subject", network));
        // It is undone once.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Undo(staff, page)).Status);
    }

    private static async Task<Answer> Undo(Browser staff, Answer page)
    {
        var undo = page.Page.QuerySelector("#undo")!;
        undo.QuerySelector("input[name=__key]")!.Remove();
        return await staff.Submit(page, "#undo");
    }

    [Theory]
    [InlineData("", "Write a text")]
    [InlineData("  \n ", "Write a text")]
    [InlineData("{link} {code} {lnik}", "{lnik} is no placeholder")]
    [InlineData("{link}", "add it: {code}")]
    [InlineData("{link} {code} {minutes, plural, one {minute} other {minutes}}", "Curly brackets")]
    [InlineData("{link} {code} {", "Curly brackets")]
    [InlineData("{link}{code}", "{link} is a link: let it stand alone")]
    [InlineData("https://evil.example/?u={link} {code}", "{link} is a link: let it stand alone")]
    [InlineData("{link} {code} www.evil.example", "may contain no other web address")]
    [InlineData("{link} {code} {{network}}", "Curly brackets")]
    public async Task A_text_that_no_reader_could_use_is_refused_at_its_field(string text, string told)
    {
        await using var house = await TestHost.Open(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        var refused = await Save(staff, SignIn, "Subject", text);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(told, refused.Text("#Texts_1_-error"));
        Assert.Empty(refused.Text("#Texts_0_-error"));
        Assert.Equal(0, await house.Within(s => s.GetRequiredService<PlenariaDb>().Set<LetterWording>().CountAsync()));
    }

    [Theory, BothDatabases]
    public async Task Hostile_text_changes_no_header_and_no_page(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        const string good = "{link} {code}";
        var page = await staff.Get(PageOf(SignIn));
        var injected = await Save(staff, page, "Hello\r\nBcc: everybody@example.org", good);
        Assert.Contains("in one line", injected.Text("#Texts_0_-error"));
        var separated = await Save(staff, page, "Hello\u2028Bcc: everybody@example.org", good);
        Assert.Contains("in one line", separated.Text("#Texts_0_-error"));
        var tooLong = await Save(staff, page, "Subject", good + new string('a', 200_000));
        Assert.Contains("10,000 is the most", tooLong.Text("#Texts_1_-error"));
        Assert.Contains(
            "200 is the most",
            (await Save(staff, page, new string('a', 201), good)).Text("#Texts_0_-error")
        );
        // Half of a character, and markup: kept as text.
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await Save(staff, page, "<b>\ud800</b>", good + "<script>alert(1)</script>\ud800")).Status
        );
        page = await staff.Get(PageOf(SignIn));
        Assert.Empty(page.Page.QuerySelectorAll("main script, main b"));
        Assert.Contains("<script>alert(1)</script>", page.Text("#preview ~ article"));
        Assert.Equal("<b>\ufffd</b>", await Say(house, Language.English, "access.mail.subject"));
    }

    [Theory, BothDatabases]
    public async Task Of_two_who_change_a_letter_the_second_is_told_and_loses_nothing(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var (one, other) = (await house.Visit(Role.Staff), await house.Visit(Role.Staff));
        const string good = "{link} {code}";
        foreach (var round in new[] { "First", "Second" })
        {
            var seen = await other.Get(PageOf(SignIn));
            Assert.Equal(HttpStatusCode.Redirect, (await Save(one, SignIn, $"{round} of one", good)).Status);
            var told = await Save(other, seen, $"{round} of the other", good + " typed");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, told.Status);
            Assert.Contains("changed", told.Text("[role=alert]"));
            Assert.Equal($"{round} of the other", told.Page.QuerySelector("#Texts_0_")!.GetAttribute("value"));
            Assert.Contains("typed", told.Text("#words textarea"));
            // What is stored now stands beside it.
            Assert.Contains($"{round} of one", told.Text("#words .original"));
            Assert.Equal(HttpStatusCode.Redirect, (await other.Submit(told, "#words")).Status);
            Assert.Equal($"{round} of the other", await Say(house, Language.English, "access.mail.subject"));
        }
    }

    [Fact]
    public async Task Another_node_writes_with_the_words_that_one_stored()
    {
        await using var first = await TestHost.Open(Provider.Postgres);
        await using var second = await TestHost.On(first.ConnectionString, first.Data, withSample: false);
        var shipped = await Shipped(second, Language.English, "requests.mail.asked.subject");
        Assert.Equal(shipped, await Say(second, Language.English, "requests.mail.asked.subject"));
        var staff = await first.Visit(Role.Staff);
        foreach (var words in new[] { "One question", "Another question" })
        {
            Assert.Equal(HttpStatusCode.Redirect, (await Save(staff, "requests.asked", words, "{link}")).Status);
            await Eventually.HoldsAsync(async () =>
                await Say(second, Language.English, "requests.mail.asked.subject") == words
            );
        }
        await staff.Press(await staff.Get(PageOf("requests.asked")), "#reset", "Reset");
        await Eventually.HoldsAsync(async () =>
            await Say(second, Language.English, "requests.mail.asked.subject") == shipped
        );
    }

    [Theory, BothDatabases]
    public async Task Words_that_this_version_cannot_use_give_way_to_the_shipped_ones_and_are_a_task(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        await Store(
            house,
            SignIn,
            new() { ["access.mail.subject"] = "Good", ["access.mail.text"] = "{link} {code} {dropped}" }
        );
        var values = new (string, object?)[] { ("network", "N"), ("link", "L"), ("code", "C"), ("minutes", 1) };
        foreach (var key in new[] { "access.mail.subject", "access.mail.text" })
        {
            var written = await Say(house, Language.English, key, values);
            Assert.DoesNotContain("{", written);
            Assert.NotEqual("Good", written);
        }
        var staff = await house.Visit(Role.Staff);
        var task = (await staff.Get("/en/workspace")).Text("main");
        Assert.Contains("Correct the text of the letter “Sign-in link and code” (English)", task);
        var page = await staff.Get(PageOf(SignIn));
        Assert.Contains("cannot be used in this version", page.Text("main .notice"));
        Assert.Contains("{dropped} is no placeholder", page.Text("main .notice"));
        Assert.Contains("Cannot be used: English", (await staff.Get("/en" + Pages)).Text("main"));
        await Save(staff, page, "Good", "{link} {code}");
        Assert.DoesNotContain("Correct the text", (await staff.Get("/en/workspace")).Text("main"));
        Assert.Equal("Good", await Say(house, Language.English, "access.mail.subject", values));
    }

    [Fact]
    public async Task A_text_without_a_value_for_each_placeholder_is_never_sent()
    {
        await using var house = await TestHost.Open(Provider.Sqlite);
        await Store(house, SignIn, new() { ["access.mail.subject"] = "Hello from {network}" });
        var shipped = await Shipped(house, Language.English, "access.mail.subject");
        Assert.Equal(shipped, await Say(house, Language.English, "access.mail.subject"));
        Assert.Equal("Hello from N", await Say(house, Language.English, "access.mail.subject", ("network", "N")));
    }

    [Fact]
    public async Task Staff_see_that_the_shipped_text_has_changed_since_and_both_of_them()
    {
        await using var house = await TestHost.Open(Provider.Sqlite);
        await Store(
            house,
            SignIn,
            new() { ["access.mail.text"] = "Ours: {link} {code}" },
            new() { ["access.mail.text"] = "What the earlier version said: {link} {code}" }
        );
        var staff = await house.Visit(Role.Staff);
        var page = await staff.Get(PageOf(SignIn));
        Assert.Contains("The shipped text has changed", page.Text("main .notice"));
        Assert.Contains("What the earlier version said", page.Text("#words .original"));
        Assert.Contains("asked to sign in", page.Text("#words .original"));
        Assert.Contains("Ours", page.Text("#words textarea"));
        await staff.Submit(page, "#words", (Text, "Ours, looked through: {link} {code}"));
        Assert.DoesNotContain("The shipped text has changed", (await staff.Get(PageOf(SignIn))).Text("main"));
    }

    [Fact]
    public async Task A_preview_and_a_test_show_what_was_typed_and_store_nothing_of_it()
    {
        await using var house = await TestHost.Open(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        var page = await staff.Get(PageOf("requests.asked"));
        var fields = new[] { (Subject, "About {title}"), (Text, "Dear {member}, until {due}: {link}") };
        var preview = await staff.Press(page, "#words", "Preview", fields);
        Assert.Equal(HttpStatusCode.OK, preview.Status);
        Assert.Contains("has not been saved", preview.Text("[role=status]"));
        Assert.Contains("Dear Example City Council", preview.Text("#preview ~ article"));
        Assert.DoesNotContain("{", preview.Text("#preview ~ article"));
        Assert.Equal("About {title}", preview.Page.QuerySelector("#Texts_0_")!.GetAttribute("value"));

        var tested = await staff.Press(preview, "#words", "Test");
        Assert.Contains("test e-mail", tested.Text("[role=status]"));
        var letter = await house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Set<OutboxMessage>()
                .OrderByDescending(l => l.Id)
                .FirstAsync(l => l.Kind == LetterKind.Test)
        );
        Assert.Equal(("staff@example.org", "About An example title"), (letter.To, letter.Subject));
        Assert.Contains("Dear Example City Council", letter.Text);
        Assert.Equal(0, await house.Within(s => s.GetRequiredService<PlenariaDb>().Set<LetterWording>().CountAsync()));
        // What cannot be written is not sent either.
        var refused = await staff.Press(preview, "#words", "Test", (Text, "No link"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
    }

    [Fact]
    public async Task The_letters_of_a_module_that_is_switched_off_are_not_offered()
    {
        await using var house = await TestHost.Open(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        Assert.Contains("Request to members: first letter", (await staff.Get("/en" + Pages)).Text("main"));
        var on = house
            .Services.GetRequiredService<ModuleCatalog>()
            .All.Where(m => m.CanBeOff && m.Name != "Requests")
            .Select(m => ("Input.On", m.Name));
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit("/en/settings", "main form", on)).Status);
        Assert.DoesNotContain("Request to members: first letter", (await staff.Get("/en" + Pages)).Text("main"));
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Get(PageOf("requests.asked"))).Status);
    }
}
