using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Data;

namespace Plenaria.Ballots;

/// <summary>
/// Destroys keys that outlived their ballot because the process died between the closing and the destruction, and
/// compacts the database after secret ballots.
/// </summary>
internal static class BallotKeySweep
{
    // A key without a ballot opens nothing; it is kept for a while, since a wrongly configured database lacks every
    // ballot.
    private static readonly TimeSpan OrphansKeptFor = TimeSpan.FromDays(7);

    // Compacting makes writers wait: not while members vote. A ballot that nobody closed does not hold it up for ever.
    private static readonly TimeSpan BallotLasts = TimeSpan.FromDays(1);

    public static async Task RunAsync(IServiceProvider services, CancellationToken cancel)
    {
        var (db, keys) = (services.GetRequiredService<PlenariaDb>(), services.GetRequiredService<BallotKeyStore>());
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var ids = keys.All();
        var isClosed = await db.Set<Ballot>()
            .AsNoTracking()
            .Where(b => ids.Contains(b.Id))
            .ToDictionaryAsync(b => b.Id, b => b.ClosedAt is not null, cancel);
        foreach (var id in ids)
            if (isClosed.TryGetValue(id, out var closed) ? closed : BallotKeyStore.OpenedAt(id) < now - OrphansKeptFor)
                keys.Destroy(id);
        var spent = keys.Spent();
        if (
            spent.Count == 0
            || await db.Set<Ballot>().AnyAsync(b => b.ClosedAt == null && b.OpenedAt > now - BallotLasts, cancel)
        )
            return;
        await CompactAsync(services, cancel);
        keys.Forget(spent);
    }

    /// <summary>
    /// Takes what was deleted out of the files: sealed envelopes without a key, which would open only if the key came
    /// back.
    /// </summary>
    internal static async Task CompactAsync(IServiceProvider services, CancellationToken cancel)
    {
        var db = services.GetRequiredService<PlenariaDb>();
        if (!db.IsSqlite)
        {
            await db.Database.ExecuteSqlAsync($"VACUUM ballots_papers, ballots_roll", cancel);
            return;
        }
        using var turn = await services.GetRequiredService<WriteLock>().AcquireAsync(cancel);
        await db.Database.ExecuteSqlAsync($"VACUUM", cancel);
        await db.EmptyWriteLogAsync(cancel);
    }
}
