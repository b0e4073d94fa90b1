using System.Text;
using System.Text.RegularExpressions;

namespace Plenaria.Plans.Import;

/// <summary>
/// Turns the bytes of a work plan, as people keep it, into numbered lines. Decides by content, never by the file's
/// name.
/// </summary>
internal static partial class SourceReader
{
    public const int MaxBytes = 10 * 1024 * 1024;

    public static IReadOnlyList<SourceLine> Read(byte[] content)
    {
        if (content.Length == 0)
            throw new RuleViolationException("plans.import.empty");
        if (content.Length > MaxBytes)
            throw new RuleViolationException("plans.import.too-large", ("limit", MaxBytes / 1024 / 1024));
        // OLE compound file: an old .doc, or a .docx that is locked with a password.
        if (content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
            throw new RuleViolationException("plans.import.locked-or-old-word");
        if (content.AsSpan().StartsWith("PK\u0003\u0004"u8))
            return WordReader.Read(content);
        if (content.AsSpan().StartsWith("%PDF"u8))
            throw new RuleViolationException("plans.import.not-text");
        var lines = Split(Decode(content));
        if (lines.All(l => string.IsNullOrWhiteSpace(l.Text)))
            throw new RuleViolationException("plans.import.empty");
        return lines;
    }

    internal static string Decode(byte[] content)
    {
        if (
            content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])
            || content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])
        )
            return (content[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(content.AsSpan(2));
        if (content.Contains((byte)0))
            throw new RuleViolationException("plans.import.not-text");
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            // What old word processors save as "plain text" in Western Europe and America.
            var text = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(content);
            return text.Count(char.IsControl) > text.Length / 10 + text.Count(c => c is '\n' or '\r' or '\t')
                ? throw new RuleViolationException("plans.import.not-text")
                : text;
        }
    }

    // A form feed is a page break: an empty line to us.
    internal static List<SourceLine> Split(string text) =>
        [
            .. text.ReplaceLineEndings("\n")
                .Replace('\f', '\n')
                .Split('\n')
                .Select((line, i) => Line(i + 1, line.TrimEnd())),
        ];

    private static SourceLine Line(int number, string text)
    {
        // A picture within the text, of which only the name is text; a footnote, whose mark stands in another line.
        if (Picture().Match(text) is { Success: true } picture)
            return new(number, picture.Groups[1].Value) { IsApart = true };
        return new(number, Unescape(Anchor().Replace(text, "$1"))) { IsApart = Footnote().IsMatch(text) };
    }

    // What Markdown escapes is a mark to us where people type it as one: "1\. Title" is a numbered title. In a table
    // row the escaped bar would part two cells.
    private static string Unescape(string text) =>
        text.Contains('\\', StringComparison.Ordinal)
            ? Escape()
                .Replace(
                    text,
                    m =>
                        m.Value[1] switch
                        {
                            '\\' => m.Value,
                            '|' when text.TrimStart().StartsWith('|') => "/",
                            var mark => $"{mark}",
                        }
                )
            : text;

    // Word processors that write Markdown give each heading the name that links lead to.
    [GeneratedRegex(@"^(\s{0,3}#{1,6}\s.*?)\s*\{#[^{}]*\}$", RegexOptions.NonBacktracking)]
    private static partial Regex Anchor();

    [GeneratedRegex(@"\\[!-/:-@\[-`{-~]", RegexOptions.NonBacktracking)]
    private static partial Regex Escape();

    [GeneratedRegex(@"^(\[[^\[\]]+\]:\s*<?data:[a-z]+/[a-z0-9+.-]+).*$", RegexOptions.NonBacktracking)]
    private static partial Regex Picture();

    [GeneratedRegex(@"^\[\^[^\[\]]+\]:", RegexOptions.NonBacktracking)]
    private static partial Regex Footnote();
}
