using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Places;

namespace Plenaria.Members.Composition;

/// <summary>
/// The network at the end of a year: its members by continent, and how concentrated they were by country.
/// </summary>
internal sealed record YearEndComposition(
    int Year,
    long Total,
    IReadOnlyDictionary<string, long> Continents,
    int Countries,
    double Concentration
);

/// <summary>
/// By how many the members of a kind and a class of population (empty where it is not known) grew in a year; the year 0
/// is "nobody remembers".
/// </summary>
internal sealed record YearlyGrowth(int Year, string Kind, string Population, long More);

/// <summary>How the composition came to be, from the years in which memberships began and ended.</summary>
internal static class History
{
    /// <summary>
    /// One line per year, from the first known change (at most <paramref name="most"/> years back) to this year.
    /// Whoever has belonged for longer than anybody remembers is in all of them.
    /// </summary>
    public static IReadOnlyList<YearEndComposition> Of(IReadOnlyList<MemberFlow> flows, int thisYear, int most)
    {
        var known = flows
            .Where(f => f.Year > 0 && f.Year <= thisYear && (f.Joined != 0 || f.Ended != 0))
            .Select(f => f.Year)
            .ToList();
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
        var years = new List<YearEndComposition>();
        for (var year = known.Min(); year <= thisYear; year++)
        {
            Add(byYear[year]);
            var total = present.Values.Sum();
            years.Add(
                new(
                    year,
                    total,
                    Regions.Continents.ToDictionary(
                        c => c,
                        c =>
                            present
                                .Where(p => Countries.RegionOf(p.Key) is { } region && Regions.IsWithin(region, c))
                                .Sum(p => p.Value)
                    ),
                    present.Count(p => p.Value > 0),
                    total == 0 ? 0 : present.Values.Sum(v => Math.Pow((double)v / total, 2))
                )
            );
        }
        return [.. years.TakeLast(most)];
    }

    /// <summary>The memberships that began and ended, by what their institutions are today.</summary>
    public static async Task<IReadOnlyList<YearlyGrowth>> Growth(PlenariaDb db, CancellationToken cancel)
    {
        // Counted by the database: of a hundred thousand memberships a few hundred lines come back.
        var rows = await (
            from member in db.Set<Member>()
            join period in db.Set<Membership>() on member.Id equals period.MemberId
            group period by new
            {
                member.Kind,
                member.Population,
                period.From,
                period.Until,
            } into alike
            select new
            {
                alike.Key.Kind,
                alike.Key.Population,
                alike.Key.From,
                alike.Key.Until,
                Count = alike.LongCount(),
            }
        ).ToListAsync(cancel);
        return
        [
            .. rows.SelectMany(r =>
                    (YearlyGrowth[])
                        [
                            new(r.From?.Year ?? 0, r.Kind.ToString(), r.Population?.ToString() ?? "", r.Count),
                            .. r.Until is { } until
                                ?
                                [
                                    new YearlyGrowth(
                                        until.Year,
                                        r.Kind.ToString(),
                                        r.Population?.ToString() ?? "",
                                        -r.Count
                                    ),
                                ]
                                : (YearlyGrowth[])[],
                        ]
                )
                .GroupBy(g => (g.Year, g.Kind, g.Population))
                .Select(g => new YearlyGrowth(g.Key.Year, g.Key.Kind, g.Key.Population, g.Sum(x => x.More))),
        ];
    }

    /// <summary>For each of these years, how many members of each group there were at its end.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, long>> By(
        Func<YearlyGrowth, string> group,
        IReadOnlyList<YearlyGrowth> growth,
        IEnumerable<YearEndComposition> years
    ) =>
        [
            .. years.Select(y =>
                CompositionCounts.By(growth.Where(g => g.Year <= y.Year).Select(g => (group(g), g.More)))
            ),
        ];
}
