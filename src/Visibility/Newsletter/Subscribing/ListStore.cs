using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Places;
using Plenaria.Platform.Site;

namespace Plenaria.Newsletter.Subscribing;

/// <summary>The lists that take subscribers, and the end of those that do not any more.</summary>
internal sealed class ListStore(PlenariaDb db, Journal journal, Network network, TimeProvider time)
{
    /// <summary>Today by the network's clocks, by which lists end.</summary>
    public async Task<DateOnly> FindTodayAsync(CancellationToken cancel) =>
        DateOnly.FromDateTime(PlaceTime.In((await network.Profile(cancel)).TimeZone, time.GetUtcNow()).DateTime);

    /// <summary>The lists that anybody may subscribe to.</summary>
    public async Task<List<MailingList>> ReadPublicAsync(CancellationToken cancel)
    {
        var today = await FindTodayAsync(cancel);
        return await db.Set<MailingList>()
            .AsNoTracking()
            .Where(l => l.IsPublic && (l.LastDay == null || l.LastDay >= today))
            .OrderBy(l => l.Id)
            .ToListAsync(cancel);
    }

    /// <summary>Ends the subscriptions of lists whose last day is over. Letters that wait still leave.</summary>
    public async Task EndAsync(OperationContext acting, CancellationToken cancel)
    {
        var today = await FindTodayAsync(cancel);
        var over = await db.Set<MailingList>()
            .AsNoTracking()
            .Where(l => l.LastDay < today && db.Set<Subscription>().Any(s => s.List == l.Id))
            .OrderBy(l => l.Id)
            .ToListAsync(cancel);
        foreach (var list in over)
            await db.InTransactionAsync(
                async () =>
                {
                    var count = await db.DeleteRowsAsync(
                        db.Set<Subscription>().Where(s => s.List == list.Id),
                        StatementStreams.Of(list.Stream),
                        cancel
                    );
                    journal.Append(acting, list.Stream, "newsletter.list-ended", null, new { subscribers = count });
                    await db.SaveChangesAsync(cancel);
                },
                cancel
            );
    }
}
