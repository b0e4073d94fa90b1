using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Site;

namespace Plenaria.Tests.Platform.Correspondence;

/// <summary>Letters that are collected: one a day or a week, never empty, never twice.</summary>
public class DigestTests
{
    private const string Comments = "comments",
        Questions = "questions";

    /// <summary>A clock that can be set, and that ends whoever asks it, as a kill does.</summary>
    private sealed class FailingClock : TimeProvider
    {
        private readonly AsyncLocal<int[]?> _left = new();
        private readonly ShiftedClock _clock = new(Wednesday.AddHours(9));

        public void Set(DateTimeOffset now) => _clock.Set(now);

        /// <summary>Fails the work at hand when it asks for the time once more than so often.</summary>
        public void FailAfter(int times) => _left.Value = [times];

        public override DateTimeOffset GetUtcNow() =>
            _left.Value is { } left && left[0]-- <= 0
                ? throw new InvalidOperationException("Killed")
                : _clock.GetUtcNow();
    }

    private static readonly DateTimeOffset Wednesday = new(2027, 3, 3, 0, 0, 0, TimeSpan.Zero),
        Thursday = Wednesday.AddDays(1),
        Monday = Wednesday.AddDays(5);

    private static Task<TestHost> Open(Provider provider, FailingClock clock) =>
        TestHost.Open(
            provider,
            withSample: false,
            services =>
                services.AddSingleton<TimeProvider>(clock).AddSingleton(new SiteAddress("https://network.example"))
        );

    private static Task<AccountAddress> OpenReader(
        TestHost house,
        params (string Kind, LetterRhythm Rhythm)[] chosen
    ) =>
        house.Within(async s =>
        {
            var email = $"{Guid.NewGuid():N}@readers.example";
            var account = await s.GetRequiredService<Accounts>()
                .Open(email, "Reader", Language.French, house.Acting(), default);
            await s.GetRequiredService<PlenariaDb>().SaveChangesAsync();
            var reader = new AccountAddress(account, email, Language.French);
            await s.GetRequiredService<PreferenceStore>()
                .ChooseAsync(reader, chosen.ToDictionary(c => c.Kind, c => c.Rhythm), house.Acting(), default);
            return reader;
        });

    private static Task Choose(TestHost house, AccountAddress reader, string kind, LetterRhythm rhythm) =>
        house.Within(s =>
            s.GetRequiredService<PreferenceStore>()
                .ChooseAsync(reader, new Dictionary<string, LetterRhythm> { [kind] = rhythm }, house.Acting(), default)
        );

    private static Task Queue(
        TestHost house,
        AccountAddress reader,
        string kind,
        params IEnumerable<string> subjects
    ) =>
        house.Within(async s =>
        {
            foreach (var subject in subjects)
            {
                Assert.True(
                    await s.GetRequiredService<Outbox>()
                        .QueueUnlessRefused(
                            new(reader.Email, Language.French, subject, $"{ReplyParser.Marker}\nBonjour")
                            {
                                Kind = kind,
                                ReplyToken = ReplyAddress.NewToken(),
                                Excerpt = new($"Said of {subject}", $"https://network.example/fr/{subject}"),
                            },
                            default
                        )
                );
                await s.GetRequiredService<PlenariaDb>().SaveChangesAsync();
            }
        });

    private static Task Send(TestHost house) =>
        house.Within(s => s.GetRequiredService<DigestSender>().SendAsync(default));

