using Plenaria.Platform.Site;

namespace Plenaria.Search;

/// <summary>
/// As <see cref="CacheableAttribute"/>, for a page that lists by what <see cref="SearchFilters"/> reads of an address.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CacheableSearchAttribute(params string[] query)
    : CacheableAttribute([.. query, .. SearchFilters.Names]);
