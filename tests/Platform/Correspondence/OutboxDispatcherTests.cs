using System.Diagnostics;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Platform.Data;
using Plenaria.Platform.Letters;

namespace Plenaria.Tests.Platform.Correspondence;

/// <summary>How letters leave: over several connections, in their order, within limits, once.</summary>
public class OutboxDispatcherTests
{
    private static Task<TestHost> Open(Provider provider, SmtpSink sink, MailOptions? options = null) =>
        TestHost.Open(provider, withSample: false, services => Use(services, sink, options));

    private static void Use(IServiceCollection services, SmtpSink sink, MailOptions? options) =>
        services.AddSingleton((options ?? Options) with { Port = sink.Port });

    private static MailOptions Options =>
        new("127.0.0.1", 0, null, null, "Network <network@example.org>", "none") { Connections = 4 };

    private static LetterDraft Letter(string to) => new(to, Language.English, $"To {to}", "Text");

    private static Task Queue(TestHost house, params IEnumerable<LetterDraft> letters) =>
        house.Within(s => s.GetRequiredService<Outbox>().QueueManyAsync(letters, default));

    private static Task SignIn(TestHost house, string to) =>
        house.Within(async s =>
        {
            s.GetRequiredService<ILetters>().QueueSignIn(to, Language.English, "Sign in", "Code 123456");
            await s.GetRequiredService<PlenariaDb>().SaveChangesAsync();
        });

    private static Task<T> Read<T>(TestHost house, Func<IQueryable<OutboxMessage>, Task<T>> query) =>
        house.Within(s => query(s.GetRequiredService<PlenariaDb>().Set<OutboxMessage>().AsNoTracking()));

    private static Task<int> CountWaiting(TestHost house) =>
        Read(house, l => l.CountAsync(x => x.SentAt == null && x.FailedAt == null));

    [Theory, BothDatabases]
    public async Task Letters_leave_once_each_over_kept_connections(Provider provider)
    {
        await using var sink = new SmtpSink { Delay = TimeSpan.FromMilliseconds(5) };
        await using var house = await Open(provider, sink);
        var addressees = Enumerable.Range(0, 200).Select(i => $"reader{i}@a{i % 7}.example").ToList();
        await Queue(house, addressees.Select(Letter));
        await SmtpSink.UntilAsync(() => sink.Taken.Count >= addressees.Count, "not all letters left");
        await Until(house, async () => await CountWaiting(house) == 0);
        Assert.Equal(addressees.Order(), sink.Addressees.Order());
        Assert.InRange(sink.MostOpen, 2, Options.Connections);
        Assert.True(await Read(house, l => l.AllAsync(x => x.Text == "" && x.ClaimedBy == null && x.Attempts == 1)));
    }

