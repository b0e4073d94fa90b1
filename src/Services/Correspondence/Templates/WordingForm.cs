using Plenaria.Platform.Language;

namespace Plenaria.Correspondence;

/// <summary>One text of the letter on the page.</summary>
/// <param name="Field">The name of its field in the form.</param>
/// <param name="Label">What the field is called.</param>
/// <param name="Value">What was typed, else how the network words it.</param>
/// <param name="Shipped">As this version ships it.</param>
/// <param name="Base">As it was shipped when it was changed, where that was otherwise.</param>
/// <param name="Stored">What is stored, where something else was typed.</param>
internal sealed record WordingField(
    string Field,
    string Label,
    bool IsLine,
    string Value,
    string Shipped,
    string? Base,
    string? Stored
)
{
    public int MaxLength => IsLine ? LetterTemplate.LineMaxLength : LetterTemplate.TextMaxLength;
    public int Rows => Math.Clamp(Value.Length / 70 + Value.Count(c => c == '\n') + 1, 3, 24);
}

/// <summary>The form in which one letter is worded in one language.</summary>
/// <param name="wording">What is stored; null while nobody has changed it.</param>
internal sealed class WordingForm(
    LetterTemplate template,
    LetterWording? wording,
    Localizer texts,
    PageLocalizer phrases
)
{
    public int Version => wording?.Version ?? 0;
    public bool IsChanged => wording is { IsAsShipped: false };

    /// <summary>What keeps the stored words from being used in this version.</summary>
    public IReadOnlyDictionary<string, RuleViolationException> Faults { get; } =
        wording is null
            ? new Dictionary<string, RuleViolationException>()
            : WordingOverrides.FindFaults(template, wording, texts);

    public static string FieldOf(int index) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Texts[{index}]");

    /// <summary>What was typed, by the keys of the texts, as it would be kept.</summary>
    public static IReadOnlyDictionary<string, string> Read(LetterTemplate template, IReadOnlyList<string?> typed) =>
        template
            .TextKeys.Select((key, i) => (key, Text: Folding.Clean(typed.ElementAtOrDefault(i) ?? "").Trim()))
            .ToDictionary(t => t.key, t => t.Text);

    /// <summary>The texts with which the letter is written now, by their keys.</summary>
    public IReadOnlyDictionary<string, string> ReadUsed() =>
        template.TextKeys.ToDictionary(k => k, k => Faults.Count > 0 ? ShippedOf(k) : StoredOf(k));

    /// <param name="typed">What was sent and is shown again; null when nothing was.</param>
    public IReadOnlyList<WordingField> ReadFields(IReadOnlyDictionary<string, string>? typed) =>
        [.. template.TextKeys.Select((key, i) => FieldOf(key, i, typed?[key]))];

    private string ShippedOf(string key) => texts.GetShipped(phrases.Language, key);

    private string StoredOf(string key) => wording?.Texts.GetValueOrDefault(key) ?? ShippedOf(key);

    private WordingField FieldOf(string key, int index, string? typed)
    {
        var (shipped, stored) = (ShippedOf(key), StoredOf(key));
        var basis = wording?.Shipped.GetValueOrDefault(key);
        return new(
            FieldOf(index),
            LabelOf(key, index),
            template.IsLine(key),
            typed ?? stored,
            shipped,
            basis == shipped ? null : basis,
            typed is null || typed == stored.Trim() || stored == shipped ? null : stored
        );
    }

    private string LabelOf(string key, int index)
    {
        if (key == template.Subject)
            return phrases["mail.subject"];
        if (!template.IsLine(key))
            return phrases["mail.templates.body"];
        var number = template.TextKeys.Take(index + 1).Count(k => template.IsLine(k) && k != template.Subject);
        return phrases["mail.templates.sentence", ("number", number)];
    }
}
