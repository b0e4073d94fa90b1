using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Plenaria.Ballots;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Tests.Governance.Ballots;

/// <summary>
/// Plays somebody who holds everything that the installation stores, and who saw in which order the members voted: the
/// database with its hidden columns, its files, the journal, an archive. Of a secret ballot it must not learn more than
/// the result.
/// </summary>
public class SecretBallotTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private const int Voters = 120;
    private static readonly string[] Options = ["approve", "reject the accounts as presented"];

    private sealed record KnownVote(MemberId Member, string Option, string Tracker);

    [Theory, BothDatabases]
    public async Task Nothing_stored_during_a_secret_ballot_or_after_it_ties_voters_to_votes(Provider provider)
    {
        var house = await houses.On(provider);
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var roll = Enumerable.Range(0, Voters).Select(_ => new Voice(new(Guid.CreateVersion7()))).ToList();
        var ballot = await house.Within(s =>
            s.GetRequiredService<IBallots>()
                .Open(Reference.Parse("T-SECRET"), Secrecy.Secret, Options, roll, house.Acting(), default)
        );
        var log = new Written();
        house.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        var votes = new List<KnownVote>();
        foreach (var member in roll.Select(v => v.Member).OrderBy(_ => random.Next()).ToList())
        {
            var vote = new KnownVote(
                member,
                Options[random.Next(2)],
                Convert.ToHexStringLower(Guid.NewGuid().ToByteArray())
            );
            await house.Within(s =>
                s.GetRequiredService<IBallots>().Put(new(ballot, member, vote.Option, vote.Tracker, null), default)
            );
            votes.Add(vote);
        }
        await AssertUnlinkedAsync(house, ballot, votes, seed);
        await AssertTrackersNowhereAsync(house, votes, seed);

        await house.Within(s => s.GetRequiredService<IBallots>().Close(ballot, house.Acting(), default));
        await AssertUnlinkedAsync(house, ballot, votes, seed);
        // The server's log has no line about a vote, its voter or its ballot.
        string[] telling = [ballot.ToString(), .. votes.SelectMany(v => new[] { v.Member.ToString(), v.Tracker })];
        Assert.DoesNotContain(
            log.Lines,
            line => telling.Any(t => line.Contains(t, StringComparison.OrdinalIgnoreCase))
        );
        Assert.Equal(
            Voters,
            await house.Within(s =>
                s.GetRequiredService<PlenariaDb>().Set<BallotPaper>().CountAsync(p => p.Ballot == ballot)
            )
        );
        // Where in the files the votes lie after closing says nothing about when they were cast.
        var files = await FilesAsync(house);
        var places = votes
            .Select((v, order) => (Order: order, Place: files.IndexOf(Encoding.ASCII.GetBytes(v.Tracker))))
            .Where(p => p.Place >= 0)
            .ToList();
        AssertNoCorrelation(
            [.. places.Select(p => (double)p.Order)],
            [.. places.Select(p => (double)p.Place)],
            $"places in the files, seed {seed}"
        );
    }

    /// <summary>Keeps what the program logs.</summary>
    private sealed class Written : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose() { }
    }

    private static Task<Guid> Open(TestHost house, IReadOnlyList<Voice> roll) =>
        house.Within(s =>
            s.GetRequiredService<IBallots>()
                .Open(Reference.Parse("T-SECRET"), Secrecy.Secret, Options, roll, house.Acting(), default)
        );

    private static Task<BoxCount> Close(TestHost house, Guid ballot) =>
        house.Within(s => s.GetRequiredService<IBallots>().Close(ballot, house.Acting(), default));

    private static List<Voice> Roll(int voices) =>
        [.. Enumerable.Range(0, voices).Select(_ => new Voice(new(Guid.CreateVersion7())))];

    private static string Tracker() => Guid.NewGuid().ToString("N");

    /// <summary>Votes, and says which rule refused it; empty when it was acknowledged.</summary>
    private static Task<string> Vote(TestHost house, Guid ballot, MemberId member, string option, string tracker) =>
        Task.Run(() =>
            house.Within(async s =>
            {
                try
                {
                    await s.GetRequiredService<IBallots>().Put(new(ballot, member, option, tracker, null), default);
                    return "";
                }
                catch (RuleViolationException broken)
                {
                    return broken.Key;
                }
            })
        );

    private static string FileOf(TestHost house, Guid ballot, string extension = ".key") =>
        Path.Combine(house.Data.FullName, "ballot-keys", ballot.ToString("N") + extension);

    private static Task Sweep(TestHost house) => house.Within(s => BallotKeySweep.RunAsync(s, default));

    [Theory, BothDatabases]
    public async Task The_key_lies_in_the_data_directory_for_its_owner_only_and_goes_with_the_closing(Provider provider)
    {
        var house = await houses.On(provider);
        var roll = Roll(3);
        var ballot = await Open(house, roll);
        var key = await File.ReadAllBytesAsync(FileOf(house, ballot), TestContext.Current.CancellationToken);
        Assert.Equal(BallotKeyStore.KeyLength, key.Length);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FileOf(house, ballot)));
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(Path.GetDirectoryName(FileOf(house, ballot))!)
            );
        }
        Assert.Equal("", await Vote(house, ballot, roll[0].Member, Options[0], Tracker()));
        Assert.Equal("", await Vote(house, ballot, roll[1].Member, Options[1], Tracker()));
        // Neither the length of what is stored says what was voted, nor does anything hold the key.
        Assert.Single(
            (
                await RowsAsync(
                    house,
                    $"SELECT length(envelope) FROM ballots_roll WHERE envelope IS NOT NULL GROUP BY length(envelope)"
                )
            )
        );
        Assert.True((await FilesAsync(house)).IndexOf(key) < 0);
        Assert.DoesNotContain(
            await ArchiveAsync(house),
            e => e.Name.Contains("ballot-keys", StringComparison.Ordinal) || e.Content.AsSpan().IndexOf(key) >= 0
        );
        await Close(house, ballot);
        Assert.False(File.Exists(FileOf(house, ballot)));
        Assert.Empty(
            await house.Within(s =>
                s.GetRequiredService<PlenariaDb>()
                    .Set<RollVoice>()
                    .Where(v => v.Ballot == ballot && (v.Envelope != null || v.TrackerTag != null))
                    .ToListAsync()
            )
        );
    }

    [Theory, BothDatabases]
    public async Task A_secret_vote_that_is_sent_again_is_acknowledged_and_no_two_bear_one_tracker(Provider provider)
    {
        var house = await houses.On(provider);
        var roll = Roll(3);
        var ballot = await Open(house, roll);
        var tracker = Tracker();
        Assert.Equal("", await Vote(house, ballot, roll[0].Member, Options[0], tracker));
        Assert.Equal("", await Vote(house, ballot, roll[0].Member, Options[0], tracker));
        Assert.Equal("ballots.voted-already", await Vote(house, ballot, roll[0].Member, Options[1], tracker));
        Assert.Equal("ballots.voted-already", await Vote(house, ballot, roll[0].Member, Options[0], Tracker()));
        Assert.Equal("ballots.tracker", await Vote(house, ballot, roll[1].Member, Options[0], tracker));
        // Two voters who send one tracker at one moment: one of them is told.
        var shared = Tracker();
        Assert.Equal(
            ["", "ballots.tracker"],
            (await Task.WhenAll(roll.Skip(1).Select(v => Vote(house, ballot, v.Member, Options[1], shared)))).Order()
        );
        Assert.Equal(
            (1, 1),
            await Close(house, ballot) is var count ? (count.Of(Options[0]), count.Of(Options[1])) : default
        );
        Assert.Equal("", await Vote(house, ballot, roll[0].Member, Options[0], tracker));
        Assert.Equal("ballots.closed", await Vote(house, ballot, roll[0].Member, Options[1], tracker));
    }

    [Theory, BothDatabases]
    public async Task Two_nodes_that_share_the_data_directory_take_in_one_secret_vote_of_each(Provider provider)
    {
        var house = await houses.On(provider);
        // SQLite has one node.
        await using var other =
            provider == Provider.Postgres
                ? await TestHost.On(house.ConnectionString, house.Data, withSample: false)
                : null;
        var roll = Roll(40);
        var ballot = await Open(house, roll);
        var answers = await Task.WhenAll(
            roll.SelectMany(v =>
                new[]
                {
                    Vote(house, ballot, v.Member, Options[0], Tracker()),
                    Vote(other ?? house, ballot, v.Member, Options[1], Tracker()),
                }
            )
        );
        Assert.Equal((40, 40), (answers.Count(a => a.Length == 0), answers.Count(a => a == "ballots.voted-already")));
        Assert.Equal(40, (await Close(other ?? house, ballot)).Options.Values.Sum());
        Assert.Equal("ballots.closed", await Vote(house, ballot, roll[0].Member, Options[0], Tracker()));
    }

    [Theory, BothDatabases]
    public async Task A_key_that_outlived_its_ballot_is_swept_and_the_files_are_compacted(Provider provider)
    {
        var house = await houses.On(provider);
        var roll = Roll(5);
        var (ballot, open) = (await Open(house, roll), await Open(house, roll));
        foreach (var voice in roll)
            await Vote(house, ballot, voice.Member, Options[0], Tracker());
        var envelope = await house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Set<RollVoice>()
                .Where(v => v.Ballot == ballot)
                .Select(v => v.Envelope!)
                .FirstAsync()
        );
        // The process dies after the commit and before the key is destroyed.
        await house.Within(async s =>
        {
            var db = s.GetRequiredService<PlenariaDb>();
            await db.InTransactionAsync(
                () => s.GetRequiredService<IBallots>().Close(ballot, house.Acting(), default),
                default
            );
        });
        Assert.True(File.Exists(FileOf(house, ballot)));
        await Sweep(house);
        Assert.False(File.Exists(FileOf(house, ballot)));
        // While another ballot is open nobody has to wait for the compaction.
        Assert.True(File.Exists(FileOf(house, open)));
        Assert.True(File.Exists(FileOf(house, ballot, ".spent")));
        await Close(house, open);
        await house.Within(s =>
            s.GetRequiredService<PlenariaDb>().Set<Ballot>().Where(b => b.ClosedAt == null).ExecuteDeleteAsync()
        );
        await Sweep(house);
        Assert.False(File.Exists(FileOf(house, ballot, ".spent")));
        if (provider == Provider.Sqlite)
            Assert.True((await FilesAsync(house)).IndexOf(envelope) < 0);
    }

    [Theory, BothDatabases]
    public async Task Without_its_key_a_secret_ballot_is_refused_and_can_be_declared_void(Provider provider)
    {
        var house = await houses.On(provider);
        var roll = Roll(2);
        var ballot = await Open(house, roll);
        Assert.Equal("", await Vote(house, ballot, roll[0].Member, Options[0], Tracker()));
        File.Delete(FileOf(house, ballot));
        Assert.Equal("ballots.key-missing", await Vote(house, ballot, roll[1].Member, Options[0], Tracker()));
        Assert.Equal(
            "ballots.key-missing",
            (await Assert.ThrowsAsync<RuleViolationException>(() => Close(house, ballot))).Key
        );
        await house.Within(s => s.GetRequiredService<IBallots>().VoidAsync(ballot, house.Acting(), default));
        Assert.Equal("ballots.closed", await Vote(house, ballot, roll[1].Member, Options[0], Tracker()));
        var faults = await house.Within(async s => await BoxCheck.Faults(s, default).ToListAsync());
        Assert.DoesNotContain(faults, f => f.Contains(ballot.ToString(), StringComparison.Ordinal));
    }

    [Theory, BothDatabases]
    public async Task A_secret_ballot_that_was_closed_before_votes_were_sealed_is_stored_anew_by_the_upgrade(
        Provider provider
    )
    {
        var house = await houses.On(provider);
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var roll = Roll(Voters);
        var ballot = await Open(house, roll);
        var votes = new List<KnownVote>();
        // As it was: the paper and the voter's mark in one transaction, vote by vote.
        foreach (var member in roll.Select(v => v.Member).OrderBy(_ => random.Next()).ToList())
        {
            var vote = new KnownVote(member, Options[random.Next(2)], Tracker());
            votes.Add(vote);
            await house.Within(async s =>
            {
                var db = s.GetRequiredService<PlenariaDb>();
                await db.InTransactionAsync(
                    async () =>
                    {
                        await new Bulk(db).Insert(
                            [
                                new BallotPaper
                                {
                                    Id = Guid.NewGuid(),
                                    Ballot = ballot,
                                    Tracker = vote.Tracker,
                                    Option = vote.Option,
                                    Weight = 1,
                                },
                            ],
                            StatementStreams.None("as an earlier version stored it"),
                            default
                        );
                        await db.Set<RollVoice>()
                            .Where(v => v.Ballot == ballot && v.Member == member)
                            .ExecuteUpdateAsync(v => v.SetProperty(x => x.HasVoted, true));
                    },
                    default
                );
            });
        }
        await house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Set<Ballot>()
                .Where(b => b.Id == ballot)
                .ExecuteUpdateAsync(b => b.SetProperty(x => x.ClosedAt, DateTimeOffset.UtcNow))
        );
        await Assert.ThrowsAnyAsync<Exception>(() => AssertUnlinkedAsync(house, ballot, votes, seed));
        await house.Within(s => BallotRewriter.RewriteAllAsync(s, default));
        await AssertUnlinkedAsync(house, ballot, votes, seed);
        Assert.Equal(
            votes.Select(v => (v.Tracker, v.Option)).Order(),
            (await house.Within(s => s.GetRequiredService<IBallots>().Papers(ballot, default)))
                .Select(p => (p.Tracker, p.Option))
                .Order()
        );
    }

    [Theory, BothDatabases]
    public async Task An_envelope_opens_in_its_own_row_only(Provider provider)
    {
        var house = await houses.On(provider);
        var roll = Roll(2);
        var ballot = await Open(house, roll);
        Assert.Equal("", await Vote(house, ballot, roll[0].Member, Options[0], Tracker()));
        await house.Within(async s =>
        {
            var votes = s.GetRequiredService<PlenariaDb>().Set<RollVoice>().Where(v => v.Ballot == ballot);
            var envelope = await votes.Where(v => v.Member == roll[0].Member).Select(v => v.Envelope).SingleAsync();
            await votes
                .Where(v => v.Member == roll[1].Member)
                .ExecuteUpdateAsync(v => v.SetProperty(x => x.Envelope, envelope).SetProperty(x => x.HasVoted, true));
        });
        Assert.Equal(
            "ballots.envelope",
            (await Assert.ThrowsAsync<RuleViolationException>(() => Close(house, ballot))).Key
        );
        await house.Within(s => s.GetRequiredService<IBallots>().VoidAsync(ballot, house.Acting(), default));
    }

    // Pairs by transaction and by order: what a linked store gives away completely, chance gives for one voter in all.
    private static async Task AssertUnlinkedAsync(TestHost house, Guid ballot, List<KnownVote> votes, int seed)
    {
        var memberOf = votes.ToDictionary(v => v.Tracker, v => v.Member.ToString().ToUpperInvariant());
        var orderOf = votes.Select((v, i) => (v.Tracker, i)).ToDictionary(v => v.Tracker, v => (double)v.i);
        string[] orders = IsSqlite(house) ? ["rowid", "id"] : ["ctid", "xmin::text::bigint, ctid", "id"];
        foreach (var order in orders)
        {
            var papers = await RowsAsync(
                house,
                $"SELECT tracker FROM ballots_papers WHERE upper(CAST(ballot AS text)) = '{ballot.ToString().ToUpperInvariant()}' ORDER BY {order}"
            );
            var trackers = papers.Select(p => p[0]).ToList();
            AssertNoCorrelation(
                [.. trackers.Select(t => orderOf[t])],
                [.. Enumerable.Range(0, trackers.Count).Select(i => (double)i)],
                $"papers by {order}, seed {seed}"
            );
            var voted = await RowsAsync(
                house,
                $"SELECT upper(CAST(member AS text)) FROM ballots_roll WHERE upper(CAST(ballot AS text)) = '{ballot.ToString().ToUpperInvariant()}' AND has_voted ORDER BY {order.Replace("id", IsSqlite(house) && order == "rowid" ? "id" : "member", StringComparison.Ordinal).Replace("ctmember", "ctid", StringComparison.Ordinal)}"
            );
            var pairs = trackers.Zip(voted, (tracker, row) => memberOf[tracker] == row[0]).Count(isRight => isRight);
            Assert.True(
                pairs < 10,
                $"Rows beside each other by {order} name {pairs} of {Voters} voters (seed {seed})."
            );
        }
        if (IsSqlite(house))
            return;
        var byTransaction = await RowsAsync(
            house,
            $"SELECT p.tracker, upper(r.member::text), count(*) OVER (PARTITION BY p.tracker)::text FROM ballots_papers p JOIN ballots_roll r ON r.ballot = p.ballot AND r.has_voted AND r.xmin::text = p.xmin::text WHERE p.ballot = '{ballot}'"
        );
        var named = byTransaction
            .Where(r => memberOf[r[0]] == r[1])
            .Sum(r => 1.0 / double.Parse(r[2], CultureInfo.InvariantCulture));
        Assert.True(named < 5, $"The transactions name {named:0} of {Voters} voters (seed {seed}).");
    }

    // Before closing not one vote can be read: not in a table, not in the files, not in an archive.
    private static async Task AssertTrackersNowhereAsync(TestHost house, List<KnownVote> votes, int seed)
    {
        var trackers = votes.Select(v => Encoding.ASCII.GetBytes(v.Tracker)).ToList();
        var files = await FilesAsync(house);
        Assert.True(trackers.TrueForAll(t => files.IndexOf(t) < 0), $"A tracker stands in the files (seed {seed}).");
        foreach (var (name, content) in await ArchiveAsync(house))
            Assert.True(
                trackers.TrueForAll(t => content.AsSpan().IndexOf(t) < 0),
                $"A tracker stands in the archive's {name} (seed {seed})."
            );
    }

    private static void AssertNoCorrelation(double[] one, double[] other, string where)
    {
        if (one.Length < 2)
            return;
        static double[] Ranks(double[] values) => [.. values.Select(v => (double)values.Count(o => o < v))];
        var (a, b) = (Ranks(one), Ranks(other));
        var (meanA, meanB) = (a.Average(), b.Average());
        var covariance = a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum();
        var rho = covariance / Math.Sqrt(a.Sum(x => (x - meanA) * (x - meanA)) * b.Sum(y => (y - meanB) * (y - meanB)));
        // Five standard deviations of what chance gives; two orders that follow each other give 1.
        Assert.True(
            Math.Abs(rho) < 5 / Math.Sqrt(a.Length - 1),
            $"Rank correlation {rho:0.00} of the order of voting with {where}."
        );
    }

    private static bool IsSqlite(TestHost house) =>
        house.ConnectionString.StartsWith("Data Source", StringComparison.Ordinal);

    private static async Task<List<string[]>> RowsAsync(TestHost house, string sql)
    {
        await using System.Data.Common.DbConnection connection = IsSqlite(house)
            ? new SqliteConnection(house.ConnectionString)
            : new NpgsqlConnection(house.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string[]>();
        while (await reader.ReadAsync())
            rows.Add([
                .. Enumerable
                    .Range(0, reader.FieldCount)
                    .Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)!),
            ]);
        return rows;
    }

    /// <summary>
    /// All bytes of the database on disk: SQLite's file and write-ahead log; of PostgreSQL, where the test may read
    /// them, the heap, the indexes and the log.
    /// </summary>
    private static async Task<FileBytes> FilesAsync(TestHost house)
    {
        var paths = new List<string>();
        if (IsSqlite(house))
        {
            var file = new SqliteConnectionStringBuilder(house.ConnectionString).DataSource;
            paths.AddRange(new[] { file, file + "-wal" }.Where(File.Exists));
        }
        else
        {
            await RowsAsync(house, "CHECKPOINT");
            var cluster = Path.Combine(new NpgsqlConnectionStringBuilder(house.ConnectionString).Host!, "data");
            var database = (
                await RowsAsync(house, "SELECT oid::text FROM pg_database WHERE datname = current_database()")
            )[0][0];
            try
            {
                paths.AddRange(Directory.GetFiles(Path.Combine(cluster, "base", database)));
                paths.AddRange(Directory.GetFiles(Path.Combine(cluster, "pg_wal")));
            }
            catch (UnauthorizedAccessException)
            {
                // The cluster belongs to another user than the one who runs the tests.
            }
        }
        var contents = new List<byte[]>();
        foreach (var path in paths)
        {
            await using var stream = new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            contents.Add(bytes.ToArray());
        }
        return new(contents);
    }

    private sealed record FileBytes(List<byte[]> Contents)
    {
        public long IndexOf(byte[] what)
        {
            long before = 0;
            foreach (var content in Contents)
            {
                if (content.AsSpan().IndexOf(what) is >= 0 and var at)
                    return before + at;
                before += content.Length;
            }
            return -1;
        }
    }

    private static async Task<List<(string Name, byte[] Content)>> ArchiveAsync(TestHost house)
    {
        var file = new FileInfo(Path.Combine(Databases.Folder().FullName, "archive.zip"));
        await house.Within(s => s.GetRequiredService<Archive>().Write(file, house.Data, default));
        await using var zip = await ZipFile.OpenReadAsync(file.FullName);
        var entries = new List<(string, byte[])>();
        foreach (var entry in zip.Entries)
        {
            await using var stream = entry.Open();
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            entries.Add((entry.FullName, bytes.ToArray()));
        }
        return entries;
    }
}
