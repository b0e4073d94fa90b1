using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;

namespace Plenaria.Correspondence;

/// <summary>
/// Finds the domains that refuse the network's letters: for a day, or for good and because of what the network is to
/// them (a filter, a block list) several times in a week.
/// </summary>
internal sealed class RefusingDomainStore(PlenariaDb db, TimeProvider time)
{
    public const int MostAddresses = 50;

    private const int MostRead = 2_000,
        Several = 3,
        // With waits that double, a letter was tried so often for some hours: an embargo alone makes none old.
        Attempts = 10;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1),
        Week = TimeSpan.FromDays(7);

    private sealed record Refusal(string Domain, DateTimeOffset CreatedAt, DateTimeOffset At, string Answer);

    /// <summary>Looks at the letters anew; run by a job.</summary>
    public async Task RefreshAsync(CancellationToken cancel)
    {
        var found = await FindAsync(cancel);
        var stored = await db.Set<RefusingDomain>().ToListAsync(cancel);
        db.RemoveRange(stored.Where(s => !found.ContainsKey(s.Domain)));
        foreach (var (domain, refusals) in found)
        {
            var row = stored.Find(s => s.Domain == domain);
            var (since, answer) = (refusals.Min(r => r.CreatedAt), refusals.MaxBy(r => r.At)!.Answer);
            if (row is null)
                db.Add(
                    new RefusingDomain
                    {
                        Domain = domain,
                        Since = since,
                        Answer = answer,
                        Letters = refusals.Count,
                    }
                );
            else
                (row.Since, row.Answer, row.Letters) = (since, answer, refusals.Count);
        }
        await db.SaveChangesAsync(cancel);
    }

    private async Task<Dictionary<string, List<Refusal>>> FindAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var (dayAgo, weekAgo) = (now - Day, now - Week);
        var letters = db.Set<OutboxMessage>().AsNoTracking();
        var waiting = await letters
            .Where(l => l.SentAt == null && l.FailedAt == null && l.Attempts >= Attempts && l.CreatedAt <= dayAgo)
            .Where(l => l.LastError != null && !letters.Any(s => s.Domain == l.Domain && s.SentAt > dayAgo))
            .OrderByDescending(l => l.CreatedAt)
            .Take(MostRead)
            .Select(l => new Refusal(l.Domain, l.CreatedAt, l.CreatedAt, l.LastError!))
            .ToListAsync(cancel);
        var failed = await letters
            .Where(l => l.FailedAt > weekAgo && l.LastError != null)
            .OrderByDescending(l => l.FailedAt)
            .Take(MostRead)
            .Select(l => new Refusal(l.Domain, l.CreatedAt, l.FailedAt!.Value, l.LastError!))
            .ToListAsync(cancel);
        var found = waiting
            .Where(r => !BounceRules.IsAboutMailbox(r.Answer))
            .GroupBy(r => r.Domain)
            .ToDictionary(g => g.Key, g => g.ToList());
        foreach (var domain in failed.Where(r => IsPolicy(r.Answer)).GroupBy(r => r.Domain))
            if (domain.Count() >= Several)
                found[domain.Key] = [.. found.GetValueOrDefault(domain.Key) ?? [], .. domain];
        return found;
    }

    private static bool IsPolicy(string answer) =>
        answer.StartsWith('5') && BounceRules.Judge(answer).Reason is "policy" or "spam" or "blocked";

    /// <summary>The domains, with the addresses whose letters they refuse.</summary>
    public async Task<IReadOnlyList<(RefusingDomain Domain, IReadOnlyList<string> Addresses)>> ReadAsync(
        CancellationToken cancel
    )
    {
        var domains = await db.Set<RefusingDomain>().AsNoTracking().OrderBy(d => d.Since).Take(20).ToListAsync(cancel);
        var all = new List<(RefusingDomain, IReadOnlyList<string>)>();
        foreach (var domain in domains)
            all.Add(
                (
                    domain,
                    await db.Set<OutboxMessage>()
                        .Where(l => l.Domain == domain.Domain && l.SentAt == null && l.LastError != null)
                        .Select(l => l.To)
                        .Distinct()
                        .OrderBy(a => a)
                        .Take(MostAddresses)
                        .ToListAsync(cancel)
                )
            );
        return all;
    }
}
