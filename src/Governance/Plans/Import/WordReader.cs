using System.Text;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Plenaria.Plans.Import;

/// <summary>
/// Reads a <c>.docx</c> into the same lines as Markdown would be: a heading style becomes <c>#</c>, a list paragraph
/// <c>-</c>, bold runs <c>**</c>, a table row <c>| … |</c>. One reader of plans then serves all formats.
/// </summary>
internal static partial class WordReader
{
    /// <summary>What the parts may unpack to: a document of text is far smaller; a zip bomb is far larger.</summary>
    private const long MaxUnpacked = 100L * 1024 * 1024;

    public static IReadOnlyList<SourceLine> Read(byte[] content)
    {
        var lines = new List<string>();
        try
        {
            Platform.Documents.InputGuard.DemandHarmless(content, MaxUnpacked, new("plans.import.not-text"));
            using var document = WordprocessingDocument.Open(new MemoryStream(content), isEditable: false);
            var body = document.MainDocumentPart?.Document?.Body ?? throw new RuleBroken("plans.import.not-text");
            var styles = document.MainDocumentPart.StyleDefinitionsPart?.Styles?.Elements<Style>()
                .Where(s => s.StyleId?.Value is not null).ToDictionary(s => s.StyleId!.Value!) ?? [];
            foreach (var element in body.Elements())
                Read(element, styles, lines);
        }
        catch (Exception broken) when (broken is InvalidDataException or OpenXmlPackageException or System.Xml.XmlException or FileFormatException or ArgumentException)
        {
            throw new RuleBroken("plans.import.not-text");
        }
        return lines.TrueForAll(string.IsNullOrWhiteSpace)
            ? throw new RuleBroken("plans.import.empty")
            : [.. lines.Select((text, i) => new SourceLine(i + 1, text))];
    }

    private static void Read(OpenXmlElement element, Dictionary<string, Style> styles, List<string> lines)
    {
        switch (element)
        {
            case Paragraph paragraph:
                Read(paragraph, styles, lines);
                break;
            case Table table:
                lines.Add("");
                foreach (var row in table.Elements<TableRow>())
                    lines.Add($"| {string.Join(" | ", row.Elements<TableCell>().Select(c => string.Join(' ', c.Descendants<Paragraph>().Select(p => p.InnerText)).Replace('|', '/').Trim()))} |");
                lines.Add("");
                break;
            case SdtBlock block:
                foreach (var inner in block.SdtContentBlock?.Elements() ?? [])
                    Read(inner, styles, lines);
                break;
        }
    }

    private static void Read(Paragraph paragraph, Dictionary<string, Style> styles, List<string> lines)
    {
        var text = Text(paragraph);
        if (string.IsNullOrWhiteSpace(text))
        {
            lines.Add("");
            return;
        }
        var list = paragraph.ParagraphProperties?.NumberingProperties;
        if (HeadingLevel(paragraph, styles) is { } level)
            lines.AddRange(["", $"{new string('#', level)} {text.Replace("**", "", StringComparison.Ordinal)}", ""]);
        else if (list is not null || StyleName(paragraph, styles).StartsWith("list", StringComparison.OrdinalIgnoreCase))
            lines.AddRange([new string(' ', 2 * (list?.NumberingLevelReference?.Val?.Value ?? 0)) + "- " + text, ""]);
        else
            lines.AddRange([.. text.Split('\n'), ""]);
    }

    private static string Text(Paragraph paragraph)
    {
        var text = new StringBuilder();
        var bold = false;
        foreach (var run in paragraph.Descendants<Run>())
        {
            var words = string.Concat(run.Elements().Select(e => e switch
            {
                Text t => t.Text,
                TabChar => "\t",
                Break { Type: null } => "\n",
                NoBreakHyphen => "-",
                _ => "",
            }));
            if (words.Length == 0)
                continue;
            var isBold = run.RunProperties?.Bold is { } b && (b.Val is null || b.Val.Value);
            // Space between bold words stays inside; marks must hug words.
            if (isBold != bold && !string.IsNullOrWhiteSpace(words))
            {
                if (bold)
                    CloseBold(text);
                else
                    text.Append("**");
                bold = isBold;
            }
            text.Append(words);
        }
        if (bold)
            CloseBold(text);
        return text.ToString().Trim();
    }

    private static void CloseBold(StringBuilder text)
    {
        var end = text.Length;
        while (end > 0 && char.IsWhiteSpace(text[end - 1]))
            end--;
        text.Insert(end, "**");
    }

    private static string StyleName(Paragraph paragraph, Dictionary<string, Style> styles) =>
        paragraph.ParagraphProperties?.ParagraphStyleId?.Val?.Value is { } id
            ? styles.GetValueOrDefault(id)?.StyleName?.Val?.Value ?? id
            : "";

    private static int? HeadingLevel(Paragraph paragraph, Dictionary<string, Style> styles)
    {
        var name = StyleName(paragraph, styles);
        if (name.Equals("title", StringComparison.OrdinalIgnoreCase))
            return 1;
        if (HeadingName().Match(name) is { Success: true } heading)
            return Math.Min(int.Parse(heading.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) + 1, 6);
        var outline = paragraph.ParagraphProperties?.OutlineLevel?.Val?.Value
            ?? (paragraph.ParagraphProperties?.ParagraphStyleId?.Val?.Value is { } id ? styles.GetValueOrDefault(id)?.StyleParagraphProperties?.OutlineLevel?.Val?.Value : null);
        return outline is < 6 ? outline + 2 : null;
    }

    // Word localises the names of its heading styles; the number stays.
    [GeneratedRegex(@"^(?:heading|t[íi]tulo|ttulo|titre|t[íi]tol|ttol|berschrift)\s*([1-6])$", RegexOptions.IgnoreCase)]
    private static partial Regex HeadingName();
}
