using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Ballots;

internal sealed class BallotsApi(
    PlenariaDb db,
    Journal journal,
    BallotBox box,
    BallotKeyStore keys,
    BallotRewriter rewriter
) : IBallots
{
    public async Task<Guid> Open(
        Reference of,
        Secrecy secrecy,
        IReadOnlyList<string> options,
        IReadOnlyList<Voice> roll,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        if (
            options.Count is 0 or > Ballot.MostOptions
            || options.Distinct(StringComparer.Ordinal).Count() != options.Count
            || options.Any(o => o.Length is 0 or > Ballot.OptionMaxLength)
        )
            throw new RuleViolationException("ballots.options");
        if (roll.Count == 0)
            throw new RuleViolationException("ballots.nobody");
        if (roll.DistinctBy(v => v.Member).Count() != roll.Count || roll.Any(v => v.Weight < 1))
            throw new RuleViolationException("ballots.roll");
        var ballot = new Ballot
        {
            Id = Guid.CreateVersion7(acting.At),
            Of = of,
            Secrecy = secrecy,
            Options = [.. options],
            OpenedAt = acting.At,
        };
        if (secrecy == Secrecy.Secret)
            keys.Create(ballot.Id);
        db.Add(ballot);
        db.AddRange(
            roll.Select(v => new RollVoice
            {
                Ballot = ballot.Id,
                Member = v.Member,
                Weight = v.Weight,
                Class = v.Class,
            })
        );
        journal.Append(
            acting,
            ballot.Stream,
            "ballots.opened",
            of,
            new
            {
                secrecy = secrecy.ToString(),
                options,
                voices = roll.Count,
                roll = HashOf(roll),
            }
        );
        await db.SaveChangesAsync(cancel);
        return ballot.Id;
    }

    public Task Put(Cast cast, CancellationToken cancel) =>
        db.Database.CurrentTransaction is null
            ? box.Put(cast).WaitAsync(cancel)
            : throw new InvalidOperationException("A vote is stored with others, not in somebody's transaction.");

    public async Task<BoxCount> Close(Guid ballot, OperationContext acting, CancellationToken cancel)
    {
        BoxCount? count = null;
        await CloseAsync(
            ballot,
            async closing =>
            {
                closing.Close(acting.At);
                var roll = await db.Set<RollVoice>().AsNoTracking().Where(v => v.Ballot == ballot).ToListAsync(cancel);
                var papers = await db.Set<BallotPaper>()
                    .AsNoTracking()
                    .Where(p => p.Ballot == ballot)
                    .ToListAsync(cancel);
                if (closing.Secrecy == Secrecy.Secret)
                {
                    papers.AddRange(Opened(ballot, roll));
                    await rewriter.RewriteAsync(ballot, roll, papers, StatementStreams.Of(closing.Stream), cancel);
                }
                count = Counted(closing, roll.Sum(v => v.Weight), papers);
                journal.Append(
                    acting,
                    closing.Stream,
                    "ballots.closed",
                    closing.Of,
                    new
                    {
                        papers = papers.Count,
                        counts = count.Options,
                        box = HashOf(papers),
                    }
                );
            },
            cancel
        );
        return count!;
    }

    public Task VoidAsync(Guid ballot, OperationContext acting, CancellationToken cancel) =>
        CloseAsync(
            ballot,
            async closing =>
            {
                closing.Close(acting.At);
                var roll = await db.Set<RollVoice>().AsNoTracking().Where(v => v.Ballot == ballot).ToListAsync(cancel);
                var voted = roll.Count(v => v.HasVoted);
                roll.ForEach(v => v.HasVoted = false);
                await rewriter.RewriteAsync(ballot, roll, [], StatementStreams.Of(closing.Stream), cancel);
                journal.Append(
                    acting,
                    closing.Stream,
                    "ballots.voided",
                    closing.Of,
                    new { voted, box = HashOf(Array.Empty<BallotPaper>()) }
                );
            },
            cancel
        );

    public async Task DestroyKeyAsync(Guid ballot, CancellationToken cancel)
    {
        if (await db.Set<Ballot>().AsNoTracking().AnyAsync(b => b.Id == ballot && b.ClosedAt != null, cancel))
            keys.Destroy(ballot);
    }

    private async Task CloseAsync(Guid ballot, Func<Ballot, Task> close, CancellationToken cancel)
    {
        var isOwnTransaction = db.Database.CurrentTransaction is null;
        await db.InTransactionAsync(
            async () =>
            {
                // On PostgreSQL the box waits behind this lock; on SQLite there is one writer.
                var stored = db.IsSqlite
                    ? db.Set<Ballot>()
                    : db.Set<Ballot>().FromSql($"SELECT * FROM ballots_ballots WHERE id = {ballot} FOR UPDATE");
                await close(
                    await stored.SingleOrDefaultAsync(b => b.Id == ballot, cancel)
                        ?? throw new RuleViolationException("ballots.unknown")
                );
                await db.SaveChangesAsync(cancel);
            },
            cancel
        );
        // Only what is committed can do without the key: whoever closes within a transaction destroys it afterwards.
        if (isOwnTransaction)
            await DestroyKeyAsync(ballot, cancel);
    }

    private List<BallotPaper> Opened(Guid ballot, IReadOnlyList<RollVoice> roll)
    {
        var voted = roll.Where(v => v.Envelope is not null).ToList();
        if (voted.Count == 0)
            return [];
        var key = keys.Find(ballot) ?? throw new RuleViolationException("ballots.key-missing");
        return voted.ConvertAll(voice =>
        {
            var (option, tracker) = BallotEnvelope.Open(key, ballot, voice.Member, voice.Envelope!);
            return new BallotPaper
            {
                Id = Guid.NewGuid(),
                Ballot = ballot,
                Tracker = tracker,
                Option = option,
                Weight = voice.Weight,
                Class = voice.Class,
            };
        });
    }

    public async Task<BallotLine?> Read(Guid ballot, CancellationToken cancel) =>
        await db.Set<Ballot>().AsNoTracking().SingleOrDefaultAsync(b => b.Id == ballot, cancel) is not { } found
            ? null
            : new(
                found.Id,
                found.Secrecy,
                found.Options,
                found.OpenedAt,
                found.ClosedAt,
                await db.Set<RollVoice>().CountAsync(v => v.Ballot == ballot, cancel),
                await db.Set<RollVoice>().CountAsync(v => v.Ballot == ballot && v.HasVoted, cancel)
            );

    public async Task<IReadOnlySet<MemberId>> Voted(
        Guid ballot,
        IReadOnlyCollection<MemberId> members,
        CancellationToken cancel
    ) =>
        (
            await db.Set<RollVoice>()
                .Where(v => v.Ballot == ballot && v.HasVoted && members.Contains(v.Member))
                .Select(v => v.Member)
                .ToListAsync(cancel)
        ).ToHashSet();

    public async Task<IReadOnlySet<MemberId>> Waiting(Guid ballot, CancellationToken cancel) =>
        (
            await db.Set<RollVoice>()
                .Where(v => v.Ballot == ballot && !v.HasVoted)
                .Select(v => v.Member)
                .ToListAsync(cancel)
        ).ToHashSet();

    public async Task<IReadOnlyList<DocumentView>> Papers(Guid ballot, CancellationToken cancel) =>
        [
            .. (
                await (
                    from p in db.Set<BallotPaper>().AsNoTracking()
                    join b in db.Set<Ballot>() on p.Ballot equals b.Id
                    where b.Id == ballot && b.ClosedAt != null
                    select p
                ).ToListAsync(cancel)
            )
                .OrderBy(p => p.Tracker, StringComparer.Ordinal)
                .Select(p => new DocumentView(p.Tracker, p.Option, p.Weight, p.Member)),
        ];

    private static BoxCount Counted(Ballot ballot, long roll, IReadOnlyCollection<BallotPaper> papers)
    {
        IReadOnlyDictionary<string, long> Sum(IEnumerable<BallotPaper> of) =>
            ballot.Options.ToDictionary(o => o, o => of.Where(p => p.Option == o).Sum(p => p.Weight));
        return new(
            roll,
            Sum(papers),
            papers.Where(p => p.Class is not null).GroupBy(p => p.Class!).ToDictionary(g => g.Key, Sum)
        );
    }

    internal static string HashOf(IEnumerable<Voice> roll) =>
        Hash(roll.Select(v => $"{v.Member} {v.Weight} {v.Class}"));

    /// <summary>
    /// One hash over all papers, in the order of their trackers: what the journal holds of a closed box.
    /// </summary>
    internal static string HashOf(IEnumerable<BallotPaper> papers) =>
        Hash(papers.Select(p => $"{p.Tracker} {p.Option} {p.Weight} {p.Class} {p.Member}"));

    private static string Hash(IEnumerable<string> lines) =>
        Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Of(lines.Order(StringComparer.Ordinal).ToList())));
}
