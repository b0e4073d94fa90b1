using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Correspondence;

/// <summary>
/// The letters that wait, as the processes that send them share them: each claims some with a lease, renews it while it
/// sends, and says of each letter what became of it before it sends the next over the same connection.
/// </summary>
internal sealed class OutboxQueue(PlenariaDb db, MailOptions options, TimeProvider time)
{
    private const string NotWrittenTo =
        "The address is not written to: an earlier letter was refused or complained of.";

    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(15),
        LongestRetry = TimeSpan.FromHours(6),
        Minute = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Claims letters that are due, the most urgent first. Of two processes that claim the same letter one has it.
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
                    .Where(l => ids.Contains(l.Id) && l.SentAt == null && l.FailedAt == null && l.DueAt <= now)
                    .ExecuteUpdateAsync(
                        l => l.SetProperty(x => x.ClaimedBy, claimant).SetProperty(x => x.DueAt, now + options.Lease),
                        cancel
                    ),
            cancel
        );
        var claimed = await db.Set<OutboxMessage>()
            .AsNoTracking()
            .Where(l => ids.Contains(l.Id) && l.ClaimedBy == claimant && l.SentAt == null && l.FailedAt == null)
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
        var due = db.Set<OutboxMessage>().Where(l => l.SentAt == null && l.FailedAt == null && l.DueAt <= now);
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
            .Select(l => new
            {
                l.Id,
                l.Domain,
                l.Priority,
            })
            .ToListAsync(cancel);
        var ids = new List<Guid>();
        foreach (var letter in found)
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

    // Counted where all processes see it; what was sent less than a minute ago and what is being sent. Nothing where
    // there is no limit.
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
        foreach (var part in new[] { sent, claimed })
        foreach (var found in await part.Select(g => new { Domain = g.Key, Count = g.Count() }).ToListAsync(cancel))
            used[found.Domain] = used.GetValueOrDefault(found.Domain) + found.Count;
        return used;
    }

    // Asked when it leaves: the address may have been refused after the letter was queued.
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
            await FailAsync(letter, NotWrittenTo, cancel);
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

    /// <summary>Says what became of a letter that this process had claimed.</summary>
    public Task RecordAsync(OutboxMessage letter, DeliveryOutcome outcome, CancellationToken cancel) =>
        outcome.Result switch
        {
            DeliveryResult.Sent => SucceedAsync(letter, cancel),
            DeliveryResult.Refused => RefuseAsync(letter, outcome.Answer!, cancel),
            DeliveryResult.Deferred => DeferAsync(
                letter,
                outcome.Answer!,
                !BounceRules.IsAboutMailbox(outcome.Answer!),
                cancel
            ),
            DeliveryResult.Interrupted => DeferAsync(letter, outcome.Answer!, holdsDomain: false, cancel),
            _ => ReleaseAsync(letter, outcome.Answer, cancel),
        };

    private Task SucceedAsync(OutboxMessage letter, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        return db.InTransactionAsync(
            async () =>
            {
                await Claimed(letter)
                    .ExecuteUpdateAsync(
                        l =>
                            l.SetProperty(x => x.SentAt, now)
                                .SetProperty(x => x.Text, "")
                                .SetProperty(x => x.Html, (string?)null)
                                .SetProperty(x => x.Calendar, (string?)null)
                                .SetProperty(x => x.Attachments, (IReadOnlyList<LetterAttachment>?)null)
                                .SetProperty(x => x.LastError, (string?)null)
                                .SetProperty(x => x.ClaimedBy, (Guid?)null)
                                .SetProperty(x => x.Attempts, x => x.Attempts + 1),
                        cancel
                    );
                // Its server takes letters again: the next refusal begins with a short hold.
                await db.Set<DeliveryHold>()
                    .Where(h => h.Domain == letter.Domain && h.Until <= now)
                    .ExecuteDeleteAsync(cancel);
            },
            cancel
        );
    }

    private async Task RefuseAsync(OutboxMessage letter, string answer, CancellationToken cancel)
    {
        await FailAsync(letter, answer, cancel);
        // A fault of our own has no code.
        if (char.IsAsciiDigit(answer[0]) && BounceRules.Judge(answer) is { Kind: BounceKind.Hard })
            await SuppressAsync(letter.To, BounceKind.Hard, answer, cancel);
    }

    private Task FailAsync(OutboxMessage letter, string reason, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var error = Folding.Cut(reason, OutboxMessage.ErrorMaxLength);
        // What signs somebody in is of no use later; any other letter staff may send again.
        var text = letter.Kind == LetterKind.SignIn ? "" : letter.Text;
        return db.InTransactionAsync(
            () =>
                Claimed(letter)
                    .ExecuteUpdateAsync(
                        l =>
                            l.SetProperty(x => x.FailedAt, now)
                                .SetProperty(x => x.Text, text)
                                .SetProperty(x => x.LastError, error)
                                .SetProperty(x => x.ClaimedBy, (Guid?)null)
                                .SetProperty(x => x.Attempts, x => x.Attempts + 1),
                        cancel
                    ),
            cancel
        );
    }

    private async Task DeferAsync(OutboxMessage letter, string answer, bool holdsDomain, CancellationToken cancel)
    {
        if (letter.Attempts + 1 >= OutboxMessage.MaxAttempts)
        {
            await FailAsync(letter, answer, cancel);
            return;
        }
        var now = time.GetUtcNow();
        var wait = FirstRetry * Math.Pow(2, letter.Attempts);
        var due = now + (wait < LongestRetry ? wait : LongestRetry);
        var error = Folding.Cut(answer, OutboxMessage.ErrorMaxLength);
        try
        {
            await db.InTransactionAsync(
                async () =>
                {
                    await Claimed(letter)
                        .ExecuteUpdateAsync(
                            l =>
                                l.SetProperty(x => x.DueAt, due)
                                    .SetProperty(x => x.LastError, error)
                                    .SetProperty(x => x.ClaimedBy, (Guid?)null)
                                    .SetProperty(x => x.Attempts, x => x.Attempts + 1),
                            cancel
                        );
                    if (holdsDomain)
                        await HoldAsync(letter.Domain, now, error, cancel);
                },
                cancel
            );
        }
        catch (DbUpdateException)
        {
            // Another process held the domain at the same moment. The letter is put off by itself.
            db.ClearTracking();
            await ReleaseAsync(letter, answer, cancel, due);
        }
    }

    private async Task HoldAsync(string domain, DateTimeOffset now, string reason, CancellationToken cancel)
    {
        var hold = await db.Set<DeliveryHold>().SingleOrDefaultAsync(h => h.Domain == domain, cancel);
        if (hold is null)
            db.Add(hold = new() { Domain = domain, Until = now });
        hold.Extend(now, reason);
        await db.SaveChangesAsync(cancel);
    }

    // Its turn comes again as soon as the server does: this was no attempt.
    private Task ReleaseAsync(
        OutboxMessage letter,
        string? answer,
        CancellationToken cancel,
        DateTimeOffset? until = null
    )
    {
        var due = until ?? time.GetUtcNow();
        var error = answer is null ? null : Folding.Cut(answer, OutboxMessage.ErrorMaxLength);
        return db.InTransactionAsync(
            () =>
                Claimed(letter)
                    .ExecuteUpdateAsync(
                        l =>
                            l.SetProperty(x => x.DueAt, due)
                                .SetProperty(x => x.LastError, error)
                                .SetProperty(x => x.ClaimedBy, (Guid?)null),
                        cancel
                    ),
            cancel
        );
    }

    /// <summary>From now on the address is written to by sign-in links alone.</summary>
    public async Task SuppressAsync(string address, BounceKind kind, string reason, CancellationToken cancel)
    {
        var normal = Accounts.Normal(address);
        if (await db.Set<SuppressedAddress>().AnyAsync(s => s.Address == normal, cancel))
            return;
        db.Add(
            new SuppressedAddress
            {
                Address = normal,
                At = time.GetUtcNow(),
                Kind = kind,
                Reason = Folding.Cut(reason, SuppressedAddress.ReasonMaxLength),
            }
        );
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException fault) when (PlenariaDb.IsUniqueViolation(fault))
        {
            // Another letter to it was refused at the same moment.
            db.ClearTracking();
        }
    }

    // Unless its lease was over meanwhile and another process has it.
    private IQueryable<OutboxMessage> Claimed(OutboxMessage letter) =>
        db.Set<OutboxMessage>().Where(l => l.Id == letter.Id && l.ClaimedBy == letter.ClaimedBy && l.SentAt == null);
}
