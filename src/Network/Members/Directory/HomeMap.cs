using Plenaria.Platform.Home;
using Plenaria.Platform.Places;

namespace Plenaria.Members.Directory;

/// <summary>How many members there are in a region, largest first.</summary>
internal sealed record RegionCount(string Region, long Count);

/// <summary>The members on a map, and the regions beside it.</summary>
internal sealed record HomeMapView(long Members, int Countries, IReadOnlyList<RegionCount> Regions);

/// <summary>The members' map of the home page.</summary>
internal sealed class HomeMap(MemberStore members) : IHomePageBlock
{
    public async Task<object?> GetModelAsync(Language reader, CancellationToken cancel)
    {
        var counts = await members.Counts(cancel);
        return counts.Count == 0
            ? null
            : new HomeMapView(
                counts.Sum(c => c.Count),
                counts.Select(c => c.Country).Distinct().Count(),
                [
                    .. Regions
                        .Continents.Select(r => new RegionCount(
                            r,
                            counts.Where(c => Regions.Of(c.Country).Contains(r)).Sum(c => c.Count)
                        ))
                        .Where(r => r.Count > 0)
                        .OrderByDescending(r => r.Count),
                ]
            );
    }
}
