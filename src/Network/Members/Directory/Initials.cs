namespace Plenaria.Members.Directory;

/// <summary>What stands for an institution's picture: two letters of its name, on the colour of its country.</summary>
internal static class Initials
{
    // What begins many names says nothing of the one.
    private static readonly HashSet<string> Common = new(StringComparer.OrdinalIgnoreCase)
    {
        "ajuntament",
        "alcaldia",
        "alcaldía",
        "ayuntamiento",
        "câmara",
        "city",
        "commune",
        "conseil",
        "council",
        "de",
        "del",
        "des",
        "do",
        "du",
        "la",
        "le",
        "les",
        "mairie",
        "municipalidad",
        "municipality",
        "municipal",
        "município",
        "municipio",
        "of",
        "prefeitura",
        "the",
        "universidad",
        "universidade",
        "university",
        "universitat",
        "université",
        "ville",
    };

    private const int Tones = 6;

    public static string Of(string name)
    {
        var words = name.Split([' ', '/', '-', ',', '’', '\'', '('], StringSplitOptions.RemoveEmptyEntries);
        var own = words.Where(w => w.Length > 1 && char.IsLetter(w[0]) && !Common.Contains(w)).DefaultIfEmpty(name);
        return string.Concat(own.Take(2).Select(w => char.ToUpperInvariant(w[0])));
    }

    /// <summary>The class of the colour.</summary>
    public static string ToneOf(string country) => $"d{(country[0] * 26 + country[1]) % Tones + 1}";
}
