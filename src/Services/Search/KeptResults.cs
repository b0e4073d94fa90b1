using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Lucene.Net.Index;

namespace Plenaria.Search;

/// <summary>The best results of a search and the numbers beside its choices, before their texts are read.</summary>
internal sealed record GatheredResults(
    long Total,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Counts,
    IReadOnlyList<Guid> Best
);

/// <summary>
/// What lists and feeds show before anybody types a word: every entry of some kinds. The numbers are counted once per
/// state of the index and go with it.
/// </summary>
internal static class KeptResults
{
    /// <summary>Kept of one state: kinds, audiences and lengths of lists are few.</summary>
    private const int Most = 100;

    private static readonly ConditionalWeakTable<IndexReader, ConcurrentDictionary<string, GatheredResults>> Known = [];

    /// <summary>
    /// The results of a request without words, from what is kept of this state of the index where nothing but kinds
    /// was chosen.
    /// </summary>
    public static GatheredResults Get(
        IndexReader state,
        SearchRequest request,
        SearchOrder order,
        IReadOnlyCollection<string> hiddenKinds,
        Func<GatheredResults> gather
    )
    {
        if (request.Skip > 0 || request.Wanted.Any(w => w.Key != FacetFields.Kind && w.Value.Count > 0))
            return gather();
        var kept = Known.GetOrCreateValue(state);
        var kinds = request.Wanted.GetValueOrDefault(FacetFields.Kind) ?? [];
        var key = string.Join(
            '\n',
            [
                $"{request.Reads}/{order}/{request.Take}",
                string.Join('/', kinds.Order(StringComparer.Ordinal)),
                string.Join('/', hiddenKinds.Order(StringComparer.Ordinal)),
            ]
        );
        if (kept.TryGetValue(key, out var known))
            return known;
        var gathered = gather();
        // What is found nowhere may have any name.
        if (gathered.Total > 0 && kept.Count < Most)
            kept[key] = gathered;
        return gathered;
    }
}
