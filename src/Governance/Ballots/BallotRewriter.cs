using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Ballots;

/// <summary>
/// Stores the rows of a closed secret ballot anew: papers and roll each in a random order and all in one transaction,
/// so that neither the order of rows nor their transactions (PostgreSQL's xmin) tell who voted when.
/// </summary>
internal sealed class BallotRewriter(PlenariaDb db)
{
    /// <summary>Within the transaction of the caller, who tells the journal in these streams.</summary>
    public async Task RewriteAsync(
        Guid ballot,
        IReadOnlyList<RollVoice> roll,
        IReadOnlyList<BallotPaper> papers,
        StatementStreams of,
        CancellationToken cancel
    )
    {
        // SQLite overwrites what it deletes; on PostgreSQL dead rows hold sealed envelopes until they are vacuumed.
        await db.DeleteRowsAsync(db.Set<BallotPaper>().Where(p => p.Ballot == ballot), of, cancel);
        await db.DeleteRowsAsync(db.Set<RollVoice>().Where(v => v.Ballot == ballot), of, cancel);
        var bulk = new Bulk(db);
        // Not by EF: it would sort the rows by their keys, and the roll's keys are in the order in which members
        // joined.
        await bulk.Insert(Shuffled(papers), of, cancel);
        await bulk.Insert(
            Shuffled(
                roll.Select(v => new RollVoice
                {
                    Ballot = v.Ballot,
                    Member = v.Member,
                    Weight = v.Weight,
                    Class = v.Class,
                    HasVoted = v.HasVoted,
                })
            ),
            of,
            cancel
        );
    }

    /// <summary>
    /// Secret ballots that were closed before envelopes existed: their rows still lie as the votes came.
    /// </summary>
    internal static async Task RewriteAllAsync(IServiceProvider services, CancellationToken cancel)
    {
        var (db, rewriter) = (services.GetRequiredService<PlenariaDb>(), services.GetRequiredService<BallotRewriter>());
        var closed = db.Set<Ballot>()
            .AsNoTracking()
            .Where(b => b.Secrecy == Secrecy.Secret && b.ClosedAt != null)
            .Select(b => b.Id);
        foreach (var ballot in await closed.ToListAsync(cancel))
            await db.InTransactionAsync(
                async () =>
                {
                    var roll = await db.Set<RollVoice>()
                        .AsNoTracking()
                        .Where(v => v.Ballot == ballot)
                        .ToListAsync(cancel);
                    var papers = await db.Set<BallotPaper>()
                        .AsNoTracking()
                        .Where(p => p.Ballot == ballot)
                        .ToListAsync(cancel);
                    // The same votes in another order: nothing is done to the ballot.
                    await rewriter.RewriteAsync(
                        ballot,
                        roll,
                        papers,
                        StatementStreams.None("the order alone changes"),
                        cancel
                    );
                },
                cancel
            );
        await BallotKeySweep.CompactAsync(services, cancel);
    }

    private static T[] Shuffled<T>(IEnumerable<T> rows)
    {
        var shuffled = rows.ToArray();
        RandomNumberGenerator.Shuffle(shuffled.AsSpan());
        return shuffled;
    }
}
