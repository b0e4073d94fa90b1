using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;

namespace Plenaria.Correspondence;

/// <summary>Takes away letters that left or failed long ago: they would keep people's addresses for nothing.</summary>
internal sealed class ExpiredLetters(PlenariaDb db, TimeProvider time)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    public async Task DeleteAsync(CancellationToken cancel)
    {
        var before = time.GetUtcNow() - KeptFor;
        await db.InTransactionAsync(
            async () =>
            {
                await db.Set<OutboxMessage>()
                    .Where(l => l.SentAt < before || l.FailedAt < before)
                    .ExecuteDeleteAsync(cancel);
                await db.Set<DeliveryHold>().Where(h => h.Until < before).ExecuteDeleteAsync(cancel);
            },
            cancel
        );
        await db.EmptyWriteLogAsync(cancel);
    }
}
