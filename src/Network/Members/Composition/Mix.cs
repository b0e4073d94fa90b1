namespace Plenaria.Members.Composition;

/// <summary>One group of members and its part of the whole.</summary>
internal sealed record Share(string Key, long Count, double Part);

/// <summary>
/// How the present members are spread. Concentration is the Herfindahl-Hirschman index over countries: the sum of the
/// squared shares, from nearly 0 (each member in a country of its own) to 1 (all in one).
/// </summary>
internal sealed record Mix(long Total, IReadOnlyList<Share> Regions, IReadOnlyList<Share> Countries, IReadOnlyList<Share> Kinds, IReadOnlyList<Share> Classes, IReadOnlyList<Share> Populations)
{
    public double Concentration => Countries.Sum(c => c.Part * c.Part);

    /// <summary>How many of the largest countries hold at least half of the members, and their part of them.</summary>
    public (int Countries, double Part) Half
    {
        get
        {
            var (part, n) = (0.0, 0);
            foreach (var country in Countries)
            {
                (part, n) = (part + country.Part, n + 1);
                if (part >= 0.5)
                    break;
            }
            return (n, part);
        }
    }

    public static Mix Of(IReadOnlyList<MemberCount> counts)
    {
        var total = counts.Sum(c => c.Count);
        IReadOnlyList<Share> By(Func<MemberCount, string?> key) =>
            [.. counts.GroupBy(c => key(c) ?? "").Select(g => (g.Key, Count: g.Sum(c => c.Count))).OrderByDescending(g => g.Count).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => new Share(g.Key, g.Count, total == 0 ? 0 : (double)g.Count / total))];
        return new(total, By(c => c.Region), By(c => c.Country), By(c => c.Kind.ToString()), By(c => c.Class.ToString()), By(c => c.Population?.ToString()));
    }
}
