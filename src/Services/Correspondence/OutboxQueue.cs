using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Correspondence;

/// <summary>
/// The queue of letters that wait, shared by all processes that send: each claims some for the length of a lease and
/// renews it while it sends.
/// </summary>
internal sealed class OutboxQueue(PlenariaDb db, OutcomeRecorder outcomes, MailOptions options, TimeProvider time)
{
    private const string NotWrittenTo =
        "The address is not written to: an earlier letter was refused or complained of.";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Claims letters that are due, within the limits of sending, and gives them by priority. Of two processes that
    /// claim the same letter one has it. Letters to suppressed addresses fail here.
    /// </summary>
    public async Task<IReadOnlyList<OutboxMessage>> ClaimAsync(
        Guid claimant,
        int most,
        bool urgentOnly,
        CancellationToken cancel
    )
    {
        var now = time.GetUtcNow();
        var ids = await FindDueAsync(most, urgentOnly, now, cancel);
        if (ids.Count == 0)
            return [];
        await db.InTransactionAsync(
            () =>
                db.Set<OutboxMessage>()
                    .Where(l => ids.Contains(l.Id) && l.SentAt == null && l.FailedAt == null)
                    .Where(l => l.DueAt <= now && !l.IsCancelled)
                    .ExecuteUpdateAsync(
                        l => l.SetProperty(x => x.ClaimedBy, claimant).SetProperty(x => x.DueAt, now + options.Lease),
                        cancel
                    ),
            cancel
        );
        var claimed = await db.Set<OutboxMessage>()
            .AsNoTracking()
            .Where(l => ids.Contains(l.Id) && l.ClaimedBy == claimant && l.SentAt == null && l.FailedAt == null)
            .OrderBy(l => l.Priority)
            .ThenBy(l => l.Id)
            .ToListAsync(cancel);
        return await WithoutSuppressedAsync(claimed, cancel);
    }

    private async Task<IReadOnlyList<Guid>> FindDueAsync(
        int most,
        bool urgentOnly,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var due = db.Set<OutboxMessage>()
            .Where(l => l.SentAt == null && l.FailedAt == null && l.DueAt <= now && !l.IsCancelled);
        if (urgentOnly)
            due = due.Where(l => l.Priority == LetterPriority.Urgent);
        var used = await CountLastMinuteAsync(now, cancel);
        var ofDomain = options.PerDomainAndMinute ?? int.MaxValue;
        var rest = (options.PerMinute ?? int.MaxValue) - used.Values.Sum();
        var exhausted = used.Where(u => u.Value >= ofDomain).Select(u => u.Key).ToList();
        var found = await due.Where(l =>
                l.Priority == LetterPriority.Urgent
                || rest > 0
                    && !exhausted.Contains(l.Domain)
                    && !db.Set<DeliveryHold>()
                        .Any(h => h.Until > now && (h.Domain == l.Domain || h.Domain == DeliveryHold.All))
            )
            .OrderBy(l => l.Priority)
            .ThenBy(l => l.DueAt)
            .ThenBy(l => l.Id)
            .Take(most)
            .Select(l => new DueLetter(l.Id, l.Domain, l.Priority))
            .ToListAsync(cancel);
        return WithinLimits(found, used, rest, ofDomain);
    }

    private sealed record DueLetter(Guid Id, string Domain, LetterPriority Priority);

    private static List<Guid> WithinLimits(
        IEnumerable<DueLetter> due,
        Dictionary<string, int> used,
        int rest,
        int ofDomain
    )
    {
        var ids = new List<Guid>();
        foreach (var letter in due)
        {
            var usedHere = used.GetValueOrDefault(letter.Domain);
            if (letter.Priority != LetterPriority.Urgent && (rest <= 0 || usedHere >= ofDomain))
                continue;
            used[letter.Domain] = usedHere + 1;
            rest--;
            ids.Add(letter.Id);
        }
        return ids;
    }

    // What is being sent is counted before what was sent less than a minute ago: a letter that leaves in between is
    // counted twice, not missed. Empty where there is no limit.
    private async Task<Dictionary<string, int>> CountLastMinuteAsync(DateTimeOffset now, CancellationToken cancel)
    {
        if (options is { PerMinute: null, PerDomainAndMinute: null })
            return [];
        var since = now - Minute;
        var letters = db.Set<OutboxMessage>();
        var sent = letters.Where(l => l.SentAt > since).GroupBy(l => l.Domain);
        var claimed = letters
            .Where(l => l.SentAt == null && l.FailedAt == null && l.ClaimedBy != null && l.DueAt > now)
            .GroupBy(l => l.Domain);
        var used = new Dictionary<string, int>();
        foreach (var part in new[] { claimed, sent })
        foreach (var found in await part.Select(g => new { Domain = g.Key, Count = g.Count() }).ToListAsync(cancel))
            used[found.Domain] = used.GetValueOrDefault(found.Domain) + found.Count;
        return used;
    }

    // Looked up when a letter is claimed: its address may have been suppressed after it was queued.
    private async Task<IReadOnlyList<OutboxMessage>> WithoutSuppressedAsync(
        List<OutboxMessage> claimed,
        CancellationToken cancel
    )
    {
        var addresses = claimed
            .Where(l => l.Kind != LetterKind.SignIn)
            .Select(l => Accounts.Normal(l.To))
            .Distinct()
            .ToList();
        var suppressed = await db.Set<SuppressedAddress>()
            .Where(s => addresses.Contains(s.Address))
            .Select(s => s.Address)
            .ToListAsync(cancel);
        if (suppressed.Count == 0)
            return claimed;
        var refused = claimed.FindAll(l => l.Kind != LetterKind.SignIn && suppressed.Contains(Accounts.Normal(l.To)));
        foreach (var letter in refused)
            await outcomes.FailAsync(letter, NotWrittenTo, cancel);
        return [.. claimed.Except(refused)];
    }

    /// <summary>Holds what this process has claimed and not sent yet for another lease.</summary>
    public Task RenewAsync(Guid claimant, ICollection<Guid> letters, CancellationToken cancel) =>
        MoveClaimedAsync(claimant, letters, options.Lease, cancel);

    /// <summary>Gives back what this process has claimed and will not send.</summary>
    public Task ReleaseAsync(Guid claimant, ICollection<Guid> letters, CancellationToken cancel) =>
        MoveClaimedAsync(claimant, letters, TimeSpan.Zero, cancel);

    private Task MoveClaimedAsync(Guid claimant, ICollection<Guid> letters, TimeSpan by, CancellationToken cancel)
    {
        var until = time.GetUtcNow() + by;
        return db.InTransactionAsync(
            () =>
                db.Set<OutboxMessage>()
                    .Where(l => letters.Contains(l.Id) && l.ClaimedBy == claimant)
                    .Where(l => l.SentAt == null && l.FailedAt == null)
                    .ExecuteUpdateAsync(l => l.SetProperty(x => x.DueAt, until), cancel),
            cancel
        );
    }
}
