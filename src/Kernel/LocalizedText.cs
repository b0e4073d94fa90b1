using System.Security.Cryptography;
using System.Text;

namespace Plenaria.Kernel;

/// <summary>
/// How a wording came to be. A translation is stale when the text it was made from has changed since.
/// </summary>
public enum WordingState
{
    Original,
    Human,
    Machine,
    Stale,
}

/// <summary>
/// One language's text. <paramref name="SourceHash"/> names the original that a translation was made from.
/// </summary>
public sealed record Wording(string Text, WordingState State, string? SourceHash = null);

/// <summary>
/// A text in several languages, as one immutable value: one original and its translations. Equality is by content.
/// </summary>
public sealed class LocalizedText : IEquatable<LocalizedText>
{
    public static readonly LocalizedText Empty = new([]);

    private readonly SortedDictionary<string, Wording> _wordings;

    private LocalizedText(IEnumerable<KeyValuePair<string, Wording>> wordings) =>
        _wordings = new(new Dictionary<string, Wording>(wordings), StringComparer.Ordinal);

    /// <summary>A text that so far stands in one language only.</summary>
    public static LocalizedText Original(Language language, string text) =>
        string.IsNullOrWhiteSpace(text) ? Empty : new([new(language.Code, new(text, WordingState.Original))]);

    /// <summary>Rebuilds a stored text. At most one wording may be the original.</summary>
    public static LocalizedText From(IEnumerable<KeyValuePair<Language, Wording>> wordings)
    {
        var text = new LocalizedText(wordings.Select(w => KeyValuePair.Create(w.Key.Code, w.Value)));
        if (text._wordings.Values.Count(w => w.State == WordingState.Original) > 1)
            throw new ArgumentException("A text has one original.", nameof(wordings));
        return text;
    }

    public bool IsEmpty => _wordings.Count == 0;

    /// <summary>The language the text was written in, or null while it is empty.</summary>
    public Language? Source =>
        _wordings
            .Where(w => w.Value.State == WordingState.Original)
            .Select(w => (Language?)Language.Parse(w.Key))
            .FirstOrDefault();

    public IEnumerable<KeyValuePair<Language, Wording>> Wordings =>
        _wordings.Select(w => KeyValuePair.Create(Language.Parse(w.Key), Judge(w.Value)));

    /// <summary>The wording in exactly this language, its state judged against the present original.</summary>
    public Wording? In(Language language) =>
        _wordings.TryGetValue(language.Code, out var wording) ? Judge(wording) : null;

    /// <summary>
    /// The wording a reader of this language is shown, and the language it is in; null when the text is empty.
    /// </summary>
    public (Language Language, Wording Wording)? Best(Language reader)
    {
        foreach (var language in reader.Fallbacks)
            if (In(language) is { } wording)
                return (language, wording);
        return null;
    }

    /// <summary>The plain characters a reader of this language is shown; empty when there is no text at all.</summary>
    public string For(Language reader) => Best(reader)?.Wording.Text ?? "";

    /// <summary>Replaces the original. Translations stay and become stale by themselves.</summary>
    public LocalizedText WithOriginal(Language language, string text)
    {
        var kept = _wordings.Where(w => w.Key != language.Code && w.Value.State != WordingState.Original);
        return new(kept.Append(new(language.Code, new(text, WordingState.Original))));
    }

    /// <summary>Adds or replaces a translation, tied to the original as it reads now. Empty text removes it.</summary>
    /// <param name="sourceHash">The original it was made from, when that is not the present one for certain: of another
    /// it is stale from the start.</param>
    public LocalizedText WithTranslation(
        Language language,
        string text,
        bool byMachine = false,
        string? sourceHash = null
    )
    {
        if (Source is null)
            return Original(language, text);
        if (Source == language)
            throw new ArgumentException("The original is not a translation of itself.", nameof(language));
        var kept = _wordings.Where(w => w.Key != language.Code);
        if (string.IsNullOrWhiteSpace(text))
            return new(kept);
        var state = byMachine ? WordingState.Machine : WordingState.Human;
        return new(kept.Append(new(language.Code, new(text, state, sourceHash ?? HashOf(In(Source.Value)!.Text)))));
    }

    /// <summary>
    /// What becomes of it when somebody types it anew: in the language it was written in, the original changes and its
    /// translations become stale; in any other, a translation does.
    /// </summary>
    public LocalizedText Reworded(Language editing, string? typed)
    {
        var words = typed?.ReplaceLineEndings("\n").Trim() ?? "";
        if (In(editing)?.Text == words || In(editing) is null && words.Length == 0)
            return this;
        return !IsEmpty && editing != (Source ?? editing) ? WithTranslation(editing, words)
            : words.Length == 0 ? Empty
            : IsEmpty ? Original(editing, words)
            : WithOriginal(editing, words);
    }

    /// <summary>
    /// The same for a form that was filled with the best wording there was: what reads as it was shown is no
    /// translation.
    /// </summary>
    public LocalizedText RewordedAsShown(Language editing, string? typed) =>
        For(editing) == (typed?.Trim() ?? "") ? this : Reworded(editing, typed);

    /// <summary>One sentence said in every language, of which one is the original.</summary>
    public static LocalizedText InEvery(Language source, Func<Language, string> say) =>
        Language
            .All.Where(l => l != source)
            .Aggregate(
                Original(source, say(source)),
                (text, language) => text.WithTranslation(language, say(language))
            );

    /// <summary>Every wording cut to this many characters, for lists; the text itself where none is longer.</summary>
    public LocalizedText CutTo(int most) =>
        _wordings.Values.All(w => w.Text.Length <= most)
            ? this
            : From(
                Wordings.Select(w =>
                    KeyValuePair.Create(w.Key, new Wording(Folding.Cut(w.Value.Text, most), w.Value.State))
                )
            );

    /// <summary>The name of a text as a source: the first 16 hexadecimal digits of its SHA-256.</summary>
    public static string HashOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));

    private Wording Judge(Wording wording) =>
        wording.SourceHash is { } hash && Source is { } source && hash != HashOf(_wordings[source.Code].Text)
            ? wording with
            {
                State = WordingState.Stale,
            }
            : wording;

    public bool Equals(LocalizedText? other) => other is not null && _wordings.SequenceEqual(other._wordings);

    public override bool Equals(object? obj) => Equals(obj as LocalizedText);

    public override int GetHashCode() => _wordings.Aggregate(0, (hash, w) => HashCode.Combine(hash, w.Key, w.Value));

    public override string ToString() => For(Source ?? Language.English);
}