    private static Task<List<OutboxMessage>> Letters(TestHost house, AccountAddress reader) =>
        house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Set<OutboxMessage>()
                .Where(l => l.To == reader.Email)
                .OrderBy(l => l.Id)
                .ToListAsync()
        );

    [Theory, BothDatabases]
    public async Task What_was_collected_comes_once_a_day_or_on_Monday_in_one_letter(Provider provider)
    {
        var clock = new FailingClock();
        await using var house = await Open(provider, clock);
        var reader = await OpenReader(house, (Comments, LetterRhythm.Daily), (Questions, LetterRhythm.Weekly));
        await Queue(house, reader, Comments, "first", "second", "third");
        await Queue(house, reader, Questions, "asked");
        // The day of digests is not over yet.
        clock.Set(Wednesday.AddHours(20));
        await Send(house);
        Assert.Empty(await Letters(house, reader));

        clock.Set(Thursday.AddHours(7).AddMinutes(1));
        await Send(house);
        await Send(house);
        var daily = Assert.Single(await Letters(house, reader));
        Assert.Equal((LetterKind.Digest, Language.French), (daily.Kind, daily.Language));
        Assert.Contains("3 nouveautés", daily.Subject);
        Assert.Contains("Commentaires et réponses\n====", daily.Text);
        string[] inOrder = ["* third\n  Said of third\n  https://network.example/fr/third", "* second", "* first"];
        var places = inOrder.Select(p => daily.Text.IndexOf(p, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
        Assert.DoesNotContain("asked", daily.Text);
        Assert.DoesNotContain(ReplyParser.Marker, daily.Text);
        Assert.Null(daily.ReplyToken);
        Assert.Contains("/fr/account/mail/stop?token=", daily.Headers!["List-Unsubscribe"]);

        // What comes after waits, and who chooses otherwise gets no second letter on the same day.
        await Queue(house, reader, Comments, "fourth");
        await Choose(house, reader, Questions, LetterRhythm.Daily);
        await Send(house);
        Assert.Single(await Letters(house, reader));
        await Choose(house, reader, Questions, LetterRhythm.Weekly);

        clock.Set(Monday.AddHours(7).AddMinutes(1));
        await Send(house);
        await Send(house);
        var letters = await Letters(house, reader);
        Assert.Equal(2, letters.Count);
        Assert.Contains("* fourth", letters[1].Text);
        Assert.Contains("Questions et réponses\n====", letters[1].Text);
        Assert.Contains("* asked", letters[1].Text);

        // Never empty.
        clock.Set(Monday.AddDays(7).AddHours(7).AddMinutes(1));
        await Send(house);
        Assert.Equal(2, (await Letters(house, reader)).Count);
    }

    [Theory, BothDatabases]
    public async Task A_run_that_is_killed_sends_nothing_twice_and_loses_nothing(Provider provider)
    {
        var clock = new FailingClock();
        await using var house = await Open(provider, clock);
        var reader = await OpenReader(house, (Comments, LetterRhythm.Daily));
        await Queue(house, reader, Comments, "kept");
        clock.Set(Thursday.AddHours(8));
        // Asked first for the period, then for the letter, when the items are deleted already.
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            clock.FailAfter(1);
            await Send(house);
        });
        Assert.Empty(await Letters(house, reader));
        await Send(house);
        await Send(house);
        Assert.Contains("* kept", Assert.Single(await Letters(house, reader)).Text);
    }

    [Theory, BothDatabases]
    public async Task Two_runs_at_once_send_one_letter(Provider provider)
    {
        var clock = new FailingClock();
        await using var house = await Open(provider, clock);
        var readers = new List<AccountAddress>();
        for (var i = 0; i < 5; i++)
        {
            var reader = await OpenReader(house, (Comments, LetterRhythm.Daily));
            await Queue(house, reader, Comments, "one", "two");
            readers.Add(reader);
        }
        clock.Set(Thursday.AddHours(8));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Run(house)));
        await Send(house);
        foreach (var reader in readers)
            Assert.Single(await Letters(house, reader));
    }

    // Of runs at once the later ones may be told that somebody else was there.
    private static async Task Run(TestHost house)
    {
        try
        {
            await Send(house);
        }
        catch (AggregateException fault)
            when (fault.InnerExceptions.All(f => PlenariaDb.IsConcurrencyConflict(f) || PlenariaDb.IsUniqueViolation(f))
            )
        {
            // The next run sends what is left.
        }
    }

    [Theory, BothDatabases]
    public async Task A_digest_is_bounded_and_says_how_many_more_there_are(Provider provider)
    {
        var clock = new FailingClock();
        await using var house = await Open(provider, clock);
        var reader = await OpenReader(house, (Comments, LetterRhythm.Daily));
        var all = Enumerable.Range(1, DigestWriter.MostOfKind + 5).Select(i => $"number-{i:000}").ToList();
        await Queue(house, reader, Comments, all);
        clock.Set(Thursday.AddHours(8));
        await Send(house);
        var letter = Assert.Single(await Letters(house, reader));
        Assert.All(all.Skip(5), s => Assert.Contains($"* {s}\n", letter.Text));
        Assert.All(all.Take(5), s => Assert.DoesNotContain(s, letter.Text));
        Assert.Contains("Et 5 autres", letter.Text);
    }

    [Theory, BothDatabases]
    public async Task What_is_not_wanted_any_more_is_not_sent(Provider provider)
    {
        var clock = new FailingClock();
        await using var house = await Open(provider, clock);
        var (never, closed, atOnce) = (
            await OpenReader(house, (Comments, LetterRhythm.Daily)),
            await OpenReader(house, (Comments, LetterRhythm.Daily)),
            await OpenReader(house, (Comments, LetterRhythm.Weekly))
        );
        foreach (var reader in (AccountAddress[])[never, closed, atOnce])
            await Queue(house, reader, Comments, "waiting");
        await Choose(house, never, Comments, LetterRhythm.Never);
        await Choose(house, atOnce, Comments, LetterRhythm.AtOnce);
        await house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Set<Account>()
                .Where(a => a.Id == closed.Account)
                .ExecuteUpdateAsync(a => a.SetProperty(x => x.IsClosed, true))
        );
        clock.Set(Thursday.AddHours(8));
        await Send(house);
        Assert.Empty(await Letters(house, never));
        Assert.Empty(await Letters(house, closed));
        // What was collected before comes all the same.
        Assert.Single(await Letters(house, atOnce));
        Assert.Equal(0, await house.Within(s => s.GetRequiredService<PlenariaDb>().Set<DigestItem>().CountAsync()));
    }

    [Theory, BothDatabases]
    public async Task The_link_of_a_digest_ends_all_that_is_collected_and_takes_it_back(Provider provider)
    {
        await using var house = await Open(provider, new FailingClock());
        var reader = await OpenReader(
            house,
            (Comments, LetterRhythm.Daily),
            (Questions, LetterRhythm.Weekly),
            ("requests", LetterRhythm.Never)
        );
        var link = new StopLink(reader.Email, LetterKind.Digest);
        Task<string> Chosen() =>
            house.Within(async s =>
                (await s.GetRequiredService<PreferenceStore>().FindAsync(reader.Email, default))!.Text
            );
        await house.Within(s => s.GetRequiredService<PreferenceStore>().StopAsync(link, house.Acting(), default));
        Assert.Equal("comments: Never, questions: Never, requests: Never", await Chosen());
        await house.Within(s => s.GetRequiredService<PreferenceStore>().ResumeAsync(link, house.Acting(), default));
        Assert.Equal("comments: Daily, questions: Weekly, requests: Never", await Chosen());
    }
}
