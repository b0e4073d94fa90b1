using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;

namespace Plenaria.Correspondence;

/// <summary>Takes away letters that left or failed long ago: they would keep people's addresses for nothing.</summary>
internal sealed class ExpiredLetters(PlenariaDb db, TimeProvider time)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(90),
        // A year can be compared with the one before.
        ResultsKeptFor = TimeSpan.FromDays(400);

    public async Task DeleteAsync(CancellationToken cancel)
    {
        var before = time.GetUtcNow() - KeptFor;
        var oldest = DateOnly.FromDateTime((time.GetUtcNow() - ResultsKeptFor).UtcDateTime);
        await db.InTransactionAsync(
            async () =>
            {
                await db.Set<OutboxMessage>()
                    .Where(l => l.SentAt < before || l.FailedAt < before || l.IsCancelled && l.CreatedAt < before)
                    .ExecuteDeleteAsync(cancel);
                await db.Set<TakenEvent>().Where(t => t.At < before).ExecuteDeleteAsync(cancel);
                await db.Set<DmarcResult>().Where(r => r.Day < oldest).ExecuteDeleteAsync(cancel);
                await db.Set<DeliveryHold>().Where(h => h.Until < before).ExecuteDeleteAsync(cancel);
            },
            cancel
        );
        await db.EmptyWriteLogAsync(cancel);
    }
}
