namespace Plenaria.Members.Composition;

/// <summary>
/// How many members there are of each country, of each kind and in each language on a day. A member that works in
/// several languages is counted in each.
/// </summary>
internal sealed record CompositionCounts(
    IReadOnlyDictionary<string, long> Countries,
    IReadOnlyDictionary<string, long> Kinds,
    IReadOnlyDictionary<string, long> Languages
)
{
    public static CompositionCounts Of(
        IReadOnlyList<MemberCount> counts,
        IReadOnlyList<(IReadOnlyList<Language> Languages, long Count)> languages
    ) =>
        new(
            By(counts.Select(c => (c.Country, c.Count))),
            By(counts.Select(c => (c.Kind.ToString(), c.Count))),
            By(languages.SelectMany(l => l.Languages.Select(code => (code.Code, l.Count))))
        );

    public static Dictionary<string, long> By(IEnumerable<(string Key, long Count)> counted) =>
        counted.GroupBy(c => c.Key).ToDictionary(g => g.Key, g => g.Sum(c => c.Count));
}