    [Theory, BothDatabases]
    public async Task A_sign_in_code_overtakes_ten_thousand_letters_within_two_seconds(Provider provider)
    {
        await using var sink = new SmtpSink { Delay = TimeSpan.FromMilliseconds(50) };
        await using var house = await Open(provider, sink);
        await Queue(house, Enumerable.Range(0, 10_000).Select(i => Letter($"reader{i}@crowd.example")));
        await SmtpSink.UntilAsync(() => sink.Taken.Count > 20, "nothing leaves");
        var since = Stopwatch.StartNew();
        await SignIn(house, "awa@example.org");
        await SmtpSink.UntilAsync(() => sink.Addressees.Contains("awa@example.org"), "no code");
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(2), $"{since.Elapsed}");
        Assert.True(await CountWaiting(house) > 5_000);
    }

    [Fact]
    public async Task Two_processes_on_one_database_send_each_letter_once()
    {
        await using var sink = new SmtpSink { Delay = TimeSpan.FromMilliseconds(5) };
        await using var first = await Open(Provider.Postgres, sink);
        await using var second = await TestHost.On(
            first.ConnectionString,
            first.Data,
            withSample: false,
            services => Use(services, sink, null)
        );
        var addressees = Enumerable.Range(0, 400).Select(i => $"reader{i}@a{i % 7}.example").ToList();
        await Queue(first, addressees.Select(Letter));
        await SmtpSink.UntilAsync(() => sink.Taken.Count >= addressees.Count, "not all letters left");
        await Until(first, async () => await CountWaiting(first) == 0);
        Assert.Equal(addressees.Order(), sink.Addressees.Order());
        Assert.True(sink.MostOpen > Options.Connections);
    }

    private sealed class Observer : IBatchObserver
    {
        public System.Collections.Concurrent.ConcurrentQueue<Guid> Told { get; } = [];

        public Task LettersRefusedAsync(Guid batch, CancellationToken cancel)
        {
            Told.Enqueue(batch);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Of_a_batch_of_which_a_letter_is_refused_its_module_is_told()
    {
        await using var sink = new SmtpSink
        {
            Answer = to => to.StartsWith("no", StringComparison.Ordinal) ? "550 no" : null,
        };
        var observer = new Observer();
        await using var house = await TestHost.Open(
            Provider.Sqlite,
            withSample: false,
            services =>
            {
                Use(services, sink, null);
                services.AddSingleton<IBatchObserver>(observer);
            }
        );
        var (good, bad) = (Guid.NewGuid(), Guid.NewGuid());
        await Queue(
            house,
            Letter("yes@a.example") with
            {
                Batch = good,
            },
            Letter("no@a.example") with
            {
                Batch = bad,
            },
            Letter("no-batch@a.example")
        );
        await SmtpSink.UntilAsync(() => observer.Told.Contains(bad), "nobody is told");
        Assert.DoesNotContain(good, observer.Told);
    }

    [Theory, BothDatabases]
    public async Task Of_two_that_claim_a_letter_one_has_it_until_its_lease_is_over(Provider provider)
    {
        await using var house = await TestHost.Open(provider, withSample: false);
        await Queue(house, Letter("a@example.org"));
        var (one, two) = (Guid.NewGuid(), Guid.NewGuid());
        Task<IReadOnlyList<OutboxMessage>> Claim(Guid claimant) =>
            house.Within(s => s.GetRequiredService<OutboxQueue>().ClaimAsync(claimant, 10, false, default));
        var claimed = Assert.Single(await Claim(one));
        Assert.Empty(await Claim(two));
        // Its process died: nobody renews.
        await house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Set<OutboxMessage>()
                .ExecuteUpdateAsync(l => l.SetProperty(x => x.DueAt, x => x.CreatedAt))
        );
        var taken = Assert.Single(await Claim(two));
        // The first, which was only slow, says nothing of it any more.
        await house.Within(s =>
            s.GetRequiredService<OutcomeRecorder>().RecordAsync(claimed, new(DeliveryResult.Refused, "550 no"), default)
        );
        Assert.Equal(
            (two, null),
            await Read(
                house,
                l => l.Select(x => new ValueTuple<Guid?, DateTimeOffset?>(x.ClaimedBy, x.FailedAt)).SingleAsync()
            )
        );
        Assert.Equal(two, taken.ClaimedBy);
    }

    [Theory, BothDatabases]
    public async Task A_temporary_refusal_puts_off_its_domain_and_no_other(Provider provider)
    {
        await using var sink = new SmtpSink
        {
            Answer = to => to.EndsWith("@slow.example", StringComparison.Ordinal) ? "451 4.7.1 come back later" : null,
        };
        await using var house = await Open(provider, sink);
        await Queue(
            house,
            [
                .. Enumerable.Range(0, 60).Select(i => Letter($"reader{i}@slow.example")),
                .. Enumerable.Range(0, 60).Select(i => Letter($"reader{i}@quick.example")),
            ]
        );
        await SmtpSink.UntilAsync(() => sink.Taken.Count >= 60, "the other domain waits too");
        Assert.All(sink.Addressees, a => Assert.EndsWith("@quick.example", a, StringComparison.Ordinal));
        // What was claimed before the first refusal, and no more.
        Assert.InRange(sink.Offered.Count(a => a.EndsWith("@slow.example", StringComparison.Ordinal)), 1, 12);
        // Somebody who signs in is not made to wait.
        sink.Answer = null;
        await SignIn(house, "awa@slow.example");
        await SmtpSink.UntilAsync(() => sink.Addressees.Contains("awa@slow.example"), "no code");
    }

    [Theory, BothDatabases]
    public async Task A_permanent_refusal_is_final_says_why_and_ends_all_letters_but_sign_in(Provider provider)
    {
        await using var sink = new SmtpSink
        {
            Answer = to =>
                to switch
                {
                    "gone@example.org" => "550 5.1.1 <gone@example.org>: user unknown",
                    "filter@example.org" => "550 5.7.1 rejected as spam",
                    _ => null,
                },
        };
        await using var house = await Open(provider, sink);
        await Queue(house, Letter("gone@example.org"), Letter("filter@example.org"));
        await Until(house, async () => await CountWaiting(house) == 0);
        var failed = await Read(house, l => l.OrderBy(x => x.To).ToListAsync());
        Assert.All(failed, l => Assert.NotNull(l.FailedAt));
        Assert.Equal(
            ["550 5.7.1 rejected as spam", "550 5.1.1 <gone@example.org>: user unknown"],
            failed.Select(l => l.LastError)
        );
        Assert.All(failed, l => Assert.Equal("Text", l.Text));

        // A filter may take the next letter; where nobody is, nobody is written to.
        sink.Answer = null;
        await Queue(house, Letter("gone@example.org"), Letter("filter@example.org"));
        await house.Within(async s =>
        {
            s.GetRequiredService<Outbox>().Queue(Letter("gone@example.org") with { Subject = "Asked for" });
            await s.GetRequiredService<PlenariaDb>().SaveChangesAsync();
        });
        await SignIn(house, "gone@example.org");
        await Until(house, async () => await CountWaiting(house) == 0);
        Assert.Equal(["To filter@example.org", "Sign in"], sink.Taken.Select(l => l.Message.Subject).OrderDescending());
    }

    [Theory, BothDatabases]
    public async Task No_more_letters_go_to_a_domain_in_a_minute_than_were_set(Provider provider)
    {
        await using var sink = new SmtpSink();
        await using var house = await Open(provider, sink, Options with { PerDomainAndMinute = 3 });
        await Queue(
            house,
            [
                .. Enumerable.Range(0, 9).Select(i => Letter($"reader{i}@many.example")),
                Letter("one@few.example"),
                Letter("two@few.example"),
            ]
        );
        await SmtpSink.UntilAsync(() => sink.Taken.Count >= 5, "too few letters leave");
        await SignIn(house, "awa@many.example");
        await SmtpSink.UntilAsync(() => sink.Addressees.Contains("awa@many.example"), "no code");
        Assert.Equal(3, sink.Addressees.Count(a => a.StartsWith("reader", StringComparison.Ordinal)));
        Assert.Equal(2, sink.Addressees.Count(a => a.EndsWith("@few.example", StringComparison.Ordinal)));
        await Until(house, async () => await CountWaiting(house) == 6);
        // A minute later the next leave.
        await house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Set<OutboxMessage>()
                .Where(l => l.SentAt != null)
                .ExecuteUpdateAsync(l => l.SetProperty(x => x.SentAt, DateTimeOffset.UtcNow.AddMinutes(-2)))
        );
        await SmtpSink.UntilAsync(() => sink.Taken.Count >= 9, "the minute does not end");
    }

    [Theory, BothDatabases]
    public async Task What_is_under_an_embargo_waits_for_its_moment(Provider provider)
    {
        await using var sink = new SmtpSink();
        await using var house = await Open(provider, sink);
        await Queue(
            house,
            Letter("later@example.org") with
            {
                NotBefore = DateTimeOffset.UtcNow.AddHours(3),
            },
            Letter("now@example.org")
        );
        await SmtpSink.UntilAsync(() => !sink.Taken.IsEmpty, "nothing leaves");
        await Until(house, async () => await CountWaiting(house) == 1);
        await house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Set<OutboxMessage>()
                .ExecuteUpdateAsync(l => l.SetProperty(x => x.DueAt, x => x.CreatedAt))
        );
        await SmtpSink.UntilAsync(() => sink.Taken.Count == 2, "its moment does not come");
        Assert.Equal(["now@example.org", "later@example.org"], sink.Addressees);
    }

    [Theory, BothDatabases]
    public async Task A_letter_has_text_html_files_and_header_fields(Provider provider)
    {
        await using var sink = new SmtpSink();
        await using var house = await Open(provider, sink);
        await house.Within(async s =>
        {
            var file = await s.GetRequiredService<Plenaria.Platform.Files.FileStore>()
                .Keep(
                    Encoding.UTF8.GetBytes("a;b\n1;2\n"),
                    "table.csv",
                    Plenaria.Platform.Register.Audience.Network,
                    default
                );
            s.GetRequiredService<Plenaria.Platform.Journal.Journal>()
                .Append(house.Acting(), "test", "test.file-kept", null, new { });
            s.GetRequiredService<Outbox>()
                .Queue(
                    Letter("awa@example.org") with
                    {
                        Html = "<p>Text</p>",
                        Attachments = [new(file.Hash, "table.csv")],
                        Headers = new Dictionary<string, string> { ["List-Id"] = "<news.example.org>" },
                    }
                );
            await s.GetRequiredService<PlenariaDb>().SaveChangesAsync();
        });
        await SmtpSink.UntilAsync(() => !sink.Taken.IsEmpty, "nothing leaves");
        var message = Assert.Single(sink.Taken).Message;
        Assert.Equal(("Text", "<p>Text</p>"), (message.TextBody?.Trim(), message.HtmlBody?.Trim()));
        Assert.Equal("<news.example.org>", message.Headers["List-Id"]);
        Assert.Equal("table.csv", Assert.Single(message.Attachments).ContentDisposition?.FileName);
        Assert.Throws<ArgumentException>(() =>
            OutboxMessage.Create(
                Letter("a@example.org") with
                {
                    Headers = new Dictionary<string, string> { ["X-Test"] = "a\r\nBcc: everybody@example.org" },
                },
                LetterPriority.Ordinary,
                DateTimeOffset.UtcNow
            )
        );
    }

    private static async Task Until(TestHost house, Func<Task<bool>> holds)
    {
        var since = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(since.Elapsed < TimeSpan.FromSeconds(20), $"{await CountWaiting(house)} letters wait");
            await Task.Delay(50);
        }
    }
}
