using System.Text;
using System.Xml.Linq;

namespace Plenaria.Plans.Import;

/// <summary>A footnote or endnote and where in the paragraph's text its mark stands.</summary>
internal readonly record struct WordNote(int At, string Text, bool IsInBold);

/// <summary>
/// The text of one paragraph, bold words within <c>**</c>. Notes are remembered with their place, and what is drawn
/// within the paragraph, such as text boxes, is collected for whoever reads on.
/// </summary>
internal sealed class WordText(
    WordStyles styles,
    IReadOnlySet<XElement> skipped,
    Func<XElement, string?> note,
    bool withBold
)
{
    private readonly StringBuilder _text = new();
    private bool _isBold;

    public List<WordNote> Notes { get; } = [];
    public List<XElement> Boxes { get; } = [];

    /// <summary>Words in a drawing outside its text boxes, such as those set along a path.</summary>
    public List<string> Drawn { get; } = [];

    public void AddParagraph(XElement paragraph) =>
        AddRuns(paragraph, withBold && styles.IsBold(paragraph.Child("pPr")));

    /// <summary>The text so far; notes not in it.</summary>
    public string Finish()
    {
        if (_isBold)
            CloseBold();
        _isBold = false;
        return _text.ToString();
    }

    private void AddRuns(XElement parent, bool isParagraphBold)
    {
        foreach (var child in parent.Content())
        {
            var properties = child.Child("rPr");
            if (child.Is("t"))
                AddWords(child, _isBold);
            else if (!child.Is("r"))
                AddRuns(child, isParagraphBold);
            else if (!properties.IsRemoved())
                AddRun(child, withBold && styles.IsBold(properties, isParagraphBold));
            // A fraction is written in one line, as people type it.
            if (child.Is("num") && child.Parent!.Is("f"))
                Append("/", _isBold);
        }
    }

    private void AddRun(XElement run, bool isBold)
    {
        foreach (var child in run.Content())
            switch (child.Name.LocalName)
            {
                case "t":
                    AddWords(child, isBold);
                    break;
                case "tab" or "ptab":
                    Append("\t", isBold);
                    break;
                case "br" or "cr":
                    Append("\n", isBold);
                    break;
                case "noBreakHyphen":
                    Append("-", isBold);
                    break;
                case "sym":
                    Append(WordSymbols.Find(child), isBold);
                    break;
                case "footnoteReference" or "endnoteReference":
                    if (note(child) is { Length: > 0 } words)
                        Notes.Add(new(_text.Length, words, _isBold));
                    break;
                case "drawing" or "pict" or "object":
                    AddDrawing(child);
                    break;
                case "delText" or "instrText" or "delInstrText":
                    break;
                // The annotation of a word, and elements that newer versions of Word wrap text in.
                default:
                    AddRun(child, isBold);
                    break;
            }
    }

    private void AddWords(XElement text, bool isBold)
    {
        if (!skipped.Contains(text))
            Append(Clean(text.Value), isBold);
    }

    private void AddDrawing(XElement drawing)
    {
        foreach (var child in drawing.Content())
            if (child.Is("txbxContent"))
                Boxes.Add(child);
            else
            {
                if (child.Is("t"))
                    Drawn.Add(child.Value);
                if (child.Is("textpath") && child.Value("string") is { } path)
                    Drawn.Add(path);
                AddDrawing(child);
            }
    }

    private void Append(string words, bool isBold)
    {
        if (words.Length == 0)
            return;
        // Space between bold words stays inside; marks must touch their words.
        if (isBold != _isBold && !string.IsNullOrWhiteSpace(words))
        {
            if (_isBold)
                CloseBold();
            else
                OpenBold(ref words);
            _isBold = isBold;
        }
        _text.Append(words);
    }

    private void OpenBold(ref string words)
    {
        var begin = words.Length - words.TrimStart().Length;
        _text.Append(words, 0, begin).Append("**");
        words = words[begin..];
    }

    private void CloseBold()
    {
        var end = _text.Length;
        while (end > 0 && char.IsWhiteSpace(_text[end - 1]))
            end--;
        _text.Insert(end, "**");
    }

    // A line end in the file is a space in the document; a soft hyphen only says where a word may be broken.
    private static string Clean(string text) =>
        text.ReplaceLineEndings(" ").Replace("\u00ad", "", StringComparison.Ordinal);
}
