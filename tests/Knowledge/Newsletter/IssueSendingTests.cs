using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Newsletter.Issues;
using Plenaria.Newsletter.Subscribing;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Tests.Knowledge.Newsletter;

/// <summary>An issue is tried out by a list of addresses, and its sending pauses when too much fails.</summary>
public class IssueSendingTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static Task<(MailingList List, Issue Issue)> WriteAsync(TestHost house, int readers) =>
        house.Within(async s =>
        {
            var (issues, subscribers, acting) = (
                s.GetRequiredService<IssueStore>(),
                s.GetRequiredService<SubscriberStore>(),
                house.Acting()
            );
            LocalizedText Text(string text) => LocalizedText.Original(Kernel.Language.English, text);
            var list = await issues.NewListAsync(Text($"List {Guid.NewGuid():N}"), acting, default);
            list.IsPublic = true;
            await issues.WriteListAsync(list, acting, default);
            for (var i = 0; i < readers; i++)
            {
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
                await subscribers.AddAsync(reader, acting, default);
            }
            var title = Text($"Spring {Guid.NewGuid():N}").WithTranslation(Kernel.Language.French, "Printemps");
            var issue = await issues.NewAsync(list.Id, title, acting, default);
            issue.Body = Text("What happened.").WithTranslation(Kernel.Language.French, "Ce qui est arrivé.");
            await issues.RecordAsync(issue, "newsletter.written", acting, default);
            return (list, issue);
        });

    private static Task<Issue> ReadAsync(TestHost house, Issue issue) =>
        house.Within(s =>
            s.GetRequiredService<PlenariaDb>().Set<Issue>().AsNoTracking().SingleAsync(i => i.Id == issue.Id)
        );

    private static Task<List<OutboxMessage>> LettersAsync(TestHost house, string to) =>
        house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Set<OutboxMessage>()
                .AsNoTracking()
                .Where(l => l.To == to)
                .OrderBy(l => l.Language)
                .ToListAsync()
        );

    /// <summary>So many of the letters that wait have left, and so many have failed; the module hears of it.</summary>
    private static Task SettleAsync(TestHost house, Issue issue, int sent, int failed) =>
        house.Within(async s =>
        {
            var (db, now) = (s.GetRequiredService<PlenariaDb>(), DateTimeOffset.UtcNow);
            var letters = db.Set<OutboxMessage>();
            var waiting = await letters
                .Where(l => l.Batch == issue.Id && l.SentAt == null && l.FailedAt == null)
                .OrderBy(l => l.Id)
                .Select(l => l.Id)
                .Take(sent + failed)
                .ToListAsync();
            var (good, bad) = (waiting[..sent], waiting[sent..]);
            await letters.Where(l => good.Contains(l.Id)).ExecuteUpdateAsync(l => l.SetProperty(x => x.SentAt, now));
            await letters.Where(l => bad.Contains(l.Id)).ExecuteUpdateAsync(l => l.SetProperty(x => x.FailedAt, now));
            foreach (var observer in s.GetServices<IBatchObserver>())
                await observer.LettersRefusedAsync(issue.Id, default);
        });

    [Theory, BothDatabases]
    public async Task Sending_pauses_by_itself_when_too_many_letters_fail_and_goes_on_when_it_is_resumed(
        Provider provider
    )
    {
        var house = await houses.On(provider);
        var (staff, editor) = (await house.Visit(Role.Staff), await house.Visit(Role.Editor));
        var (_, issue) = await WriteAsync(house, readers: 330);
        var page = $"/en{issue.DeskPath}";
        // Ten letters are enough, and one of twenty.
        await editor.Submit(page, "#write", ("Input.FailedLetters", "10"), ("Input.FailedPercent", "5"));
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit($"{page}/send", "#confirm")).Status);

        // Of few letters the share says nothing, and few of many are borne.
        await SettleAsync(house, issue, sent: 100, failed: 9);
        await SettleAsync(house, issue, sent: 90, failed: 0);
        Assert.Equal(IssueState.Sent, (await ReadAsync(house, issue)).State);
        Assert.DoesNotContain(issue.DeskPath, (await editor.Get("/en/workspace")).Body);
        var numbers = await staff.Get($"{page}?handler=Progress");
        Assert.Contains("190 letters have left", numbers.Text("#numbers"));
        Assert.NotEqual("", numbers.Page.QuerySelector("#numbers")!.GetAttribute("data-numbers"));
        Assert.Null(numbers.Page.QuerySelector("main"));

        await SettleAsync(house, issue, sent: 0, failed: 6);
        var stopped = await ReadAsync(house, issue);
        Assert.Equal((IssueState.Paused, true), (stopped.State, stopped.IsStopped));
        Assert.All(await WaitingAsync(house, issue), due => Assert.Equal(9999, due.Year));
        var tasks = (await editor.Get("/en/workspace")).Text("main");
        Assert.Contains($"Look into the paused sending of “{issue.Title.For(Kernel.Language.English)}”", tasks);
        Assert.Contains("15 of 205 letters failed", tasks);
        Assert.Contains("15 of 205 letters failed", (await staff.Get(page)).Text("main"));
        Assert.Equal("", (await staff.Get(page)).Page.QuerySelector("#numbers")!.GetAttribute("data-numbers"));

        // Whoever resumes it bears what failed so far; what fails after that counts anew.
        await staff.Press(await staff.Get(page), "#sending", "Resume");
        await SettleAsync(house, issue, sent: 0, failed: 1);
        var resumed = await ReadAsync(house, issue);
        Assert.Equal((IssueState.Sent, false), (resumed.State, resumed.IsStopped));
        Assert.All(await WaitingAsync(house, issue), due => Assert.True(due.Year < 9999));
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await (await house.Visit(Role.Member)).Get($"{page}?handler=Progress")).Status
        );
    }

    private static Task<List<DateTimeOffset>> WaitingAsync(TestHost house, Issue issue) =>
        house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Set<OutboxMessage>()
                .Where(l => l.Batch == issue.Id && l.SentAt == null && l.FailedAt == null)
                .Select(l => l.DueAt)
                .ToListAsync()
        );

    [Theory]
    [InlineData(0, 199, false)]
    [InlineData(0, 200, true)]
    [InlineData(951, 50, false)]
    [InlineData(950, 50, true)]
    [InlineData(151, 49, false)]
    public void Both_limits_must_be_reached_and_not_before_two_hundred_letters(int sent, int failed, bool isPassed) =>
        Assert.Equal(isPassed, new FailureLimit().IsPassed(sent, failed));

    [Theory, BothDatabases]
    public async Task A_test_goes_to_the_list_in_each_edition_and_its_links_are_nobodys(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var (_, issue) = await WriteAsync(house, readers: 1);
        var page = $"/en{issue.DeskPath}";
        var (one, two, refusing) = (
            $"one-{Guid.NewGuid():N}@example.net",
            $"two-{Guid.NewGuid():N}@example.net",
            $"three-{Guid.NewGuid():N}@example.net"
        );
        var wrong = await staff.Press(await staff.Get(page), "#test-list", "Testers", ("testers", $"{one}\nnobody"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("“nobody” is not an e-mail address", wrong.Text("main"));
        Assert.Contains("nobody", wrong.Text("#test-list textarea"));
        var many = string.Join('\n', Enumerable.Range(0, Issue.MostTesters + 1).Select(i => $"a{i}@example.net"));
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await staff.Press(await staff.Get(page), "#test-list", "Testers", ("testers", many))).Status
        );
        await staff.Press(
            await staff.Get(page),
            "#test-list",
            "Testers",
            ("testers", $" {one.ToUpperInvariant()}\r\n{two}, {one}\n{refusing}")
        );
        Assert.Equal([one, two, refusing], (await ReadAsync(house, issue)).Testers);
        await house.Within(s =>
        {
            var db = s.GetRequiredService<PlenariaDb>();
            db.Add(
                new SuppressedAddress
                {
                    Address = refusing,
                    At = DateTimeOffset.UtcNow,
                    Kind = BounceKind.Complaint,
                    Reason = "complaint",
                }
            );
            return db.SaveChangesAsync();
        });

        var form = await staff.Get(page);
        await staff.Press(form, "#test", "Test", ("editions", "en"), ("editions", "fr"), ("editions", "pt"));
        foreach (var address in new[] { one, two })
        {
            var letters = await LettersAsync(house, address);
            Assert.Equal(["en", "fr"], letters.Select(l => l.Language.Code));
            Assert.StartsWith("Test: Spring", letters[0].Subject, StringComparison.Ordinal);
            Assert.Contains("Printemps", letters[1].Subject);
            Assert.Contains("What happened.", letters[0].Html);
            Assert.All(letters, l => Assert.Null(l.Batch));
            Assert.Contains("/newsletter/unsubscribe/test", letters[0].Headers!["List-Unsubscribe"]);
        }
        Assert.Empty(await LettersAsync(house, refusing));

        foreach (var link in new[] { "unsubscribe", "preferences", "confirm" })
        {
            var visitor = house.Visit();
            var opened = await visitor.Get($"/en/newsletter/{link}/test");
            Assert.Equal(HttpStatusCode.OK, opened.Status);
            Assert.Contains("This link is from a test letter and does nothing", opened.Text("main"));
            Assert.Null(opened.Page.QuerySelector("main form"));
        }
        using var oneClick = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        using var program = new HttpClient();
        var answer = await program.PostAsync(new Uri(house.Address, "/en/newsletter/unsubscribe/test"), oneClick);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        // An address that was erased is none any more.
        await house.Within(s =>
        {
            var kept = new Issue
            {
                Id = Guid.NewGuid(),
                Number = 1,
                Reference = issue.Reference,
                List = issue.List,
                Author = null,
            };
            kept.Testers.AddRange([Accounts.Erased, one]);
            Assert.Equal([one], kept.TestAddresses);
            return Task.CompletedTask;
        });
    }
}
