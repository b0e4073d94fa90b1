using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;

namespace Plenaria.Correspondence;

/// <summary>How far the letters of a batch have come. Letters that left are forgotten after 90 days.</summary>
public sealed record BatchProgress(int Sent, int Waiting, int Failed);

/// <summary>A module that looks after the batches that it queued.</summary>
public interface IBatchObserver
{
    /// <summary>Letters of a batch were refused some seconds ago; asked of every batch, in every process.</summary>
    Task LettersRefusedAsync(Guid batch, CancellationToken cancel);
}

/// <summary>
/// Letters that were written at once (<see cref="LetterDraft.Batch"/>): how far they are, and what waits among them.
/// A letter that is being handed to the server at the moment is left alone.
/// </summary>
public sealed class LetterBatches(PlenariaDb db, TimeProvider time)
{
    // The last day that both databases hold.
    private static readonly DateTimeOffset Unending = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public Task<BatchProgress> ReadAsync(Guid batch, CancellationToken cancel) => ReadAsync(batch, null, cancel);

    /// <param name="since">What left or failed before is not counted; null for all.</param>
    public async Task<BatchProgress> ReadAsync(Guid batch, DateTimeOffset? since, CancellationToken cancel)
    {
        var letters = db.Set<OutboxMessage>().Where(l => l.Batch == batch);
        if (since is { } moment)
            letters = letters.Where(l =>
                l.SentAt > moment || l.FailedAt > moment || l.SentAt == null && l.FailedAt == null
            );
        var counts = await letters
            .GroupBy(l => new { IsSent = l.SentAt != null, HasFailed = l.FailedAt != null })
            .Select(g => new { g.Key, Count = g.Count() })
            .ToListAsync(cancel);
        int Sum(bool isSent, bool hasFailed) =>
            counts.Where(c => c.Key.IsSent == isSent && c.Key.HasFailed == hasFailed).Sum(c => c.Count);
        return new(Sum(true, false), Sum(false, false), Sum(false, true));
    }

    /// <summary>Holds what waits until <see cref="ResumeAsync"/>.</summary>
    public Task<int> PauseAsync(Guid batch, CancellationToken cancel) => SetDueAsync(batch, Unending, cancel);

    /// <summary>What was held may leave, at this moment at the earliest.</summary>
    public Task<int> ResumeAsync(Guid batch, DateTimeOffset? notBefore, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        return SetDueAsync(batch, notBefore > now ? notBefore.Value.ToUniversalTime() : now, cancel);
    }

    /// <summary>
    /// Deletes what waits. What is being handed to the server, and what failed, is not tried again.
    /// </summary>
    /// <returns>How many were deleted.</returns>
    public async Task<int> CancelAsync(Guid batch, CancellationToken cancel)
    {
        await db.UpdateRowsAsync(
            db.Set<OutboxMessage>().Where(l => l.Batch == batch && l.SentAt == null),
            l => l.SetProperty(x => x.IsCancelled, true),
            OutboxMessage.Streams,
            cancel
        );
        return await db.DeleteRowsAsync(Waiting(batch), OutboxMessage.Streams, cancel);
    }

    /// <summary>Deletes what waits of a kind for an address: its owner wants none of them.</summary>
    /// <param name="address">As accounts keep it.</param>
    public Task<int> WithdrawAsync(string kind, string address, CancellationToken cancel) =>
        db.DeleteRowsAsync(
            db.Set<OutboxMessage>()
                .Where(l => l.Kind == kind && l.To == address && l.SentAt == null && l.FailedAt == null),
            OutboxMessage.Streams,
            cancel
        );

    /// <summary>Deletes what waits of these batches for an address.</summary>
    /// <param name="address">As accounts keep it.</param>
    public Task<int> WithdrawAsync(IReadOnlyCollection<Guid> batches, string address, CancellationToken cancel) =>
        db.DeleteRowsAsync(
            db.Set<OutboxMessage>()
                .Where(l => l.To == address && l.SentAt == null && l.FailedAt == null)
                .Where(l => l.Batch != null && batches.Contains(l.Batch.Value)),
            OutboxMessage.Streams,
            cancel
        );

    private Task<int> SetDueAsync(Guid batch, DateTimeOffset due, CancellationToken cancel) =>
        db.UpdateRowsAsync(
            Waiting(batch),
            l => l.SetProperty(x => x.DueAt, due).SetProperty(x => x.ClaimedBy, (Guid?)null),
            OutboxMessage.Streams,
            cancel
        );

    private IQueryable<OutboxMessage> Waiting(Guid batch)
    {
        var now = time.GetUtcNow();
        return db.Set<OutboxMessage>()
            .Where(l =>
                l.Batch == batch && l.SentAt == null && l.FailedAt == null && (l.ClaimedBy == null || l.DueAt <= now)
            );
    }
}
