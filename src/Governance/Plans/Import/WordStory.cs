using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Plenaria.Plans.Import;

/// <summary>
/// One stream of paragraphs and tables, as the lines that Markdown would have. What has no place in it, such as a text
/// box beside a paragraph, is in <see cref="Apart"/>.
/// </summary>
internal sealed partial class WordStory(
    WordStyles styles,
    Func<XElement, string?> note,
    Func<XElement, IEnumerable<string>> embedded
)
{
    /// <summary>Word's own limit of fields within fields.</summary>
    private const int MaxNestedFields = 20;

    private readonly HashSet<XElement> _skipped = [];
    private readonly Dictionary<string, WordListPlace> _items = [];
    private List<string> _lines = [];
    private bool _hasHeadings;

    public List<string> Apart { get; } = [];

    public List<string> Read(XElement story)
    {
        SkipInstructions(story);
        SkipPlaceholders(story);
        var lines = ReadLines(story);
        if (!_hasHeadings)
            MarkNumberedHeadings(lines);
        return lines;
    }

    /// <summary>
    /// Without heading styles, people make headings of a numbered list in bold: such an item is one where items that
    /// begin with bold words follow it at once, in another list or a level below.
    /// </summary>
    private void MarkNumberedHeadings(List<string> lines)
    {
        var items = lines.Select((line, i) => (Line: line, Index: i)).Where(l => l.Line.Length > 0).ToList();
        for (var i = 0; i + 1 < items.Count; i++)
            if (
                _items.TryGetValue(items[i].Line, out var heading)
                && heading is { IsNumbered: true, Level: 0 }
                && WholeBold().Match(items[i].Line) is { Success: true } title
                && _items.TryGetValue(items[i + 1].Line, out var below)
                && (below.List != heading.List || below.Level > heading.Level)
                && items[i + 1].Line.TrimStart().StartsWith("- **", StringComparison.Ordinal)
            )
                lines[items[i].Index] = $"## {title.Groups[1].Value}";
    }

    private List<string> ReadLines(XElement story)
    {
        var outer = _lines;
        _lines = [];
        ReadBlocks(story);
        var lines = _lines;
        _lines = outer;
        return lines;
    }

    private void ReadBlocks(XElement parent)
    {
        // Paragraphs whose mark is deleted go on in the next one.
        var joined = new List<XElement>();
        void Flush()
        {
            if (joined.Count > 0)
                AddParagraph(joined);
            joined.Clear();
        }
        foreach (var block in parent.Content())
        {
            if (block.Is("p"))
            {
                joined.Add(block);
                if (!IsMarkRemoved(block))
                    Flush();
                continue;
            }
            if (block.Is("tbl"))
            {
                Flush();
                AddTable(block);
            }
            else if (block.Is("altChunk"))
                _lines.AddRange(["", .. embedded(block), ""]);
            // What stands between paragraphs against the rules is text all the same.
            else if (block.Descendants().Any(e => e.Is("t")))
                AddParagraph([block]);
        }
        Flush();
    }

    private static bool IsMarkRemoved(XElement paragraph) => paragraph.Child("pPr").Child("rPr").IsRemoved();

    private WordText NewText(bool withBold) => new(styles, _skipped, note, withBold);

    private void AddParagraph(List<XElement> parts)
    {
        // The mark that is left is the last one, and a paragraph's properties belong to its mark.
        var properties = parts[^1].Child("pPr");
        var written = NewText(withBold: true);
        foreach (var part in parts)
            written.AddParagraph(part);
        var whole = written.Finish();
        var isEmpty = string.IsNullOrWhiteSpace(whole);
        var isContents = styles.IsContents(properties);
        // A table of contents repeats the headings; a second time they would be headings without content.
        if (isContents)
            Apart.Add(OneLine(whole));
        else if (isEmpty)
            _lines.Add("");
        else
            AddText(whole, properties, written.Notes);
        if (isEmpty || isContents)
            AddNotes(written.Notes.Select(n => n.Text));
        AddDrawn(written, isInPlace: isEmpty);
    }

    private void AddText(string whole, XElement? properties, List<WordNote> notes)
    {
        var heading = styles.HeadingLevel(properties);
        var first = heading is null ? TitleEnd(whole) : int.MaxValue;
        var (text, at) = (new StringBuilder(), 0);
        var later = new List<string>();
        foreach (var note in notes)
            if (note.IsInBold || note.At < first)
                later.Add(note.Text);
            else
            {
                text.Append(whole, at, note.At - at).Append($" [{note.Text}]");
                at = note.At;
            }
        whole = text.Append(whole, at, whole.Length - at).ToString().Trim();
        if (heading is { } level)
        {
            _hasHeadings |= level > 1;
            var title = OneLine(whole.Replace("**", "", StringComparison.Ordinal));
            _lines.AddRange(["", $"{new string('#', level)} {title}", ""]);
        }
        else if (styles.FindListPlace(properties) is { } place)
        {
            var item = $"{new string(' ', 2 * place.Level)}- {OneLine(whole)}";
            _items[item] = place;
            _lines.AddRange([item, ""]);
        }
        else
            _lines.AddRange([.. whole.Split('\n'), ""]);
        AddNotes(later);
    }

    // A note in a title would become part of it. A title is over where other words follow bold ones, or a sentence
    // ended.
    private static int TitleEnd(string text)
    {
        var stop = text.IndexOf(". ", StringComparison.Ordinal);
        var begin = text.Length - text.TrimStart().Length;
        if (
            string.CompareOrdinal(text, begin, "**", 0, 2) != 0
            || text.IndexOf("**", begin + 2, StringComparison.Ordinal) is not (> 0 and var close)
        )
            return stop < 0 ? int.MaxValue : stop + 1;
        var after = close + 2;
        while (after < text.Length && !char.IsLetterOrDigit(text[after]))
            after++;
        return after + 1;
    }

    private void AddNotes(IEnumerable<string> notes)
    {
        foreach (var words in notes)
            _lines.AddRange([$"[{words}]", ""]);
    }

    // A box that stands alone in its paragraph is read in its place; one beside a text is not part of that text.
    private void AddDrawn(WordText written, bool isInPlace)
    {
        foreach (var box in written.Boxes)
            if (isInPlace)
                ReadBlocks(box);
            else
                Apart.AddRange(ReadLines(box));
        Apart.AddRange(written.Drawn);
    }

    private void AddTable(XElement table)
    {
        _lines.Add("");
        foreach (var row in WordTable.Rows(table))
        {
            var written = new List<WordText>();
            var cells = row.Select(column =>
                    string.Join(' ', column.Select(cell => CellText(cell, written)).Where(t => t.Length > 0))
                )
                .ToList();
            if (cells.Exists(c => c.Length > 0))
                _lines.Add($"| {string.Join(" | ", cells)} |");
            if (written.Exists(w => w.Notes.Count > 0))
                _lines.Add("");
            foreach (var text in written)
            {
                AddNotes(text.Notes.Select(n => n.Text));
                foreach (var box in text.Boxes)
                    Apart.AddRange(ReadLines(box));
                Apart.AddRange(text.Drawn);
            }
        }
        _lines.Add("");
    }

    /// <summary>All words in a cell as one line; <paramref name="written"/> keeps the notes and boxes met.</summary>
    private string CellText(XElement cell, List<WordText> written)
    {
        var text = new StringBuilder();
        foreach (var block in cell.Content())
            if (block.Is("tbl") || block.Is("tr") || block.Is("tc"))
            {
                if (!block.Child(block.Is("tr") ? "trPr" : "tcPr").IsRemoved())
                    text.Append(' ').Append(CellText(block, written)).Append(' ');
            }
            else if (block.Is("altChunk"))
                text.Append(' ').AppendJoin(' ', embedded(block)).Append(' ');
            else
            {
                var words = NewText(withBold: false);
                words.AddParagraph(block);
                written.Add(words);
                text.Append(words.Finish()).Append(IsMarkRemoved(block) ? "" : " ");
            }
        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Replace('|', '/');
    }

    private static string OneLine(string text) =>
        string.Join(' ', text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>
    /// What stands in a field's instruction, such as the results of other fields, is no text. A field that never ends
    /// has no instruction: what follows it is text.
    /// </summary>
    private void SkipInstructions(XElement story)
    {
        var open = new List<(List<XElement> Instruction, bool HasResult)>();
        foreach (var element in story.Descendants())
        {
            if (element.Is("t"))
            {
                for (var i = open.Count - 1; i >= Math.Max(0, open.Count - MaxNestedFields); i--)
                    if (!open[i].HasResult)
                    {
                        open[i].Instruction.Add(element);
                        break;
                    }
                continue;
            }
            if (!element.Is("fldChar"))
                continue;
            var kind = element.Value("fldCharType");
            if (kind == "begin")
                open.Add(([], false));
            else if (kind == "separate" && open.Count > 0)
                open[^1] = (open[^1].Instruction, true);
            else if (kind == "end" && open.Count > 0)
            {
                _skipped.UnionWith(open[^1].Instruction);
                open.RemoveAt(open.Count - 1);
            }
        }
    }

    [GeneratedRegex(@"^- \*\*([^*]{1,160})\*\*$", RegexOptions.NonBacktracking)]
    private static partial Regex WholeBold();

    // What a content control shows while nobody has filled it in is no content. It is named once.
    private void SkipPlaceholders(XElement story)
    {
        var shown = new HashSet<string>();
        foreach (
            var control in story
                .Descendants()
                .Where(e => e.Is("sdt") && e.Child("sdtPr").Toggle("showingPlcHdr") == true)
        )
        {
            var texts = control.Descendants().Where(e => e.Is("t") && !_skipped.Contains(e)).ToList();
            if (shown.Add(string.Concat(texts.Select(t => t.Value))))
                Apart.Add(string.Concat(texts.Select(t => t.Value)));
            _skipped.UnionWith(texts);
        }
    }
}
