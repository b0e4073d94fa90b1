using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Correspondence;

/// <summary>
/// Notes what became of letters that a process had claimed: before it sends the next over the same connection, so that
/// a crash repeats one a connection at most.
/// </summary>
internal sealed class OutcomeRecorder(PlenariaDb db, TimeProvider time)
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(15),
        LongestRetry = TimeSpan.FromHours(6);

    /// <summary>Says what became of a letter that this process had claimed.</summary>
    public Task RecordAsync(OutboxMessage letter, DeliveryOutcome outcome, CancellationToken cancel) =>
        outcome.Status switch
        {
            DeliveryResult.Sent => SucceedAsync([letter], cancel),
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

    /// <summary>Says that letters have left which this process had claimed.</summary>
    public Task SucceedAsync(IReadOnlyList<OutboxMessage> letters, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var (ids, claimants) = (letters.Select(l => l.Id).ToList(), letters.Select(l => l.ClaimedBy).ToHashSet());
        var domains = letters.Select(l => l.Domain).Distinct().ToList();
        return db.InTransactionAsync(
            async () =>
            {
                await db.UpdateRowsAsync(
                    db.Set<OutboxMessage>()
                        .Where(l => ids.Contains(l.Id) && claimants.Contains(l.ClaimedBy) && l.SentAt == null),
                    l =>
                        l.SetProperty(x => x.SentAt, now)
                            .SetProperty(x => x.Text, "")
                            .SetProperty(x => x.Html, (string?)null)
                            .SetProperty(x => x.Calendar, (string?)null)
                            .SetProperty(x => x.Attachments, (IReadOnlyList<LetterAttachment>?)null)
                            .SetProperty(x => x.LastError, (string?)null)
                            .SetProperty(x => x.ClaimedBy, (Guid?)null)
                            .SetProperty(x => x.Attempts, x => x.Attempts + 1),
                    OutboxMessage.Streams,
                    cancel
                );
                // Their servers take letters again: the next refusal begins with a short hold.
                await db.Set<DeliveryHold>()
                    .Where(h => domains.Contains(h.Domain) && h.Until <= now)
                    .ExecuteDeleteAsync(cancel);
            },
            cancel
        );
    }

    private async Task RefuseAsync(OutboxMessage letter, string answer, CancellationToken cancel)
    {
        // First: whoever sees that the letter failed writes no other. A fault of our own has no code.
        if (char.IsAsciiDigit(answer[0]) && BounceRules.Judge(answer) is { Kind: BounceKind.Hard })
            await SuppressAsync(letter.To, BounceKind.Hard, answer, cancel);
        await FailAsync(letter, answer, cancel);
    }

    /// <summary>It will not be tried again.</summary>
    public Task FailAsync(OutboxMessage letter, string reason, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var error = Folding.Cut(reason, OutboxMessage.ErrorMaxLength);
        // What signs somebody in is of no use later; any other letter staff may send again.
        var text = letter.Kind == LetterKind.SignIn ? "" : letter.Text;
        return db.InTransactionAsync(
            () =>
                db.UpdateRowsAsync(
                    Claimed(letter),
                    l =>
                        l.SetProperty(x => x.FailedAt, now)
                            .SetProperty(x => x.Text, text)
                            .SetProperty(x => x.LastError, error)
                            .SetProperty(x => x.ClaimedBy, (Guid?)null)
                            .SetProperty(x => x.Attempts, x => x.Attempts + 1),
                    OutboxMessage.Streams,
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
                    await db.UpdateRowsAsync(
                        Claimed(letter),
                        l =>
                            l.SetProperty(x => x.DueAt, due)
                                .SetProperty(x => x.LastError, error)
                                .SetProperty(x => x.ClaimedBy, (Guid?)null)
                                .SetProperty(x => x.Attempts, x => x.Attempts + 1),
                        OutboxMessage.Streams,
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
                db.UpdateRowsAsync(
                    Claimed(letter),
                    l =>
                        l.SetProperty(x => x.DueAt, due)
                            .SetProperty(x => x.LastError, error)
                            .SetProperty(x => x.ClaimedBy, (Guid?)null),
                    OutboxMessage.Streams,
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
