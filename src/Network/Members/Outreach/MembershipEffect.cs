namespace Plenaria.Members.Outreach;

/// <summary>
/// What one more member would make of the composition: of its subregion, its country, and the part that the three
/// largest countries hold.
/// </summary>
internal sealed record MembershipEffect(long Before, bool IsFirstInCountry, double LargestBefore, double LargestAfter)
{
    public long After => Before + 1;
    public bool IsFirstInRegion => Before == 0;

    public static MembershipEffect Of(IReadOnlyList<MemberCount> counts, string country, string region)
    {
        var byCountry = counts.GroupBy(c => c.Country).ToDictionary(g => g.Key, g => g.Sum(c => c.Count));
        var before = Largest(byCountry);
        var isFirst = !byCountry.TryGetValue(country, out var there) || there == 0;
        byCountry[country] = there + 1;
        return new(counts.Where(c => c.Region == region).Sum(c => c.Count), isFirst, before, Largest(byCountry));
    }

    private static double Largest(Dictionary<string, long> byCountry) =>
        byCountry.Values.Sum() is > 0 and var all ? (double)byCountry.Values.OrderDescending().Take(3).Sum() / all : 0;
}
