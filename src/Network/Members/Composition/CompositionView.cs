namespace Plenaria.Members.Composition;

/// <summary>One group of members and its part of the whole.</summary>
internal sealed record Share(string Key, long Count, double Part);

/// <summary>
/// How the present members are spread. Concentration is the Herfindahl-Hirschman index over countries: the sum of the
/// squared shares, from nearly 0 (each member in a country of its own) to 1 (all in one).
/// </summary>
internal sealed record CompositionView(
    long Total,
    IReadOnlyList<Share> Regions,
    IReadOnlyList<Share> Countries,
    IReadOnlyList<Share> Kinds,
    IReadOnlyList<Share> Classes,
    IReadOnlyList<Share> Populations,
    IReadOnlyList<Share> Languages
)
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

    public static CompositionView Of(
        IReadOnlyList<MemberCount> counts,
        IReadOnlyList<(IReadOnlyList<Language> Languages, long Count)> languages
    )
    {
        var total = counts.Sum(c => c.Count);
        IReadOnlyList<Share> Shares(IEnumerable<(string Key, long Count)> counted) =>
            [
                .. CompositionCounts
                    .By(counted)
                    .OrderByDescending(c => c.Value)
                    .ThenBy(c => c.Key, StringComparer.Ordinal)
                    .Select(c => new Share(c.Key, c.Value, total == 0 ? 0 : (double)c.Value / total)),
            ];
        IReadOnlyList<Share> By(Func<MemberCount, string?> key) => Shares(counts.Select(c => (key(c) ?? "", c.Count)));
        // Of the whole, too: whoever works in several languages stands in each, so these parts come to more than all.
        var spoken = Shares(
            languages.SelectMany(l =>
                l.Languages.Count == 0 ? [("", l.Count)] : l.Languages.Select(code => (code.Code, l.Count))
            )
        );
        return new(
            total,
            By(c => c.Region),
            By(c => c.Country),
            By(c => c.Kind.ToString()),
            By(c => c.Class.ToString()),
            By(c => c.Population?.ToString()),
            spoken
        );
    }
}
