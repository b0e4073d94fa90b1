using Microsoft.Extensions.Caching.Memory;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Platform.Tasks;

/// <summary>
/// How many tasks wait for the visitor, as the header of every page says it. A count is kept per account until
/// something changed, and for <see cref="MinAge"/> even then: while a session is under way something changes all the
/// time. Whoever sends a form is counted anew.
/// </summary>
public sealed class TaskCount(
    IMemoryCache cache,
    Contributions contributions,
    CurrentUser visitor,
    PageLocalizer texts,
    CacheInvalidation changes,
    TimeProvider time
)
{
    private sealed record Kept(int Count, long Generation, DateTimeOffset At);

    public static readonly TimeSpan MinAge = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);

    /// <summary>Zero for the public.</summary>
    public async Task<int> GetAsync(CancellationToken cancel)
    {
        if (visitor.Who.Id is not { } account)
            return 0;
        var (generation, now) = (changes.Generation, time.GetUtcNow());
        if (
            cache.TryGetValue(KeyOf(account), out Kept? kept)
            && (kept!.Generation == generation || now - kept.At < MinAge)
        )
            return kept.Count;
        var count = 0;
        foreach (var source in await contributions.GetAsync<ITaskSource>(cancel))
            count += (await source.For(visitor, texts.Language, cancel)).Count;
        cache.Set(KeyOf(account), new Kept(count, generation, now), MaxAge);
        return count;
    }

    /// <summary>The visitor changed something: their next page counts anew.</summary>
    public void Forget()
    {
        if (visitor.Who.Id is { } account)
            cache.Remove(KeyOf(account));
    }

    private static (string, AccountId) KeyOf(AccountId account) => ("tasks", account);
}
