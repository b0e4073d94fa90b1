using System.Collections.Concurrent;
using System.Globalization;

namespace Plenaria.Platform.Places;

/// <summary>
/// Countries and territories by their ISO 3166-1 alpha-2 code: where they lie (UN M49) and what they are called (CLDR,
/// by ICU).
/// </summary>
public static class Countries
{
    private static readonly Dictionary<string, string> Regions = Read();
    private static readonly ConcurrentDictionary<Kernel.Language, Dictionary<string, string>> Names = new();

    public static IEnumerable<string> All => Regions.Keys;

    /// <summary>The M49 code of the subregion; null for a code that names no country.</summary>
    public static string? RegionOf(string code) => Regions.GetValueOrDefault(code);

    public static string NameOf(string code, Kernel.Language reader) =>
        Names.GetOrAdd(reader, NamesIn).GetValueOrDefault(code, code);

    /// <summary>
    /// Reads a code of two or three letters, or a name as one of the five languages writes it: that of CLDR, of the
    /// United Nations, of ISO 3166, or an everyday one, whatever its accents and capitals. Null when it is none of
    /// these.
    /// </summary>
    public static string? Find(string? text)
    {
        var word = text?.Trim() ?? "";
        if (word.Length == 2 && Regions.ContainsKey(word.ToUpperInvariant()))
            return word.ToUpperInvariant();
        return word.Length == 0 ? null : CountryNames.Find(word);
    }

    /// <summary>
    /// The codes of what a former state is now: one when it only changed its name, several when they came of it. Null
    /// when the text is no name of a former state.
    /// </summary>
    public static IReadOnlyList<string>? FindFormer(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : CountryNames.FindFormer(text.Trim());

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
