using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Forms;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Tests.Platform.Forms;

public class FormBuildingTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static readonly AnswerType[] All = Enum.GetValues<AnswerType>();

    private static (string, string)[] Wording(AnswerType type) =>
        [
            ("Input.Label", $"Asks {type}"),
            .. FormDesign.HasChoices(type)
                ? (ReadOnlySpan<(string, string)>)
                    [("Input.Choices[0].Label", "Streets"), ("Input.Choices[1].Label", "Parks")]
                : [],
            .. FormDesign.HasColumns(type)
                ? (ReadOnlySpan<(string, string)>)
                    [("Input.Columns[0].Label", "Item"), ("Input.Columns[1].Label", "Cost")]
                : [],
            .. type == AnswerType.Table ? (ReadOnlySpan<(string, string)>)[("Input.Columns[1].IsNumber", "true")] : [],
        ];

    /// <summary>Builds a form with these questions in the browser, without script; returns its key.</summary>
    private static async Task<string> Build(Browser staff, string title, params AnswerType[] types)
    {
        var begun = await staff.Submit("/en/forms/new", "main form", ("Title", title));
        Assert.Equal(HttpStatusCode.Redirect, begun.Status);
        var key = begun.Location!.Split('/')[3];
        foreach (var type in types)
        {
            var added = await staff.Submit($"/en/forms/{key}/build", "#add", ("Label", $"{type}"), ("Type", $"{type}"));
            Assert.Equal(HttpStatusCode.Redirect, added.Status);
            var kept = await staff.Submit(added.Location!, "main form", Wording(type));
            Assert.Equal(HttpStatusCode.Redirect, kept.Status);
        }
        return key;
    }

    private static async Task Publish(Browser staff, string key)
    {
        var published = await staff.Press(await staff.Get($"/en/forms/{key}/build"), "main form", "Publish");
        Assert.Equal(HttpStatusCode.Redirect, published.Status);
    }

    private static async Task<Answer> Answer(
        TestHost house,
        string key,
        string email,
        params (string Name, string Value)[] answers
    )
    {
        var city = house.Visit();
        var begun = await city.Submit($"/en/forms/{key}", "main form", ("Email", email));
        Assert.Equal(HttpStatusCode.Redirect, begun.Status);
        return await city.Press(await city.Get(begun.Location!), "form.answers", "Send", answers);
    }

    [Theory, BothDatabases]
    public async Task A_form_of_every_type_is_built_answered_and_exported(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var key = await Build(staff, "All types", All);
        await Publish(staff, key);
        var sent = await Answer(
            house,
            key,
            "types@example.org",
            ("f.q2", "A town"),
            ("f.q3", "Two\nlines"),
            ("f.q4", "12"),
            ("f.q5", "town@example.org"),
            ("f.q6", "+34 93 000 00 00"),
            ("f.q7", "town.example.org"),
            ("f.q8", "2030-05"),
            ("f.q9", "yes"),
            ("f.q10", "c2"),
            ("f.q11", "c1"),
            ("f.q12", "Senegal"),
            ("f.q14", "4"),
            ("f.q15", "c2"),
            ("f.q16.c1", "k2"),
            ("f.q17.0.0", "Bench"),
            ("f.q17.0.1", "1.200,50"),
            ("f.q18.0.0", "Plaça 1"),
            ("f.q18.0.2", "Lleida"),
            ("f.q18.0.3", "Spain"),
            ("f.q19.0.0", "Somebody Else"),
            ("f.q19.0.1", "else@example.org")
        );
        Assert.Equal(HttpStatusCode.Redirect, sent.Status);

        var table = (await staff.Get($"/en/forms/{key}/answers.csv")).Body;
        foreach (
            var cell in (string[])
                ["types@example.org", "Senegal", "Streets | Cost", "Bench | 1.200,50", "Plaça 1 | Lleida | Spain"]
        )
            Assert.Contains(cell, table);
        // A choice is found by, a file of cells is a workbook, one answer is a page with the sum of its table.
        Assert.Contains("types@example.org", (await staff.Get($"/en/forms/{key}/answers?a.q10=c2")).Body);
        Assert.DoesNotContain("types@example.org", (await staff.Get($"/en/forms/{key}/answers?a.q10=c1")).Body);
        var workbook = await staff.Http.GetByteArrayAsync($"/en/forms/{key}/answers.xlsx");
        var row =
            (IDictionary<string, object?>)
                MiniExcelLibs.MiniExcel.Query(new MemoryStream(workbook), useHeaderRow: true).Single();
        Assert.Equal((12d, "Senegal"), (row["Asks Number"], row["Asks Country"]));
        Assert.Contains("Plaça 1", (await staff.Get($"/en/forms/{key}/answers/print")).Text("article.sheet"));
        var api = JsonDocument.Parse((await staff.Get($"/api/v1/forms/{key}/answers")).Body).RootElement;
        Assert.Equal(1, api.GetProperty("total").GetInt32());
        var id = api.GetProperty("items")[0].GetProperty("id").GetString();
        Assert.Contains("1,200.5", (await staff.Get($"/en/forms/{key}/answers/{id}")).Text("tr.total"));
    }

    [Theory, BothDatabases]
    public async Task What_was_begun_on_an_older_version_stays_answerable(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var key = await Build(staff, "Versions", AnswerType.Text, AnswerType.Text);
        await Publish(staff, key);
        var city = house.Visit();
        var begun = await city.Submit($"/en/forms/{key}", "main form", ("Email", "older@example.org"));
        var removed = await staff.Press(await staff.Get($"/en/forms/{key}/build"), "#q-q2 form", "Remove");
        Assert.Equal(HttpStatusCode.Redirect, removed.Status);
        await Publish(staff, key);
        var sent = await city.Press(
            await city.Get(begun.Location!),
            "form.answers",
            "Send",
            ("f.q1", "First"),
            ("f.q2", "Second")
        );
        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        var table = (await staff.Get($"/en/forms/{key}/answers.csv")).Body;
        Assert.Contains("Second", table);
        Assert.Equal(HttpStatusCode.Redirect, (await Answer(house, key, "newer@example.org", ("f.q1", "Now"))).Status);
    }

    [Theory, BothDatabases]
    public async Task Of_two_who_send_the_last_answer_of_a_quota_at_once_one_is_told(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var key = await Build(staff, "Quota", AnswerType.Text);
        await staff.Submit($"/en/forms/{key}/settings", "main form", ("Input.Quota", "1"));
        await Publish(staff, key);
        var cities = new List<(Browser City, Answer Page)>();
        for (var i = 0; i < 4; i++)
        {
            var city = house.Visit();
            var begun = await city.Submit($"/en/forms/{key}", "main form", ("Email", $"quota{i}@example.org"));
            cities.Add((city, await city.Get(begun.Location!)));
        }
        var answers = await Task.WhenAll(
            cities.Select(c => c.City.Press(c.Page, "form.answers", "Send", ("f.q1", "Last")))
        );
        Assert.Single(answers, a => a.Status == HttpStatusCode.Redirect);
        Assert.All(
            answers.Where(a => a.Status != HttpStatusCode.Redirect),
            a => Assert.Contains("have been received", a.Body)
        );
    }

    [Fact]
    public async Task What_is_refused_takes_nothing_away_that_was_kept()
    {
        var house = await houses.On(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        var key = await Build(staff, "Kept", AnswerType.LongText, AnswerType.Table);
        await Publish(staff, key);
        var city = house.Visit();
        var begun = await city.Submit($"/en/forms/{key}", "main form", ("Email", "kept@example.org"));
        await city.Press(await city.Get(begun.Location!), "form.answers", "Save", ("f.q1", "A good answer"));
        var refused = await city.Press(
            await city.Get(begun.Location!),
            "form.answers",
            "Save",
            ("f.q1", new string('x', 20_001)),
            ("f.q2.0.1", "79228162514264337593543950335")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("A good answer", (await city.Get(begun.Location!)).Body);
        // A number that nobody can add up is refused when it is sent.
        var sent = await city.Press(await city.Get(begun.Location!), "form.answers", "Send");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.Status);
        Assert.Contains("must be a number", sent.Body);
    }

    [Fact]
    public async Task An_answer_to_a_question_that_is_not_asked_is_neither_kept_nor_sent()
    {
        var house = await houses.On(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        var key = await Build(staff, "Chain", AnswerType.YesNo, AnswerType.YesNo, AnswerType.Text);
        await staff.Submit($"/en/forms/{key}/questions/q2", "main form", ("Input.When", "q1=yes"));
        await staff.Submit($"/en/forms/{key}/questions/q3", "main form", ("Input.When", "q2=yes"));
        await Publish(staff, key);
        var sent = await Answer(
            house,
            key,
            "chain@example.org",
            ("f.q1", "no"),
            ("f.q2", "yes"),
            ("f.q3", "Nobody asked")
        );
        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        Assert.DoesNotContain("Nobody asked", (await staff.Get($"/api/v1/forms/{key}/answers")).Body);
    }

    [Theory]
    [InlineData("Scale", "9223372036854775797", "9223372036854775807")]
    [InlineData("Scale", "900", "")]
    [InlineData("Number", "5", "2")]
    public async Task Limits_that_cannot_be_are_refused(string type, string least, string most)
    {
        var house = await houses.On(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        var key = await Build(staff, "Limits", Enum.Parse<AnswerType>(type));
        await staff.Submit($"/en/forms/{key}/questions/q1", "main form", ("Input.Least", least), ("Input.Most", most));
        Assert.Equal(HttpStatusCode.OK, (await staff.Get($"/en/forms/{key}/try")).Status);
        var page = await staff.Get($"/en/forms/{key}/build");
        var published = await staff.Press(page, "main form", "Publish");
        Assert.Equal(
            long.Abs(long.Parse(least, System.Globalization.CultureInfo.InvariantCulture)) > 1_000_000
                ? HttpStatusCode.Redirect
                : HttpStatusCode.UnprocessableEntity,
            published.Status
        );
    }

    [Fact]
    public async Task A_removed_question_comes_back_and_a_title_of_emoji_has_an_address()
    {
        var house = await houses.On(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        var key = await Build(staff, "🎉🎉", AnswerType.Text, AnswerType.Number);
        Assert.StartsWith("form", key, StringComparison.Ordinal);
        var removed = await staff.Press(await staff.Get($"/en/forms/{key}/build"), "#q-q2 form", "Remove");
        var after = await staff.Get(removed.Location!);
        Assert.Null(after.Page.QuerySelector("#q-q2"));
        await staff.Submit(after, "#undo");
        Assert.Contains("Asks Number", (await staff.Get($"/en/forms/{key}/build")).Text("#q-q2"));
    }

    [Fact]
    public async Task A_question_required_from_a_phase_that_is_gone_keeps_the_form_from_being_published()
    {
        var house = await houses.On(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        var key = await Build(staff, "Gone", AnswerType.Text);
        await staff.Submit(
            $"/en/forms/{key}/questions/q1",
            "main form",
            ("Input.IsRequired", "true"),
            ("Input.RequiredFrom", "p9")
        );
        var page = await staff.Get($"/en/forms/{key}/build");
        Assert.Contains("a phase that no longer exists", page.Text("main"));
        var refused = await staff.Press(page, "main form", "Publish");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
    }

    [Fact]
    public async Task Who_reviews_reads_what_its_visibility_allows_and_nothing_else()
    {
        var house = await houses.On(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        var key = await Build(staff, "Seen", AnswerType.Text, AnswerType.Text, AnswerType.Text);
        await Publish(staff, key);
        var city = house.Visit();
        var begun = (await city.Submit($"/en/forms/{key}", "main form", ("Email", "seen@example.org"))).Location!;
        // Of a form that the staff alone reads there is nothing to review.
        Assert.Null((await city.Get(begun)).Page.QuerySelector("[name='Asked.Name']"));
        foreach (var (question, who) in ((string, string)[])[("q2", "Reviewers"), ("q3", "Public")])
            Assert.Equal(
                HttpStatusCode.Redirect,
                (
                    await staff.Submit($"/en/forms/{key}/questions/{question}", "main form", ("Input.Visibility", who))
                ).Status
            );
        await Publish(staff, key);
        begun = (await city.Submit($"/en/forms/{key}", "main form", ("Email", "seen@example.org"))).Location!;
        (string, string)[] answers = [("f.q1", "Of the staff"), ("f.q2", "Of who reviews"), ("f.q3", "Of everybody")];
        await city.Press(await city.Get(begun), "form.answers", "Save", answers);
        var asked = await city.Submit(
            begun,
            "details form:has([name='Asked.Name'])",
            ("Asked.Name", "Mayor"),
            ("Asked.Email", "seen-mayor@example.org")
        );
        Assert.Equal(HttpStatusCode.Redirect, asked.Status);
        var letter = await house.Within(services =>
            services
                .GetRequiredService<PlenariaDb>()
                .Set<OutboxMessage>()
                .SingleAsync(l => l.To == "seen-mayor@example.org")
        );
        var link = letter.Text.Split('\n').Last(l => l.Contains("/reviews/", StringComparison.Ordinal)).Trim();
        var review = await house.Visit().Get(new Uri(link).PathAndQuery);
        Assert.DoesNotContain("Of the staff", review.Body);
        Assert.Contains("Of who reviews", review.Text(".given"));
        Assert.Contains("Of everybody", review.Text(".given"));
        Assert.Contains("read by the staff of the network alone", review.Text("main"));

        await city.Press(await city.Get(begun), "form.answers", "Send");
        foreach (var path in (string[])[$"/en/forms/{key}/answers.csv", $"/api/v1/forms/{key}/answers"])
            Assert.Contains("Of the staff", (await staff.Get(path)).Body);
        Assert.Contains("Of the staff", (await city.Get(begun)).Text(".given"));
        // Who looks after requests without reading all forms exports what reviewers read.
        var regional = await house.Visit(Role.Regional);
        Assert.Equal(HttpStatusCode.Forbidden, (await regional.Get($"/api/v1/forms/{key}/answers")).Status);
        var (headings, rows) = await house.Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            var sent = await db.Set<FormResponse>().Where(r => r.Form == key && r.SentAt != null).ToListAsync();
            return await services
                .GetRequiredService<FormService>()
                .ReadTableAsync(
                    key,
                    [sent[0].Id],
                    services.GetRequiredService<CurrentUser>(),
                    Language.English,
                    default
                );
        });
        Assert.Equal(4, headings.Count);
        Assert.Equal(4, Assert.Single(rows).Value.Count);
    }

    [Fact]
    public async Task Somebody_invited_writes_the_same_answers()
    {
        var house = await houses.On(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        var key = await Build(staff, "Together", AnswerType.Text, AnswerType.Text);
        await Publish(staff, key);
        var city = house.Visit();
        var begun = await city.Submit($"/en/forms/{key}", "main form", ("Email", "first@example.org"));
        await city.Press(await city.Get(begun.Location!), "form.answers", "Save", ("f.q1", "Mine"));
        var invited = await city.Submit(begun.Location!, "#together form", ("CoAuthor", "second@example.org"));
        Assert.Equal(HttpStatusCode.Redirect, invited.Status);
        var letter = await house.Within(services =>
            services
                .GetRequiredService<PlenariaDb>()
                .Set<OutboxMessage>()
                .SingleAsync(l => l.To == "second@example.org")
        );
        var link = letter.Text.Split('\n').Last(l => l.Contains("/answers/", StringComparison.Ordinal));
        var other = house.Visit();
        var page = await other.Get(new Uri(link.Trim()).PathAndQuery);
        Assert.Contains("Mine", page.Body);
        await other.Press(page, "form.answers", "Save", ("f.q2", "Theirs"));
        Assert.Contains("Theirs", (await city.Get(begun.Location!)).Body);
    }

    [Fact]
    public async Task After_the_end_nothing_is_sent_and_what_was_written_is_kept()
    {
        var house = await houses.On(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        var key = await Build(staff, "Deadline", AnswerType.Text);
        await Publish(staff, key);
        var city = house.Visit();
        var begun = await city.Submit($"/en/forms/{key}", "main form", ("Email", "late@example.org"));
        await staff.Submit(
            $"/en/forms/{key}/settings",
            "main form",
            ("Input.Zone", "Pacific/Kiritimati"),
            ("Input.Phases[0].Name", "Only"),
            ("Input.Phases[0].Closes", "2020-01-01T00:00")
        );
        var late = await city.Press(await city.Get(begun.Location!), "form.answers", "Send", ("f.q1", "Too late"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);
        Assert.Contains("The deadline passed on 1 January 2020", late.Body);
        Assert.Contains("Kiritimati", late.Body);
        Assert.Contains("Too late", (await city.Get(begun.Location!)).Body);
        Assert.Empty((await house.Visit().Get($"/en/forms/{key}")).Page.QuerySelectorAll("[name=Email]"));
    }

    [Theory]
    [InlineData("2030-03-31T02:30", "never show")]
    [InlineData("2030-10-27T02:30", "twice that day")]
    public async Task An_hour_that_clocks_skip_or_show_twice_is_said(string typed, string says)
    {
        var house = await houses.On(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        var key = await Build(staff, "Clocks", AnswerType.Text);
        var refused = await staff.Submit(
            $"/en/forms/{key}/settings",
            "main form",
            ("Input.Zone", "Europe/Madrid"),
            ("Input.Phases[0].Closes", typed)
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(says, refused.Body);
    }

    [Fact]
    public async Task A_condition_that_asks_for_itself_or_for_what_comes_later_keeps_the_form_from_being_published()
    {
        var house = await houses.On(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        var key = await Build(staff, "Conditions", AnswerType.YesNo, AnswerType.Text);
        await staff.Submit($"/en/forms/{key}/questions/q2", "main form", ("Input.When", "q1=yes"));
        var moved = await staff.Press(await staff.Get($"/en/forms/{key}/build"), "#q-q2 form", "Move");
        Assert.Equal(HttpStatusCode.Redirect, moved.Status);
        var page = await staff.Get($"/en/forms/{key}/build");
        Assert.Contains("depends on a question that is not asked before it", page.Body);
        var refused = await staff.Press(page, "main form", "Publish");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
    }

    [Fact]
    public async Task What_a_module_reads_stays_in_its_form_and_may_be_reworded()
    {
        var house = await houses.On(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        var page = await staff.Get("/en/forms/membership/build");
        Assert.Empty(page.Page.QuerySelectorAll("#q-name [formaction*=Remove]"));
        var begun = await house.Visit().Submit("/en/forms/membership", "main form", ("Email", "draft@example.org"));
        await staff.Submit("/en/forms/membership/questions/name", "main form", ("Input.Label", "Name of your city"));
        await Publish(staff, "membership");
        var city = house.Visit();
        var fresh = await city.Submit("/en/forms/membership", "main form", ("Email", "fresh@example.org"));
        Assert.Contains("Name of your city", (await city.Get(fresh.Location!)).Body);
        // A draft of before goes on as it was begun.
        Assert.DoesNotContain("Name of your city", (await city.Get(begun.Location!)).Body);
    }

    [Fact]
    public async Task Two_who_change_a_form_at_once_do_not_overwrite_each_other()
    {
        var house = await houses.On(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        var key = await Build(staff, "Twice", AnswerType.Text);
        var (first, second) = (
            await staff.Get($"/en/forms/{key}/questions/q1"),
            await staff.Get($"/en/forms/{key}/questions/q1")
        );
        await staff.Submit(first, "main form", ("Input.Label", "The first"));
        var refused = await staff.Submit(second, "main form", ("Input.Label", "The second"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("The second", refused.Body);
        var stored = await house.Within(services =>
            services.GetRequiredService<PlenariaDb>().Set<StoredForm>().SingleAsync(f => f.Key == key)
        );
        Assert.Equal("The first", stored.Draft.Field("q1")!.Label.ToString());
    }

    [Fact]
    public async Task A_practice_run_checks_answers_and_keeps_nothing()
    {
        var house = await houses.On(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        var key = await Build(staff, "Practice", AnswerType.Number);
        var refused = await staff.Submit($"/en/forms/{key}/try", "form.answers", ("f.q1", "twelve"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        var good = await staff.Submit($"/en/forms/{key}/try", "form.answers", ("f.q1", "12"));
        Assert.Contains("could be sent like this", good.Body);
        Assert.Contains("0 answers", (await staff.Get($"/en/forms/{key}/answers")).Body);
    }
}
