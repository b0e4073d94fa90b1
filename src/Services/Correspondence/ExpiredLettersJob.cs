using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Data;

namespace Plenaria.Correspondence;

/// <summary>Takes away letters that left or failed long ago: they would keep people's addresses for nothing.</summary>
internal static class ExpiredLettersJob
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    public static async Task RunAsync(IServiceProvider services, CancellationToken cancel)
    {
        var (db, now) = (
            services.GetRequiredService<PlenariaDb>(),
            services.GetRequiredService<TimeProvider>().GetUtcNow()
        );
        var before = now - KeptFor;
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
