using System.Collections.Concurrent;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Platform.Tasks;

/// <summary>
/// How many tasks wait for the visitor, as the header of every page says it. A count is kept per account until
/// something changed, and for <see cref="MaxAge"/> even then: while a session is under way something changes all the
/// time. Whoever sends a form is counted anew.
/// </summary>
public sealed class TaskCount(
    TaskCountCache cache,
    Contributions contributions,
    CurrentUser visitor,
    PageLocalizer texts,
    CacheInvalidation changes,
    TimeProvider time
)
{
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(15);

    /// <summary>Zero for the public.</summary>
    public async Task<int> GetAsync(CancellationToken cancel)
    {
        if (visitor.Who.Id is not { } account)
            return 0;
        var (generation, now) = (changes.Generation, time.GetUtcNow());
        if (cache.Find(account) is { } known && (known.Generation == generation || now - known.At < MaxAge))
            return known.Count;
        var count = 0;
        foreach (var source in await contributions.GetAsync<ITaskSource>(cancel))
            count += (await source.For(visitor, texts.Language, cancel)).Count;
        cache.Keep(account, new(count, generation, now));
        return count;
    }
}

/// <summary>The counts of the accounts that were here lately.</summary>
public sealed class TaskCountCache
{
    internal sealed record Entry(int Count, long Generation, DateTimeOffset At);

    private const int MaxAccounts = 10_000;

    private readonly ConcurrentDictionary<AccountId, Entry> _entries = new();

    /// <summary>The account changed something: it is counted anew at its next page.</summary>
    public void Forget(AccountId account) => _entries.TryRemove(account, out _);

    internal Entry? Find(AccountId account) => _entries.GetValueOrDefault(account);

    internal void Keep(AccountId account, Entry entry)
    {
        if (_entries.Count >= MaxAccounts)
            _entries.Clear();
        _entries[account] = entry;
    }
}
