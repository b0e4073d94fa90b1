using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Ballots;

internal sealed class BallotsDoor(PlenariaDb db, Journal journal, BallotBox box) : IBallots
{
    public async Task<Guid> Open(Reference of, Secrecy secrecy, IReadOnlyList<string> options, IReadOnlyList<Voice> roll, Acting acting, CancellationToken cancel)
    {
        if (options.Count is 0 or > Ballot.MostOptions || options.Distinct(StringComparer.Ordinal).Count() != options.Count || options.Any(o => o.Length is 0 or > Ballot.OptionMaxLength))
            throw new RuleBroken("ballots.options");
        if (roll.Count == 0)
            throw new RuleBroken("ballots.nobody");
        if (roll.DistinctBy(v => v.Member).Count() != roll.Count || roll.Any(v => v.Weight < 1))
            throw new RuleBroken("ballots.roll");
        var ballot = new Ballot { Id = Guid.CreateVersion7(acting.When), Of = of, Secrecy = secrecy, Options = [.. options], OpenedAt = acting.When };
        db.Add(ballot);
        db.AddRange(roll.Select(v => new RollVoice { Ballot = ballot.Id, Member = v.Member, Weight = v.Weight, Class = v.Class }));
        journal.Record(acting, ballot.Stream, "ballots.opened", of, new { secrecy = secrecy.ToString(), options, voices = roll.Count, roll = HashOf(roll) });
        await db.SaveChangesAsync(cancel);
        return ballot.Id;
    }

    public Task Put(Cast cast, CancellationToken cancel) =>
        db.Database.CurrentTransaction is null ? box.Put(cast).WaitAsync(cancel) : throw new InvalidOperationException("A vote is stored with others, not in somebody's transaction.");

    public async Task<BoxCount> Close(Guid ballot, Acting acting, CancellationToken cancel)
    {
        BoxCount? count = null;
        await db.Together(async () =>
        {
            // On PostgreSQL the box waits behind this lock; on SQLite there is one writer.
            var closing = await (db.IsSqlite ? db.Set<Ballot>() : db.Set<Ballot>().FromSql($"SELECT * FROM ballots_ballots WHERE id = {ballot} FOR UPDATE")).SingleOrDefaultAsync(b => b.Id == ballot, cancel) ?? throw new RuleBroken("ballots.unknown");
            closing.Close(acting.When);
            var papers = await db.Set<Paper>().AsNoTracking().Where(p => p.Ballot == ballot).ToListAsync(cancel);
            count = Counted(closing, await db.Set<RollVoice>().Where(v => v.Ballot == ballot).SumAsync(v => v.Weight, cancel), papers);
            journal.Record(acting, closing.Stream, "ballots.closed", closing.Of, new { papers = papers.Count, counts = count.Options, box = HashOf(papers) });
            await db.SaveChangesAsync(cancel);
        }, cancel);
        return count!;
    }

    public async Task<BallotLine?> Read(Guid ballot, CancellationToken cancel) =>
        await db.Set<Ballot>().AsNoTracking().SingleOrDefaultAsync(b => b.Id == ballot, cancel) is not { } found ? null
            : new(found.Id, found.Secrecy, found.Options, found.OpenedAt, found.ClosedAt, await db.Set<RollVoice>().CountAsync(v => v.Ballot == ballot, cancel), await db.Set<RollVoice>().CountAsync(v => v.Ballot == ballot && v.HasVoted, cancel));

    public async Task<IReadOnlySet<MemberId>> Voted(Guid ballot, IReadOnlyCollection<MemberId> members, CancellationToken cancel) =>
        (await db.Set<RollVoice>().Where(v => v.Ballot == ballot && v.HasVoted && members.Contains(v.Member)).Select(v => v.Member).ToListAsync(cancel)).ToHashSet();

    public async Task<IReadOnlySet<MemberId>> Waiting(Guid ballot, CancellationToken cancel) =>
        (await db.Set<RollVoice>().Where(v => v.Ballot == ballot && !v.HasVoted).Select(v => v.Member).ToListAsync(cancel)).ToHashSet();

    public async Task<IReadOnlyList<ShownPaper>> Papers(Guid ballot, CancellationToken cancel) =>
        [.. (await (from p in db.Set<Paper>().AsNoTracking() join b in db.Set<Ballot>() on p.Ballot equals b.Id where b.Id == ballot && b.ClosedAt != null select p).ToListAsync(cancel)).OrderBy(p => p.Tracker, StringComparer.Ordinal).Select(p => new ShownPaper(p.Tracker, p.Option, p.Weight, p.Member))];

    private static BoxCount Counted(Ballot ballot, long roll, IReadOnlyCollection<Paper> papers)
    {
        IReadOnlyDictionary<string, long> Sum(IEnumerable<Paper> of) => ballot.Options.ToDictionary(o => o, o => of.Where(p => p.Option == o).Sum(p => p.Weight));
        return new(roll, Sum(papers), papers.Where(p => p.Class is not null).GroupBy(p => p.Class!).ToDictionary(g => g.Key, Sum));
    }

    internal static string HashOf(IEnumerable<Voice> roll) =>
        Hash(roll.Select(v => $"{v.Member} {v.Weight} {v.Class}"));

    /// <summary>One hash over all papers, in the order of their trackers: what the journal holds of a closed box.</summary>
    internal static string HashOf(IEnumerable<Paper> papers) =>
        Hash(papers.Select(p => $"{p.Tracker} {p.Option} {p.Weight} {p.Class} {p.Member}"));

    private static string Hash(IEnumerable<string> lines) =>
        Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Of(lines.Order(StringComparer.Ordinal).ToList())));
}
