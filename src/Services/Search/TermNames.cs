using Plenaria.Thesaurus;

namespace Plenaria.Search;

/// <summary>
/// Finds which term of the thesaurus some typed words name, in any language, whatever their endings and accents.
/// </summary>
internal sealed class TermNames
{
    private readonly Dictionary<string, Concept> _byStems = [];

    public TermNames(Vocabulary vocabulary)
    {
        Of = vocabulary;
        // The first vocabulary that knows a word has it: the most particular stand first.
        foreach (var scheme in vocabulary.Schemes.Where(s => s.Widens))
        foreach (var concept in vocabulary.Of(scheme.Key))
        foreach (var language in Kernel.Language.All)
        foreach (var name in concept.NamesIn(language))
            if (KeyOf(language, name) is { Length: > 0 } key)
                _byStems.TryAdd(key, concept);
    }

    public Vocabulary Of { get; }

    public Concept? Find(ReadOnlySpan<string> words)
    {
        var text = string.Join(' ', words);
        foreach (var language in Kernel.Language.All)
            if (KeyOf(language, text) is { Length: > 0 } key && _byStems.TryGetValue(key, out var concept))
                return concept;
        return null;
    }

    // The number of words belongs to the key: a stop word more or less is another way to say it, a stem less is not.
    private static string KeyOf(Kernel.Language language, string text) =>
        Analysis.Read(language, text).Where(t => t.IsNext).Select(t => t.Stem).ToList() is { Count: > 0 } stems
            ? $"{language}:{string.Join(' ', stems)}"
            : "";
}
