using System.Text;

namespace Plenaria.Plans.Import;

/// <summary>Turns the bytes of a work plan, as people keep it, into numbered lines. Decides by content, never by the file's name.</summary>
internal static class SourceReader
{
    public const int MaxBytes = 10 * 1024 * 1024;

    public static IReadOnlyList<SourceLine> Read(byte[] content)
    {
        if (content.Length == 0)
            throw new RuleBroken("plans.import.empty");
        if (content.Length > MaxBytes)
            throw new RuleBroken("plans.import.too-large", ("limit", MaxBytes / 1024 / 1024));
        // OLE compound file: an old .doc, or a .docx that is locked with a password.
        if (content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
            throw new RuleBroken("plans.import.locked-or-old-word");
        if (content.AsSpan().StartsWith("PK\u0003\u0004"u8))
            return WordReader.Read(content);
        if (content.AsSpan().StartsWith("%PDF"u8))
            throw new RuleBroken("plans.import.not-text");
        var lines = Split(Decode(content));
        if (lines.All(l => string.IsNullOrWhiteSpace(l.Text)))
            throw new RuleBroken("plans.import.empty");
        return lines;
    }

    private static string Decode(byte[] content)
    {
        if (content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return (content[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(content.AsSpan(2));
        if (content.Contains((byte)0))
            throw new RuleBroken("plans.import.not-text");
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            // What old word processors save as "plain text" in Western Europe and America.
            var text = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(content);
            return text.Count(char.IsControl) > text.Length / 10 + text.Count(c => c is '\n' or '\r' or '\t')
                ? throw new RuleBroken("plans.import.not-text")
                : text;
        }
    }

    // A form feed is a page break: an empty line to us.
    private static List<SourceLine> Split(string text) =>
        [.. text.ReplaceLineEndings("\n").Replace('\f', '\n').Split('\n').Select((line, i) => new SourceLine(i + 1, line.TrimEnd()))];
}
