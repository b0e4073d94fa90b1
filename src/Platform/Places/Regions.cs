namespace Plenaria.Platform.Places;

/// <summary>
/// The regions of the world after the UN statistics division's standard M49: five continents and their subregions.
/// Their names are the interface texts <c>region.{code}</c>.
/// </summary>
public static class Regions
{
    private static readonly (string Code, string Parent)[] Subregions =
    [
        ("015", "002"),
        ("011", "002"),
        ("017", "002"),
        ("014", "002"),
        ("018", "002"),
        ("021", "019"),
        ("013", "019"),
        ("029", "019"),
        ("005", "019"),
        ("143", "142"),
        ("030", "142"),
        ("034", "142"),
        ("035", "142"),
        ("145", "142"),
        ("151", "150"),
        ("154", "150"),
        ("039", "150"),
        ("155", "150"),
        ("053", "009"),
        ("054", "009"),
        ("057", "009"),
        ("061", "009"),
    ];

    private static readonly Dictionary<string, string> Parents = Subregions.ToDictionary(s => s.Code, s => s.Parent);

    /// <summary>The five continents.</summary>
    public static IReadOnlyList<string> Continents { get; } = ["002", "019", "142", "150", "009"];

    public static IReadOnlyList<string> All { get; } =
    [.. Continents.SelectMany(c => Subregions.Where(s => s.Parent == c).Select(s => s.Code).Prepend(c))];

    /// <summary>The regions a country or region lies in, the narrowest first; itself when it is one.</summary>
    public static IEnumerable<string> Of(string place)
    {
        for (
            var region = Countries.RegionOf(place) ?? (All.Contains(place) ? place : null);
            region is not null;
            region = Parents.GetValueOrDefault(region)
        )
            yield return region;
    }

    /// <summary>True when the codes name the same region or the first lies within the second.</summary>
    public static bool IsWithin(string code, string region) =>
        code == region || Parents.GetValueOrDefault(code) == region;
}
