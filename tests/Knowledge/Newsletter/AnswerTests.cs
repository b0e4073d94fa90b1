using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Newsletter.Issues;
using Plenaria.Newsletter.Subscribing;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Tests.Knowledge.Newsletter;

/// <summary>Readers answer an issue by mail, and staff see to their answers.</summary>
public class AnswerTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    /// <summary>An issue that was sent to one reader without an account.</summary>
    private static Task<(Issue Issue, Subscriber Reader)> SendAsync(TestHost house) =>
        house.Within(async s =>
        {
            var (issues, acting) = (s.GetRequiredService<IssueStore>(), house.Acting());
            LocalizedText Text(string text) => LocalizedText.Original(Kernel.Language.English, text);
            var list = await issues.NewListAsync(Text($"List {Guid.NewGuid():N}"), acting, default);
            await issues.WriteListAsync(list, acting, default);
            var email = $"reader-{Guid.NewGuid():N}@example.net";
            var reader = new Subscriber
            {
                Id = Guid.CreateVersion7(),
                Email = email,
                EmailHash = Subscriber.HashOf(email),
                Language = Kernel.Language.English,
                Token = Accounts.Secret(),
            };
            reader.Ask(new(Kernel.Language.English, null, []), [list.Id], "", "", acting.At);
            reader.Confirm("", acting.At);
            await s.GetRequiredService<SubscriberStore>().AddAsync(reader, acting, default);
            var issue = await issues.NewAsync(list.Id, Text($"Spring {Guid.NewGuid():N}"), acting, default);
            issue.Body = Text("What happened.");
            issue.ChangedBy = null;
            await s.GetRequiredService<IssueSending>()
                .SendAsync(issue, new Uri("https://network.example/"), acting, default);
            return (issue, reader);
        });

    private static string Mail(string from, Issue issue, string id, string text, string headers = "") =>
        $"""
            From: {from}
            To: plenaria+{issue.ReplyToken}@localhost
            Subject: Re: Spring
            Message-ID: <{id}@example.net>{headers}
            Content-Type: text/plain; charset=utf-8

            {text}
            """;

    private static Task ReceiveAsync(TestHost house, string mail) =>
        house.Within(s =>
            InboundMail.Receive(new MemoryStream(Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n"))), s, default)
        );

    private static Task<List<IssueAnswer>> AnswersAsync(TestHost house, Issue issue) =>
        house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Set<IssueAnswer>()
                .AsNoTracking()
                .Where(a => a.Issue == issue.Id)
                .ToListAsync()
        );

    [Theory, BothDatabases]
    public async Task A_reader_without_an_account_answers_an_issue_and_an_editor_sees_to_it(Provider provider)
    {
        var house = await houses.On(provider);
        var editor = await house.Visit(Role.Editor);
        var (issue, reader) = await SendAsync(house);
        var letter = await house.Within(s =>
            s.GetRequiredService<PlenariaDb>().Set<OutboxMessage>().SingleAsync(l => l.Batch == issue.Id)
        );
        Assert.Equal(issue.ReplyToken, letter.ReplyToken);
        var page = $"/en{issue.DeskPath}/answers";
        Assert.Contains("Nobody has answered yet", (await editor.Get(page)).Text("main"));

        var mail = Mail(reader.Email.ToUpperInvariant(), issue, $"{Guid.NewGuid():N}", "We would like to host it.");
        await ReceiveAsync(house, mail);
        await ReceiveAsync(house, mail);
        Assert.Equal("We would like to host it.", Assert.Single(await AnswersAsync(house, issue)).Text);
        Assert.Contains("1 reader’s answer", (await editor.Get($"/en{issue.DeskPath}")).Text("main"));
        var title = issue.Title.For(Kernel.Language.English);
        Assert.Contains($"1 answer to “{title}” to be read", (await editor.Get("/en/workspace")).Text("main"));

        var shown = await editor.Get(page);
        Assert.Contains(reader.Email, shown.Text("article"));
        var handled = await editor.Press(shown, "article form", "Handle");
        Assert.Equal(HttpStatusCode.Redirect, handled.Status);
        Assert.DoesNotContain($"answer to “{title}”", (await editor.Get("/en/workspace")).Text("main"));
        await editor.Press(await editor.Get(page), "article form", "Reopen");
        Assert.Null(Assert.Single(await AnswersAsync(house, issue)).HandledAt);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await house.Visit(Role.Member)).Get(page)).Status);
    }

    [Theory, BothDatabases]
    public async Task Answers_are_taken_from_readers_alone_and_go_with_them(Provider provider)
    {
        var house = await houses.On(provider);
        var (issue, reader) = await SendAsync(house);
        await Assert.ThrowsAsync<RuleViolationException>(() =>
            ReceiveAsync(house, Mail($"stranger-{Guid.NewGuid():N}@example.net", issue, "stranger", "Buy now."))
        );
        await ReceiveAsync(
            house,
            Mail(reader.Email, issue, "machine", "I am away until Monday.", "\nAuto-Submitted: auto-replied")
        );
        await ReceiveAsync(house, Mail(reader.Email, issue, "empty", " \n"));
        Assert.Empty(await AnswersAsync(house, issue));
        await ReceiveAsync(house, Mail(reader.Email, issue, "said", new string('x', IssueAnswer.TextMaxLength + 1)));
        Assert.Equal(IssueAnswer.TextMaxLength, Assert.Single(await AnswersAsync(house, issue)).Text.Length);

        var visitor = house.Visit();
        var preferences = $"/en/newsletter/preferences/{reader.Token}";
        await visitor.Press(await visitor.Get(preferences), "#erase", "Erase");
        Assert.Empty(await AnswersAsync(house, issue));
    }
}
