using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Plenaria.Plans.Import;

internal enum Shape
{
    Heading,
    Item,
    Paragraph,
    Row,
    Ornament,
}

/// <summary>
/// A piece of the source that belongs together: a heading, a list item, a paragraph, a table row, or an ornament (page
/// number, rule). <paramref name="Style"/> tells headings of different make apart: <c>#2</c>, <c>caps</c>, <c>bold</c>,
/// <c>num1</c>, <c>word</c> ("Axis 1: …").
/// </summary>
internal sealed partial record Block(Shape Shape, string Style, string Text, IReadOnlyList<int> Lines, int Indent = 0)
{
    /// <summary>What stands before the text proper: "1.2", "Axis 1:".</summary>
    public string Label { get; init; } = "";

    public IReadOnlyList<string> Cells => [.. Text.Trim().Trim('|').Split('|').Select(cell => Plain(cell))];

    public static string Plain(string text) => Emphasis().Replace(text, "$2").Trim();

    /// <summary>True when the text shouts: at least three letters and none of them small.</summary>
    public static bool IsCaps(string text)
    {
        var letters = text.Where(c => char.IsLetter(c) && c is not ('ª' or 'º')).ToList();
        return letters.Count >= 3 && letters.All(c => !char.IsLower(c));
    }

    /// <summary>
    /// The title a run-in passage begins with, and what follows it: the bold words, else the sentences in capitals;
    /// null when it has neither.
    /// </summary>
    public (string Title, string Body)? Lead()
    {
        if (BoldLead().Match(Text) is { Success: true } bold)
            return (Tidy(bold.Groups[2].Value), bold.Groups[3].Value.TrimStart(' ', '.', ':', '–', '—', '-'));
        var end = 0;
        foreach (Match stop in SentenceStop().Matches(Text))
            if (IsCaps(Text[end..stop.Index]) && IsCaps(Text[..stop.Index]))
                end = stop.Index + stop.Length;
            else
                break;
        if (end > 0)
            return (Tidy(Text[..end]), Text[end..].Trim());
        return IsCaps(Text) ? (Tidy(Text), "") : null;
    }

    /// <summary>For a passage without a lead: its first sentence, or what precedes an early colon.</summary>
    public (string Title, string Body) FirstSentence()
    {
        var colon = Text.IndexOf(": ", StringComparison.Ordinal);
        var stop = SentenceStop().Matches(Text).Select(m => m.Index).FirstOrDefault(i => i > 3, Text.Length);
        var end = colon is > 3 and < 90 && colon < stop ? colon : stop;
        return (Tidy(Text[..end]), end < Text.Length ? Text[(end + 1)..].Trim() : "");
    }

    /// <summary>A title without its markup and without the full stop or colon that closed it.</summary>
    public static string Tidy(string title) =>
        Plain(title).Trim().TrimEnd(':', ' ') switch
        {
            var t when t.EndsWith('.') && !t.EndsWith("..", StringComparison.Ordinal) => t[..^1].TrimEnd(),
            var t => t,
        };

    /// <summary>
    /// The beginnings of the words of four letters and more, without accents, for telling whether two titles mean the
    /// same:
    /// "share knowledge" and "knowledge sharing" do.
    /// </summary>
    public static IReadOnlySet<string> Words(string text)
    {
        var plain = new string([
            .. text.Normalize(NormalizationForm.FormD)
                .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark),
        ]).ToLowerInvariant();
        return Word().Matches(plain).Select(m => m.Value).Where(w => w.Length > 3).Select(w => w[..4]).ToHashSet();
    }

    [GeneratedRegex(@"(\*\*|__)(.+?)\1")]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"^(\*\*|__)(.+?)\1(.*)$", RegexOptions.Singleline)]
    private static partial Regex BoldLead();

    // Not after a single capital: "E.U." and "A. Name" do not end a sentence.
    [GeneratedRegex(@"(?<!\b\p{Lu})[.:](?=\s|$)")]
    private static partial Regex SentenceStop();

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();
}
