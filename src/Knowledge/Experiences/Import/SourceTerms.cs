using System.Text.Json;

namespace Plenaria.Experiences.Import;

/// <summary>Which of our terms another collection's keys mean: told by the vocabularies this module brings.</summary>
internal sealed class SourceTerms
{
    private readonly Dictionary<string, Dictionary<string, string>> _byScheme = [];
    private readonly Dictionary<string, HashSet<string>> _meaningless = [];

    private SourceTerms()
    {
        var assembly = typeof(SourceTerms).Assembly;
        foreach (
            var name in assembly
                .GetManifestResourceNames()
                .Where(n => n.EndsWith(".vocabulary.json", StringComparison.Ordinal))
        )
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var document = JsonDocument.Parse(stream);
            var (root, scheme) = (document.RootElement, document.RootElement.GetProperty("scheme").GetString()!);
            var known = _byScheme[scheme] = [];
            _meaningless[scheme] = root.TryGetProperty("none", out var none)
                ? [.. none.EnumerateArray().Select(n => Key(n.GetString()!))]
                : [];
            foreach (var concept in root.GetProperty("concepts").EnumerateArray())
                if (concept.TryGetProperty("source", out var keys))
                    foreach (var key in keys.EnumerateArray())
                        known.TryAdd(Key(key.GetString()!), $"{scheme}:{concept.GetProperty("code").GetString()}");
        }
    }

    private static readonly Lazy<SourceTerms> Read = new(() => new());

    public static SourceTerms All => Read.Value;

    /// <summary>
    /// Our term for a key of this vocabulary; an empty text for a key that says nothing; null for one that nobody
    /// knows.
    /// </summary>
    public string? Find(string scheme, string key) =>
        _byScheme[scheme].TryGetValue(Key(key), out var code) ? code
        : _meaningless[scheme].Contains(Key(key)) ? ""
        : null;

    private static string Key(string key) => Folding.Fold(key.Replace('_', ' '));
}
