using Plenaria.Platform.Language;

namespace Plenaria.Correspondence;

/// <summary>
/// What the words of a letter have to be like, so that every letter written with them can be read and used. Asked when
/// they are saved, and again when they are loaded: a newer version may ship other placeholders.
/// </summary>
internal static class WordingRules
{
    /// <summary>The placeholders that a text of the letter may have, in the order of the alphabet.</summary>
    public static IReadOnlyList<string> FindAllowed(LetterTemplate template, string key, Localizer texts) =>
        [
            .. template
                .SharingWith(key)
                .SelectMany(k => Kernel.Language.All.SelectMany(l => Localizer.PlaceholdersOf(texts.GetShipped(l, k))))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>What is wrong with a text of the letter; null when nothing is.</summary>
    /// <param name="text">As <see cref="Folding.Clean"/> writes it.</param>
    public static RuleViolationException? FindFault(
        LetterTemplate template,
        string key,
        Kernel.Language language,
        string text,
        Localizer texts
    )
    {
        if (Folding.IsBlank(text))
            return new("mail.templates.empty");
        var most = template.IsLine(key) ? LetterTemplate.LineMaxLength : LetterTemplate.TextMaxLength;
        if (text.Length > most)
            return new("mail.templates.too-long", ("limit", most), ("length", text.Length));
        if (template.IsLine(key) && text.Contains('\n'))
            return new("mail.templates.line-break");
        return FindPlaceholderFault(template, key, language, text, texts);
    }

    private static RuleViolationException? FindPlaceholderFault(
        LetterTemplate template,
        string key,
        Kernel.Language language,
        string text,
        Localizer texts
    )
    {
        var used = Localizer.PlaceholdersOf(text);
        // What is left once the placeholders are out is never filled: a bracket alone, a plural in another syntax.
        var rest = Localizer.Fill(language, text, [.. used.Select(u => (u, (object?)""))]);
        if (rest.AsSpan().ContainsAny('{', '}'))
            return new("mail.templates.brackets", ("example", "{network}"));
        var allowed = FindAllowed(template, key, texts);
        if (used.FirstOrDefault(u => !allowed.Contains(u)) is { } unknown)
            return new("mail.templates.unknown", ("name", Write(unknown)), ("names", WriteAll(allowed)));
        if (
            used.FirstOrDefault(u => Placeholder.Find(u).Kind == PlaceholderKind.Link && !StandsAlone(text, u)) is
            { } tied
        )
            return new("mail.templates.tied", ("name", Write(tied)));
        if (template.TextKeys.Any(k => HasCode(texts.GetShipped(language, k))) && HasAddress(text))
            return new("mail.templates.address");
        var missing = FindNecessary(texts.GetShipped(language, key)).Where(n => !used.Contains(n)).ToList();
        return missing.Count > 0 ? new("mail.templates.missing", ("names", WriteAll(missing))) : null;
    }

    // A letter that signs somebody in leads nowhere else.
    private static bool HasCode(string shipped) =>
        Localizer.PlaceholdersOf(shipped).Any(n => Placeholder.Find(n).Kind == PlaceholderKind.Code);

    // Part of another address, a link would lead elsewhere or nowhere.
    private static bool StandsAlone(string text, string name)
    {
        var written = Write(name);
        for (var at = text.IndexOf(written, StringComparison.Ordinal); at >= 0; )
        {
            var end = at + written.Length;
            if (at > 0 && !IsBoundary(text[at - 1]) || end < text.Length && !IsBoundary(text[end]))
                return false;
            at = text.IndexOf(written, end, StringComparison.Ordinal);
        }
        return true;
    }

    private static bool IsBoundary(char c) => char.IsWhiteSpace(c) || "().,;:<>«»“”\"".Contains(c);

    private static bool HasAddress(string text) =>
        text.Contains("://", StringComparison.Ordinal) || text.Contains("www.", StringComparison.OrdinalIgnoreCase);

    /// <summary>The placeholders of a shipped text without which the letter is of no use.</summary>
    public static IEnumerable<string> FindNecessary(string shipped) =>
        Localizer.PlaceholdersOf(shipped).Where(n => Placeholder.Find(n).IsNecessary);

    /// <summary>A placeholder as it stands in a text.</summary>
    public static string Write(string name) => $"{{{name}}}";

    private static string WriteAll(IEnumerable<string> names) =>
        names.Select(Write).ToList() is { Count: > 0 } written ? string.Join(", ", written) : "–";
}
