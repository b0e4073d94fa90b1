using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Places;
using Plenaria.Platform.Site;

namespace Plenaria.Correspondence;

/// <summary>
/// Sends what was collected: one letter a person, at most one a day. A period ends at seven in the morning where the
/// network is, a week on Monday; what is written after that waits for the next one.
/// </summary>
internal sealed class DigestSender(
    PlenariaDb db,
    Outbox outbox,
    DigestWriter writer,
    Accounts accounts,
    Network network,
    TimeProvider time
)
{
    /// <summary>When periods end, by the network's clocks.</summary>
    public static readonly TimeOnly Hour = new(7, 0);

    private const int PeoplePerQuery = 200;

    /// <summary>When the present day and week of digests began: what is older may leave.</summary>
    private sealed record Period(DateTimeOffset Day, DateTimeOffset Week);

    public async Task SendAsync(CancellationToken cancel)
    {
        var period = await FindPeriodAsync(cancel);
        var due = await db.Set<DigestItem>()
            .Where(i => i.At < period.Day)
            .Where(i => !db.Set<DigestReceipt>().Any(r => r.Account == i.Account && r.SentAt >= period.Day))
            .Select(i => i.Account)
            .Distinct()
            .ToListAsync(cancel);
        var faults = new List<Exception>();
        foreach (var part in due.Chunk(PeoplePerQuery))
            await SendPartAsync(part, period, faults, cancel);
        if (faults.Count > 0)
            throw new AggregateException(faults);
    }

    private async Task<Period> FindPeriodAsync(CancellationToken cancel)
    {
        var zone = (await network.Profile(cancel)).TimeZone;
        var local = PlaceTime.In(zone, time.GetUtcNow());
        var day = DateOnly.FromDateTime(local.DateTime);
        if (TimeOnly.FromDateTime(local.DateTime) < Hour)
            day = day.AddDays(-1);
        var monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        DateTimeOffset At(DateOnly date) => PlaceTime.At(zone, date.ToDateTime(Hour)).ToUniversalTime();
        return new(At(day), At(monday));
    }

    private async Task SendPartAsync(AccountId[] part, Period period, List<Exception> faults, CancellationToken cancel)
    {
        var people = await accounts.Reach(part, cancel);
        var addresses = people.Select(p => Accounts.Normal(p.Email)).ToList();
        var refusing = await outbox.FindRefusingAsync(addresses, cancel);
        var chosen = await db.Set<ReaderPreferences>()
            .AsNoTracking()
            .Where(p => addresses.Contains(p.Address))
            .ToDictionaryAsync(p => p.Address, cancel);
        var reached = people.Where(p => !refusing.Contains(Accounts.Normal(p.Email))).ToList();
        await ForgetAsync([.. part.Except(reached.Select(p => p.Account))], cancel);
        foreach (var person in reached)
            try
            {
                await db.InTransactionAsync(
                    () => SendToAsync(person, chosen.GetValueOrDefault(person.Email), period, cancel),
                    cancel
                );
            }
            // The others get theirs; this one the day after.
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                db.ClearTracking();
                faults.Add(fault);
            }
    }

    // Of somebody who cannot be written to any more, or does not want to be.
    private async Task ForgetAsync(IReadOnlyCollection<AccountId> unreached, CancellationToken cancel)
    {
        if (unreached.Count > 0)
            await db.InTransactionAsync(
                () =>
                    db.DeleteRowsAsync(
                        db.Set<DigestItem>().Where(i => unreached.Contains(i.Account)),
                        DigestItem.Streams,
                        cancel
                    ),
                cancel
            );
    }

    private async Task SendToAsync(
        AccountAddress person,
        ReaderPreferences? chosen,
        Period period,
        CancellationToken cancel
    )
    {
        var weekly = chosen?.Rhythms.Where(r => r.Value == LetterRhythm.Weekly).Select(r => r.Key).ToList() ?? [];
        var heads = await db.Set<DigestItem>()
            .Where(i => i.Account == person.Account && i.At < period.Day)
            .Where(i => i.At < period.Week || !weekly.Contains(i.Kind))
            .OrderByDescending(i => i.At)
            .ThenByDescending(i => i.Id)
            .Select(i => new DigestHead(i.Id, i.Kind))
            .ToListAsync(cancel);
        if (heads.Count == 0)
            return;
        var letter = await writer.WriteAsync(person, heads, cancel);
        var deleted = 0;
        foreach (var ids in heads.Select(h => h.Id).Chunk(500))
            deleted += await db.DeleteRowsAsync(
                db.Set<DigestItem>().Where(i => ids.Contains(i.Id)),
                DigestItem.Streams,
                cancel
            );
        // Another run has taken them.
        if (deleted == 0)
            return;
        var receipt = await db.Set<DigestReceipt>().SingleOrDefaultAsync(r => r.Account == person.Account, cancel);
        if (receipt is null)
            db.Add(receipt = new() { Account = person.Account, SentAt = default });
        receipt.SentAt = time.GetUtcNow();
        outbox.Queue(letter);
        await db.SaveChangesAsync(cancel);
    }
}
