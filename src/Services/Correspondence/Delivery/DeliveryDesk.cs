using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Correspondence;

/// <summary>How many letters of a kind.</summary>
internal sealed record KindCount(string Kind, int Count);

/// <summary>What staff see of the mail that leaves.</summary>
/// <param name="IsPaused">Whether staff hold all letters but urgent ones.</param>
/// <param name="Sent">In the last days.</param>
internal sealed record DeliveryView(
    bool IsPaused,
    IReadOnlyList<KindCount> Waiting,
    IReadOnlyList<KindCount> Sent,
    IReadOnlyList<DeliveryHold> Holds,
    int FailedCount,
    IReadOnlyList<OutboxMessage> Failed,
    IReadOnlyList<SuppressedAddress> Suppressed
);

/// <summary>What staff see and do about the mail that leaves, each act in the journal.</summary>
internal sealed class DeliveryDesk(PlenariaDb db, Journal journal, TimeProvider time)
{
    public const int Days = 7,
        MostShown = 100;

    private const string Stream = "correspondence";

    // The last day that both databases hold.
    private static readonly DateTimeOffset Unending = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private IQueryable<OutboxMessage> Failed => db.Set<OutboxMessage>().Where(l => l.FailedAt != null);

    public async Task<DeliveryView> ReadAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var since = now.AddDays(-Days);
        var letters = db.Set<OutboxMessage>();
        var holds = await db.Set<DeliveryHold>()
            .AsNoTracking()
            .Where(h => h.Until > now)
            .OrderBy(h => h.Domain)
            .Take(MostShown)
            .ToListAsync(cancel);
        return new(
            holds.Exists(h => h.Domain == DeliveryHold.All),
            await CountAsync(letters.Where(l => l.SentAt == null && l.FailedAt == null), cancel),
            await CountAsync(letters.Where(l => l.SentAt > since), cancel),
            holds.FindAll(h => h.Domain != DeliveryHold.All),
            await Failed.CountAsync(cancel),
            await Failed.AsNoTracking().OrderByDescending(l => l.FailedAt).Take(MostShown).ToListAsync(cancel),
            await db.Set<SuppressedAddress>()
                .AsNoTracking()
                .OrderByDescending(s => s.At)
                .Take(MostShown)
                .ToListAsync(cancel)
        );
    }

    private static async Task<IReadOnlyList<KindCount>> CountAsync(
        IQueryable<OutboxMessage> letters,
        CancellationToken cancel
    ) =>
        (await letters.GroupBy(l => l.Kind).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel))
            .Select(g => new KindCount(g.Key, g.Count))
            .OrderByDescending(k => k.Count)
            .ToList();

    /// <summary>Letters that failed, the latest first, some hundred at a time.</summary>
    public async IAsyncEnumerable<IReadOnlyList<OutboxMessage>> ReadFailedAsync()
    {
        var (before, id) = (DateTimeOffset.MaxValue, Guid.Empty);
        while (true)
        {
            var page = await Failed
                .AsNoTracking()
                .Where(l => l.FailedAt < before || l.FailedAt == before && l.Id.CompareTo(id) < 0)
                .OrderByDescending(l => l.FailedAt)
                .ThenByDescending(l => l.Id)
                .Take(500)
                .ToListAsync();
            if (page.Count == 0)
                yield break;
            yield return page;
            (before, id) = (page[^1].FailedAt!.Value, page[^1].Id);
        }
    }

    /// <summary>Holds all letters but urgent ones until they are resumed.</summary>
    public async Task PauseAsync(OperationContext acting, CancellationToken cancel)
    {
        var hold = await db.Set<DeliveryHold>().SingleOrDefaultAsync(h => h.Domain == DeliveryHold.All, cancel);
        if (hold is null)
            db.Add(hold = new() { Domain = DeliveryHold.All, Until = Unending });
        else if (hold.Until == Unending)
            return;
        hold.Until = Unending;
        await StoreAsync("mail.paused", acting, cancel);
    }

    public async Task ResumeAsync(OperationContext acting, CancellationToken cancel)
    {
        db.RemoveRange(await db.Set<DeliveryHold>().Where(h => h.Domain == DeliveryHold.All).ToListAsync(cancel));
        await StoreAsync("mail.resumed", acting, cancel);
    }

    // Of two who do the same at once the second has what they wanted.
    private async Task StoreAsync(string act, OperationContext acting, CancellationToken cancel)
    {
        journal.Append(acting, Stream, act, null, new { }, marks: []);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (Exception fault) when (PlenariaDb.IsConcurrencyConflict(fault))
        {
            db.ClearTracking();
        }
    }

    /// <summary>
    /// Queues what failed once more: one letter, or all to a domain. A link to sign in is not sent again.
    /// </summary>
    public Task SendAgainAsync(Guid? letter, string? domain, OperationContext acting, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        return db.InTransactionAsync(
            async () =>
            {
                var count = await db.UpdateRowsAsync(
                    Failed.Where(l =>
                        l.Kind != LetterKind.SignIn && !l.IsCancelled && (l.Id == letter || l.Domain == domain)
                    ),
                    l =>
                        l.SetProperty(x => x.FailedAt, (DateTimeOffset?)null)
                            .SetProperty(x => x.DueAt, now)
                            .SetProperty(x => x.Attempts, 0),
                    OutboxMessage.Streams,
                    cancel
                );
                if (count == 0)
                    throw new RuleViolationException("mail.none-to-send");
                journal.Append(
                    acting,
                    Stream,
                    "mail.sent-again",
                    null,
                    new
                    {
                        letter,
                        domain,
                        count,
                    },
                    marks: []
                );
                await db.SaveChangesAsync(cancel);
            },
            cancel
        );
    }

    /// <summary>The address is written to again.</summary>
    /// <exception cref="RuleViolationException">Nobody says why, or it is written to already.</exception>
    public async Task ReactivateAsync(string address, string? reason, OperationContext acting, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(reason))
            throw new RuleViolationException("mail.reason-missing");
        var suppressed =
            await db.Set<SuppressedAddress>().SingleOrDefaultAsync(s => s.Address == address, cancel)
            ?? throw new RuleViolationException("mail.not-suppressed");
        db.Remove(suppressed);
        journal.Append(
            acting,
            Stream,
            "mail.reactivated",
            null,
            new { kind = suppressed.Kind.ToString(), reason = reason.Trim() },
            marks: []
        );
        await db.SaveChangesAsync(cancel);
    }
}
