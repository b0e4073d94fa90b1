using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Comments;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Tests.Platform.Comments;

/// <summary>Comments on the actions of a plan, and the rules that hold for every kind of record.</summary>
public class CommentTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private const string Plan = "/comments/plan/2026";

    private static async Task<Comment> Say(TestHost house, Browser who, string text, int action = 1)
    {
        var sent = await who.Submit($"/en{Plan}?paragraph={action}", "#post", ("Input.Text", text));
        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        Assert.StartsWith($"/en{Plan}?paragraph={action}#m-", sent.Location, StringComparison.Ordinal);
        return await Stored(house, Guid.Parse(sent.Location![^32..]));
    }

    private static Task<Comment> Stored(TestHost house, Guid id) =>
        house.Within(services =>
            services.GetRequiredService<PlenariaDb>().Set<Comment>().AsNoTracking().SingleAsync(c => c.Id == id)
        );

    private static async Task<Answer> Act(Browser who, Comment comment, string act, string? reason = null) =>
        await who.Press(
            await who.Get($"/en{Plan}"),
            $"#m-{comment.Id:N} form:has(button[formaction*='handler={act}'])",
            act,
            reason is null ? [] : [("reason", reason)]
        );

    private static Task<Discussion> Discussed(IServiceProvider services, Comment comment) =>
        services
            .GetRequiredService<PlenariaDb>()
            .Set<Discussion>()
            .AsNoTracking()
            .SingleAsync(d => d.Id == comment.Discussion);

    private static Task<List<OutboxMessage>> Letters(TestHost house, string to, string with) =>
        house.Within(async services =>
            await services
                .GetRequiredService<PlenariaDb>()
                .Set<OutboxMessage>()
                .AsNoTracking()
                .Where(l => l.To == to && l.Text.Contains(with))
                .ToListAsync()
        );

    private static OperationContext AsMember(TestHost house) =>
        house.Acting() with
        {
            Actor = new(null, "City", [new(Role.Member, Scope.Everywhere)]),
        };

    private static string Mark() => Guid.NewGuid().ToString("N");

    [Theory, BothDatabases]
    public async Task A_member_comments_an_action_of_a_plan_and_everybody_reads_it_there(Provider provider)
    {
        var house = await houses.On(provider);
        var (city, mark) = (await house.Visit(Role.Member), Mark());
        var comment = await Say(house, city, $"How **much** {mark}?", action: 2);
        Assert.Equal((2, "Ville de Dakar"), (comment.Paragraph, comment.Institution));
        var page = await house.Visit().Get($"/en{Plan}?paragraph=2");
        Assert.Contains(mark, page.Text("#messages ~ ol"));
        Assert.Equal("much", page.Text($"#m-{comment.Id:N} strong:not(.meta strong)"));
        Assert.Empty(page.Page.QuerySelectorAll("main form"));
        Assert.DoesNotContain(mark, (await house.Visit().Get($"/en{Plan}?paragraph=1")).Body);
        var plan = await house.Visit().Get("/en/plans/2026");
        Assert.EndsWith(
            "comment" + (plan.Text("a[href$='paragraph=2']").StartsWith("1 ", StringComparison.Ordinal) ? "" : "s"),
            plan.Text("a[href$='paragraph=2']"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("0 ", plan.Text("a[href$='paragraph=2']"), StringComparison.Ordinal);
        // Who may not write is offered no form, and refused all the same.
        var juror = await house.Visit(Role.Juror);
        Assert.Null((await juror.Get($"/en{Plan}")).Page.QuerySelector("#post"));
        Assert.Contains("comments", (await house.Visit().Get($"/api/v1{Plan}")).Body);
        Assert.Contains(mark, (await house.Visit().Get($"/api/v1{Plan}")).Body);
        foreach (
            var absent in (string[])["/en/comments/plan/1801", "/en/comments/nothing/1", "/api/v1/comments/plan/x"]
        )
            Assert.Equal(HttpStatusCode.NotFound, (await house.Visit().Get(absent)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await city.Get($"/en{Plan}?paragraph=999")).Status);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (
                await city.Submit($"/en{Plan}?paragraph=2", "#post", ("Input.Text", "Where?"), ("Paragraph", "999"))
            ).Status
        );
    }

    [Theory, BothDatabases]
    public async Task What_is_hidden_is_read_by_moderators_its_author_is_told_why_and_it_can_be_shown_again(
        Provider provider
    )
    {
        var house = await houses.On(provider);
        var (city, staff, mark) = (await house.Visit(Role.Member), await house.Visit(Role.Staff), Mark());
        var comment = await Say(house, city, $"Rude {mark}");
        Assert.Null((await city.Get($"/en{Plan}")).Page.QuerySelector("[formaction*='handler=Hide']"));
        await house.Within(services =>
            Assert.ThrowsAsync<ForbiddenException>(() =>
                services
                    .GetRequiredService<CommentModeration>()
                    .HideAsync("plan", comment.Discussion, comment.Id, "No reason", AsMember(house), default)
            )
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Act(staff, comment, "Hide", " ")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await Act(staff, comment, "Hide", $"Because {mark}")).Status);
        var letter = Assert.Single(await Letters(house, "member@example.org", $"Because {mark}"));
        Assert.Equal(Language.French, letter.Language);
        var anyone = await house.Visit().Get($"/en{Plan}");
        Assert.DoesNotContain(mark, anyone.Body);
        Assert.Contains("hidden by the moderators", anyone.Text($"#m-{comment.Id:N}"));
        Assert.DoesNotContain(mark, (await house.Visit().Get($"/api/v1{Plan}")).Body);
        Assert.Contains($"Rude {mark}", (await staff.Get($"/en{Plan}")).Text($"#m-{comment.Id:N}"));
        Assert.Contains($"Because {mark}", (await city.Get($"/en{Plan}")).Text($"#m-{comment.Id:N}"));
        Assert.Equal(HttpStatusCode.Redirect, (await Act(staff, comment, "Restore")).Status);
        Assert.Contains($"Rude {mark}", (await house.Visit().Get($"/en{Plan}")).Body);
        Assert.DoesNotContain("Because", (await staff.Get($"/en{Plan}")).Text($"#m-{comment.Id:N} > .empty") ?? "");
    }

    [Theory, BothDatabases]
    public async Task A_comment_is_reported_once_by_each_reader_and_waits_for_a_moderator(Provider provider)
    {
        var house = await houses.On(provider);
        var (city, editor, staff) = (
            await house.Visit(Role.Member),
            await house.Visit(Role.Editor),
            await house.Visit(Role.Staff)
        );
        var (kept, hidden) = (await Say(house, city, $"Kept {Mark()}"), await Say(house, city, $"Bad {Mark()}"));
        var why = Mark();
        var stale = await editor.Get($"/en{Plan}");
        Assert.Equal(HttpStatusCode.Redirect, (await Act(editor, kept, "Report", $"Spam {why}")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await Act(editor, hidden, "Report", $"Worse {why}")).Status);
        var twice = await editor.Press(
            stale,
            $"#m-{kept.Id:N} form:has(button[formaction*='handler=Report'])",
            "Report",
            ("reason", "Once more")
        );
        Assert.Contains("already reported", twice.Text("[role=alert]"));
        Assert.DoesNotContain(why, (await city.Get($"/en{Plan}")).Body);
        Assert.Contains("/comments/reports", (await staff.Get("/en/workspace")).Body);
        Assert.Equal(HttpStatusCode.Forbidden, (await city.Get("/en/comments/reports")).Status);
        var reports = await staff.Get("/en/comments/reports");
        Assert.Contains($"Spam {why}", reports.Text($"#m-{kept.Id:N}"));
        await staff.Press(reports, $"#m-{kept.Id:N} form", "Dismiss");
        await staff.Press(reports, $"#m-{hidden.Id:N} form", "Hide", ("reason", "Against the rules"));
        Assert.DoesNotContain(why, (await staff.Get("/en/comments/reports")).Body);
        Assert.Null((await Stored(house, kept.Id)).HiddenAt);
        Assert.NotNull((await Stored(house, hidden.Id)).HiddenAt);
    }

    [Theory, BothDatabases]
    public async Task Whoever_follows_hears_answers_by_mail_and_stops(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var (city, staff, mark) = (await house.Visit(Role.Member), await house.Visit(Role.Staff), Mark());
        await Say(house, city, $"First {mark}");
        await Say(house, staff, $"Second {mark}", action: 2);
        var letter = Assert.Single(await Letters(house, "member@example.org", $"Second {mark}"));
        Assert.Contains($"/fr{Plan}", letter.Text);
        await Mail(house, letter.ReplyToken!, $"Thank you {mark}");
        await Mail(house, letter.ReplyToken!, $"Thank you {mark}");
        var answer = Assert.Single(
            await house.Within(s => s.GetRequiredService<PlenariaDb>().Set<Comment>().ToListAsync()),
            c => c.Text.ToString() == $"Thank you {mark}"
        );
        Assert.Equal(("Ville de Dakar", Language.French), (answer.Institution, answer.Text.Source));
        Assert.Contains("2026", (await city.Get("/en/comments")).Text("main"));
        await city.Press(await city.Get($"/en{Plan}"), "#following", "Unfollow");
        await Say(house, staff, $"Third {mark}");
        Assert.Empty(await Letters(house, "member@example.org", $"Third {mark}"));
        Assert.Contains(
            "You follow no discussion",
            (await (await house.Visit(Role.Regional)).Get("/en/comments")).Body
        );
    }

    [Theory, BothDatabases]
    public async Task A_discussion_is_closed_without_hiding_what_was_said(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var (city, staff, mark) = (await house.Visit(Role.Member), await house.Visit(Role.Staff), Mark());
        await Say(house, city, $"Before {mark}");
        var (form, seen, stale) = (
            await city.Get($"/en{Plan}"),
            await staff.Get($"/en{Plan}"),
            await staff.Get($"/en{Plan}")
        );
        Assert.Null(form.Page.QuerySelector("[formaction*='handler=Close']"));
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Press(seen, "#following", "Close")).Status);
        var late = await city.Submit(form, "#post", ("Input.Text", "After"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);
        Assert.Contains("Comments are closed", late.Text("[role=alert]"));
        Assert.Contains($"Before {mark}", (await house.Visit().Get($"/en{Plan}")).Body);
        // Of two who close at once the second is told.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Press(stale, "#following", "Close")).Status);
        await staff.Press(await staff.Get($"/en{Plan}"), "#following", "Reopen");
        await Say(house, city, $"Again {mark}");
    }

    [Theory, BothDatabases]
    public async Task Only_ones_own_comment_is_withdrawn_and_its_words_are_erased(Provider provider)
    {
        var house = await houses.On(provider);
        var (city, staff, mark) = (await house.Visit(Role.Member), await house.Visit(Role.Staff), Mark());
        var comment = await Say(house, city, $"Mine {mark}");
        Assert.Null(
            (await staff.Get($"/en{Plan}")).Page.QuerySelector($"#m-{comment.Id:N} [formaction*='handler=Withdraw']")
        );
        Assert.Equal(HttpStatusCode.Redirect, (await Act(city, comment, "Withdraw")).Status);
        Assert.True((await Stored(house, comment.Id)).Text.IsEmpty);
        Assert.Contains("was withdrawn", (await staff.Get($"/en{Plan}")).Text($"#m-{comment.Id:N}"));
        var told = await house.Within(async services =>
            await services
                .GetRequiredService<Plenaria.Platform.Journal.Journal>()
                .Read((await Discussed(services, comment)).Stream, 5, default)
        );
        Assert.Contains(told, l => l.Act == "comments.withdrawn");
        Assert.DoesNotContain(told, l => $"{l.What}".Contains(mark, StringComparison.Ordinal));
    }

    [Theory, BothDatabases]
    public async Task What_is_said_in_private_is_not_in_the_api(Provider provider)
    {
        var house = await houses.On(provider);
        var (city, mark) = (await house.Visit(Role.Member), Mark());
        var sent = await city.Submit(
            "/en/exchange/office",
            "main form",
            ("Input.Title", "For an office"),
            ("Input.Text", $"Private {mark}")
        );
        var number = sent.Location![(sent.Location!.LastIndexOf('/') + 1)..];
        foreach (var who in (Browser[])[house.Visit(), await house.Visit(Role.Editor)])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await who.Get($"/api/v1/comments/conversation/{number}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await who.Get($"/en/comments/conversation/{number}")).Status);
        }
        var open = await house.Visit().Get("/api/v1/comments/conversation/1");
        Assert.NotEqual(0, JsonDocument.Parse(open.Body).RootElement.GetProperty("comments").GetArrayLength());
    }

    [Fact]
    public async Task A_mail_that_answers_between_the_lines_is_held_whole_and_an_empty_one_is_refused()
    {
        var house = await houses.On(Provider.Sqlite);
        var (city, staff) = (await house.Visit(Role.Member), await house.Visit(Role.Staff));
        var mark = Guid.NewGuid().ToString("N");
        await Say(house, city, $"First {mark}", action: 3);
        await Say(house, staff, $"Asked {mark}", action: 3);
        var letter = (await Letters(house, "member@example.org", $"Asked {mark}"))[^1];
        // What is said of an action names it, and leads there.
        Assert.Contains("paragraph=3", letter.Text, StringComparison.Ordinal);
        await Mail(house, letter.ReplyToken!, $"Above {mark}\n> quoted\nBelow {mark}");
        var held = await house.Within(services =>
            services.GetRequiredService<PlenariaDb>().Set<HeldReply>().SingleAsync(r => r.Text.Contains(mark))
        );
        Assert.Contains($"Below {mark}", held.Text, StringComparison.Ordinal);
        foreach (var empty in (string[])["", "> only\n> quoted"])
            Assert.Equal(
                "comments.text-missing",
                (await Assert.ThrowsAsync<RuleViolationException>(() => Mail(house, letter.ReplyToken!, empty))).Key
            );
    }

    private static Task Mail(TestHost house, string token, string text) =>
        house.Within(services =>
            InboundMail.Receive(
                new MemoryStream(
                    Encoding.UTF8.GetBytes(
                        $"""
                        From: member@example.org
                        To: plenaria+{token}@localhost
                        Subject: Re: comment
                        Message-ID: <{Convert.ToHexString(Encoding.UTF8.GetBytes(text))}@example.org>
                        Date: Tue, 03 Mar 2026 10:00:00 +0100
                        Content-Type: text/plain; charset=utf-8

                        {text}
                        """.ReplaceLineEndings("\r\n")
                    )
                ),
                services,
                default
            )
        );
}
