using Plenaria.Platform.Places;

namespace Plenaria.Members.Composition;

/// <summary>The network at the end of a year: its members by continent, and how concentrated they were by country.</summary>
internal sealed record YearEnd(int Year, long Total, IReadOnlyDictionary<string, long> Continents, int Countries, double Concentration);

/// <summary>How the composition came to be, from the years in which memberships began and ended.</summary>
internal static class History
{
    /// <summary>One line per year, from the first known change (at most <paramref name="most"/> years back) to this year. Whoever has belonged for longer than anybody remembers is in all of them.</summary>
    public static IReadOnlyList<YearEnd> Of(IReadOnlyList<MemberFlow> flows, int thisYear, int most)
    {
        var known = flows.Where(f => f.Year > 0 && f.Year <= thisYear && (f.Joined != 0 || f.Ended != 0)).Select(f => f.Year).ToList();
        if (known.Count == 0)
            return [];
        var byYear = flows.ToLookup(f => f.Year);
        var present = new Dictionary<string, long>();
        void Add(IEnumerable<MemberFlow> year)
        {
            foreach (var flow in year)
                present[flow.Country] = present.GetValueOrDefault(flow.Country) + flow.Joined - flow.Ended;
        }
        Add(byYear[0]);
        var years = new List<YearEnd>();
        for (var year = known.Min(); year <= thisYear; year++)
        {
            Add(byYear[year]);
            var total = present.Values.Sum();
            years.Add(new(year, total,
                Regions.Continents.ToDictionary(c => c, c => present.Where(p => Countries.RegionOf(p.Key) is { } region && Regions.IsWithin(region, c)).Sum(p => p.Value)),
                present.Count(p => p.Value > 0), total == 0 ? 0 : present.Values.Sum(v => Math.Pow((double)v / total, 2))));
        }
        return [.. years.TakeLast(most)];
    }
}
