using System.Collections.Concurrent;
using System.Globalization;

namespace Plenaria.Platform.Places;

/// <summary>Countries and territories by their ISO 3166-1 alpha-2 code: where they lie (UN M49) and what they are called (CLDR, by ICU).</summary>
public static class Countries
{
    private static readonly Dictionary<string, string> Regions = Read();
    private static readonly ConcurrentDictionary<Kernel.Language, Dictionary<string, string>> Names = new();
    private static readonly Lazy<Dictionary<string, string>> Known = new(() =>
    {
        var known = new Dictionary<string, string>();
        foreach (var code in Regions.Keys)
            foreach (var language in Kernel.Language.All)
                known.TryAdd(Folding.Fold(NameOf(code, language)), code);
        return known;
    });

    public static IEnumerable<string> All => Regions.Keys;

    /// <summary>The M49 code of the subregion; null for a code that names no country.</summary>
    public static string? RegionOf(string code) => Regions.GetValueOrDefault(code);

    public static string NameOf(string code, Kernel.Language reader) => Names.GetOrAdd(reader, NamesIn).GetValueOrDefault(code, code);

    /// <summary>Reads a code, or a name as one of the five languages writes it, whatever its accents and capitals; null when it is neither.</summary>
    public static string? Find(string? text)
    {
        var word = text?.Trim() ?? "";
        return word.Length == 2 && Regions.ContainsKey(word.ToUpperInvariant()) ? word.ToUpperInvariant() : Known.Value.GetValueOrDefault(Folding.Fold(word));
    }

    // A region's name in its own culture's language: "ca-DE" is called Alemanya.
    private static Dictionary<string, string> NamesIn(Kernel.Language reader) =>
        Regions.Keys.ToDictionary(code => code, code => new RegionInfo($"{reader.Code}-{code}").NativeName);

    private static Dictionary<string, string> Read()
    {
        using var stream = new StreamReader(typeof(Countries).Assembly.GetManifestResourceStream("countries.txt")!);
        var regions = new Dictionary<string, string>();
        while (stream.ReadLine() is { } line)
            if (!line.StartsWith('#') && line.Split(' ') is [var region, .. var codes])
                foreach (var code in codes)
                    regions.Add(code, region);
        return regions;
    }
}
