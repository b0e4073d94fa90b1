using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Ballots;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Tests.Governance.Ballots;

public class BallotTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static readonly string[] Options = ["yes", "no", "abstain"];

    private static IReadOnlyList<Voice> Roll(int voices, long weight = 1) =>
        [
            .. Enumerable
                .Range(0, voices)
                .Select(i => new Voice(new(Guid.CreateVersion7()), weight, i % 2 == 0 ? "city" : null)),
        ];

    private static Task<Guid> Open(TestHost house, IReadOnlyList<Voice> roll, Secrecy secrecy = Secrecy.Named) =>
        house.Within(s =>
            s.GetRequiredService<IBallots>()
                .Open(Reference.Parse("T-BALLOT"), secrecy, Options, roll, house.Acting(), default)
        );

    private static Task<BoxCount> Close(TestHost house, Guid ballot) =>
        house.Within(s => s.GetRequiredService<IBallots>().Close(ballot, house.Acting(), default));

    private static string Tracker() => Guid.NewGuid().ToString("N");

    /// <summary>Votes, and says which rule refused it; empty when it was acknowledged.</summary>
    private static Task<string> Vote(
        TestHost house,
        Guid ballot,
        MemberId member,
        string option,
        string? tracker = null
    ) =>
        Task.Run(() =>
            house.Within(async services =>
            {
                try
                {
                    await services
                        .GetRequiredService<IBallots>()
                        .Put(new(ballot, member, option, tracker ?? Tracker(), null), default);
                    return "";
                }
                catch (RuleViolationException broken)
                {
                    return broken.Key;
                }
            })
        );

    private static Task<List<string>> Faults(TestHost house) =>
        house.Within(async services =>
        {
            var faults = new List<string>();
            await foreach (var fault in BoxCheck.Faults(services, default))
                faults.Add(fault);
            return faults;
        });

    [Theory, BothDatabases]
    public async Task A_hall_that_votes_at_one_moment_is_counted_to_the_voice(Provider provider)
    {
        var house = await houses.On(provider);
        var roll = Roll(300);
        var ballot = await Open(house, roll);
        // Every phone sends its vote twice, and every tenth a third time with another option.
        var sent = roll.Select((v, i) => (v.Member, Option: Options[i % 3], Tracker: Tracker())).ToList();
        var answers = await Task.WhenAll(
            sent.Concat(sent)
                .Concat(
                    sent.Where((_, i) => i % 10 == 0)
                        .Select(s =>
                            s with
                            {
                                Option = Options[(Array.IndexOf(Options, s.Option) + 1) % 3],
                                Tracker = Tracker(),
                            }
                        )
                )
                .Select(async s => (s, Answer: await Vote(house, ballot, s.Member, s.Option, s.Tracker)))
        );
        var count = await Close(house, ballot);
        Assert.Equal(300, count.Options.Values.Sum());
        // Of two different votes of one voice the first counts, whichever it was; the vote that counts was acknowledged
        // each time.
        var papers = await house.Within(s => s.GetRequiredService<IBallots>().Papers(ballot, default));
        Assert.Equal(300, papers.Select(p => p.Member).Distinct().Count());
        var inBox = papers.ToDictionary(p => p.Tracker);
        Assert.All(answers, a => Assert.Equal(inBox.ContainsKey(a.s.Tracker) ? "" : "ballots.voted-already", a.Answer));
        foreach (var option in Options)
            Assert.Equal(papers.Count(p => p.Option == option), count.Of(option));
        Assert.Equal(150, Options.Sum(o => count.Of(o, "city")));
        // Not a transaction for each.
        var batches = await house.Within(s => s.GetRequiredService<Journal>().Read($"ballot:{ballot}", 1000, default));
        Assert.InRange(batches.Count(b => b.Act == "ballots.taken-in"), 1, 150);
        Assert.DoesNotContain(await Faults(house), f => f.Contains(ballot.ToString(), StringComparison.Ordinal));
    }

    [Theory, BothDatabases]
    public async Task What_is_no_vote_is_refused_and_what_was_sent_again_is_acknowledged(Provider provider)
    {
        var house = await houses.On(provider);
        var roll = Roll(3, weight: 5);
        var ballot = await Open(house, roll);
        var tracker = Tracker();
        Assert.Equal("ballots.option-unknown", await Vote(house, ballot, roll[0].Member, "maybe"));
        Assert.Equal("ballots.not-on-roll", await Vote(house, ballot, new(Guid.CreateVersion7()), "yes"));
        Assert.Equal("ballots.unknown", await Vote(house, Guid.CreateVersion7(), roll[0].Member, "yes"));
        Assert.Equal("ballots.tracker", await Vote(house, ballot, roll[0].Member, "yes", "<b>12345678"));
        Assert.Equal("", await Vote(house, ballot, roll[0].Member, "yes", tracker));
        Assert.Equal("", await Vote(house, ballot, roll[0].Member, "yes", tracker));
        Assert.Equal("ballots.voted-already", await Vote(house, ballot, roll[0].Member, "no"));
        Assert.Equal("ballots.tracker", await Vote(house, ballot, roll[1].Member, "yes", tracker));
        Assert.Empty(await house.Within(s => s.GetRequiredService<IBallots>().Papers(ballot, default)));
        Assert.Equal(
            (5, 0, 0),
            await Close(house, ballot) is var count ? (count.Of("yes"), count.Of("no"), count.Of("abstain")) : default
        );
        Assert.Equal("ballots.closed", await Vote(house, ballot, roll[2].Member, "no"));
        // The answer was lost on its way, and the phone asks again after the end.
        Assert.Equal("", await Vote(house, ballot, roll[0].Member, "yes", tracker));
        Assert.Equal(
            "ballots.closed",
            (await Assert.ThrowsAsync<RuleViolationException>(() => Close(house, ballot))).Key
        );
        Assert.Equal(
            (3, 1),
            await house.Within(s => s.GetRequiredService<IBallots>().Read(ballot, default)) is { } line
                ? (line.OnRoll, line.HaveVoted)
                : default
        );
    }

    [Theory, BothDatabases]
    public async Task A_box_that_closes_while_votes_arrive_counts_what_it_acknowledged(Provider provider)
    {
        var house = await houses.On(provider);
        for (var round = 0; round < 5; round++)
        {
            var roll = Roll(60);
            var ballot = await Open(house, roll);
            var votes = roll.Select(v => Vote(house, ballot, v.Member, "yes")).ToList();
            await votes[round * 10];
            var count = await Close(house, ballot);
            var answers = await Task.WhenAll(votes);
            Assert.All(answers, a => Assert.True(a is "" or "ballots.closed", a));
            Assert.Equal(answers.Count(a => a.Length == 0), count.Of("yes"));
        }
    }

    [Theory, BothDatabases]
    public async Task Of_a_secret_vote_nothing_says_whose_it_was(Provider provider)
    {
        var house = await houses.On(provider);
        var roll = Roll(9);
        var ballot = await Open(house, roll, Secrecy.Secret);
        var trackers = new List<string>();
        foreach (var voice in roll)
        {
            trackers.Add(Tracker());
            Assert.Equal("", await Vote(house, ballot, voice.Member, "no", trackers[^1]));
        }
        Task<List<BallotPaper>> Stored() =>
            house.Within(s =>
                s.GetRequiredService<PlenariaDb>()
                    .Set<BallotPaper>()
                    .AsNoTracking()
                    .Where(p => p.Ballot == ballot)
                    .OrderBy(p => p.Id)
                    .ToListAsync()
            );
        Assert.Empty(await Stored());
        await Close(house, ballot);
        var rows = await Stored();
        Assert.All(rows, r => Assert.Equal((null, null, null), (r.Member, r.CastBy, r.At)));
        // Keys drawn by lot: in their order, the votes do not stand as they came (once in 362,880 they would).
        Assert.NotEqual(trackers, rows.Select(r => r.Tracker));
        Assert.Equal(trackers.Order(StringComparer.Ordinal), rows.Select(r => r.Tracker).Order(StringComparer.Ordinal));
        // Each finds the own vote again by its tracker.
        Assert.All(
            await house.Within(s => s.GetRequiredService<IBallots>().Papers(ballot, default)),
            p => Assert.Null(p.Member)
        );
        var told = await house.Within(s => s.GetRequiredService<Journal>().Read($"ballot:{ballot}", 100, default));
        Assert.All(
            told.Where(t => t.Act == "ballots.taken-in"),
            t => Assert.Equal("""{"papers":1}""", t.What!.Value.GetRawText())
        );
    }

    [Theory, BothDatabases]
    public async Task Two_nodes_that_take_in_one_voice_count_it_once(Provider provider)
    {
        var house = await houses.On(provider);
        // SQLite has one node; there the second box stands beside the first in one process.
        await using var other =
            provider == Provider.Postgres
                ? await TestHost.On(house.ConnectionString, Databases.Folder(), withSample: false)
                : null;
        var roll = Roll(40);
        var ballot = await Open(house, roll);
        var answers = await Task.WhenAll(
            roll.SelectMany(v =>
                new[] { Vote(house, ballot, v.Member, "yes"), Vote(other ?? house, ballot, v.Member, "no") }
            )
        );
        Assert.Equal((40, 40), (answers.Count(a => a.Length == 0), answers.Count(a => a == "ballots.voted-already")));
        Assert.Equal(40, (await Close(house, ballot)).Options.Values.Sum());
    }

    [Theory, BothDatabases]
    public async Task Whoever_changes_a_box_is_found_out(Provider provider)
    {
        var house = await houses.On(provider);
        var roll = Roll(4);
        var ballots = new List<Guid>();
        for (var i = 0; i < 4; i++)
        {
            ballots.Add(await Open(house, roll));
            await Vote(house, ballots[i], roll[0].Member, "no");
            await Close(house, ballots[i]);
        }
        await house.Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            await db.Set<BallotPaper>()
                .Where(p => p.Ballot == ballots[0])
                .ExecuteUpdateAsync(p => p.SetProperty(x => x.Option, "yes"));
            await db.Set<RollVoice>()
                .Where(v => v.Ballot == ballots[1] && v.Member == roll[3].Member)
                .ExecuteDeleteAsync();
            await db.Set<RollVoice>()
                .Where(v => v.Ballot == ballots[2] && v.Member == roll[2].Member)
                .ExecuteUpdateAsync(v => v.SetProperty(x => x.HasVoted, true));
        });
        var faults = (await Faults(house))
            .Where(f => ballots.Exists(b => f.Contains(b.ToString(), StringComparison.Ordinal)))
            .Select(f => f[(f.LastIndexOf(':') + 2)..])
            .ToList();
        Assert.Equal(
            [
                "its papers are not those that were counted",
                "its roll is not the one it was opened with",
                "2 have voted, 1 papers are in the box",
            ],
            faults
        );
    }

    [Theory, BothDatabases]
    public async Task A_ballot_without_voices_or_options_is_not_opened(Provider provider)
    {
        var house = await houses.On(provider);
        var roll = Roll(1);
        async Task<string> Refused(IReadOnlyList<string> options, IReadOnlyList<Voice> voices) =>
            (
                await Assert.ThrowsAsync<RuleViolationException>(() =>
                    house.Within(s =>
                        s.GetRequiredService<IBallots>()
                            .Open(Reference.Parse("T-BALLOT"), Secrecy.Named, options, voices, house.Acting(), default)
                    )
                )
            ).Key;
        Assert.Equal(
            ("ballots.options", "ballots.options", "ballots.nobody", "ballots.roll", "ballots.roll"),
            (
                await Refused([], roll),
                await Refused(["a", "a"], roll),
                await Refused(Options, []),
                await Refused(Options, [.. roll, .. roll]),
                await Refused(Options, [new(roll[0].Member, 0)])
            )
        );
    }
}
