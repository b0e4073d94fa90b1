using Plenaria.Platform.Modules;

namespace Plenaria.Correspondence;

/// <summary>Which placeholders the texts of a letter may have.</summary>
public enum TemplateValues
{
    /// <summary>Each text those of its own shipped wording.</summary>
    Own,

    /// <summary>Subject and text those of either: the module fills both with the same values.</summary>
    Shared,
}

/// <summary>A letter that a module writes, by its texts: the network may word them otherwise.</summary>
/// <param name="Key">Such as <c>requests.asked</c>; it stands in the address of the page.</param>
/// <param name="NameKey">The text by which staff know the letter.</param>
/// <param name="TextKeys">
/// The texts in the order in which they are read: one that ends in <c>.subject</c>, the text itself, and sentences that
/// are put into it. A counted text stands with both its forms (<c>key#one</c>, <c>key#other</c>).
/// </param>
public sealed record LetterTemplate(string Key, string NameKey, TemplateValues Values, IReadOnlyList<string> TextKeys)
    : IUniqueDeclaration
{
    /// <summary>Lengths, in characters.</summary>
    public const int KeyMaxLength = 60,
        TextMaxLength = 10_000,
        LineMaxLength = 200;

    /// <summary>The text itself: the one that ends in <c>.text</c>, or the first that is no subject.</summary>
    internal string Main =>
        TextKeys.FirstOrDefault(k => k.EndsWith(".text", StringComparison.Ordinal))
        ?? TextKeys.FirstOrDefault(k => !IsSubject(k))
        ?? TextKeys[0];

    internal string? Subject => TextKeys.FirstOrDefault(IsSubject);

    /// <summary>Also one of the forms of a counted subject.</summary>
    internal static bool IsSubject(string key) => key.Split('#')[0].EndsWith(".subject", StringComparison.Ordinal);

    /// <summary>The subject, and sentences that are put into the text, are one line each.</summary>
    internal bool IsLine(string key) => IsSubject(key) || key.Split('#')[0] != Main.Split('#')[0];

    /// <summary>Those by whose placeholders a text may be filled.</summary>
    internal IReadOnlyList<string> SharingWith(string key) =>
        Values == TemplateValues.Shared && (key == Subject || key == Main)
            ? [.. new[] { Subject, Main }.OfType<string>()]
            : [key];
}

public static class LetterTemplateExtensions
{
    /// <summary>
    /// A letter that the module writes, whose words the network may change; each text has the placeholders of its own
    /// shipped wording.
    /// </summary>
    public static ModuleBuilder LetterTemplate(
        this ModuleBuilder module,
        string key,
        string nameKey,
        params string[] textKeys
    ) => module.LetterTemplate(key, nameKey, TemplateValues.Own, textKeys);

    /// <summary>
    /// A letter that the module writes, whose words the network may change, and which placeholders its texts may have.
    /// </summary>
    public static ModuleBuilder LetterTemplate(
        this ModuleBuilder module,
        string key,
        string nameKey,
        TemplateValues values,
        params string[] textKeys
    ) => module.Add(new LetterTemplate(key, nameKey, values, textKeys));

    /// <summary>
    /// A letter of two texts, <c>{texts}.subject</c> and <c>{texts}.text</c>, that the module fills with the same
    /// values.
    /// </summary>
    /// <param name="key">Of the template.</param>
    /// <param name="nameKey">The text by which staff know the letter.</param>
    /// <param name="texts">What the keys of its texts begin with.</param>
    public static ModuleBuilder LetterTemplateOf(this ModuleBuilder module, string key, string nameKey, string texts) =>
        module.LetterTemplate(key, nameKey, TemplateValues.Shared, $"{texts}.subject", $"{texts}.text");
}
