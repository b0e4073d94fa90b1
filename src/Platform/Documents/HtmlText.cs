using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Plenaria.Platform.Documents;

/// <summary>
/// HTML of others as the Markdown we keep: headings, paragraphs, lists, tables, emphasis and links survive; scripts,
/// styles, frames and everything that only looks do not. What Markdown would take for a mark is escaped.
/// </summary>
public static partial class HtmlText
{
    private static readonly HashSet<string> Skipped = ["SCRIPT", "STYLE", "TEMPLATE", "NOSCRIPT", "IFRAME", "OBJECT", "EMBED", "SVG", "MATH", "HEAD", "TITLE", "SELECT", "TEXTAREA", "BUTTON", "FORM", "AUDIO", "VIDEO", "CANVAS", "svg", "math"];

    /// <summary>Whether a text is meant as HTML: it begins with a tag.</summary>
    public static bool IsHtml(string text) => Beginning().IsMatch(text);

    public static string ToMarkdown(string html)
    {
        var body = new HtmlParser().ParseDocument(Bounded(html)).Body;
        if (body is null)
            return "";
        var text = new StringBuilder();
        Blocks(body, text, "", 0);
        return Gaps().Replace(text.ToString().Replace("\u00a0", " ", StringComparison.Ordinal), "\n\n").Trim();
    }

    // The parser looks through all open elements at each tag, and walking the tree is recursive: HTML that opens hundreds of
    // elements within each other, or is longer than any document, is read as its words.
    private static string Bounded(string html)
    {
        if (html.Length > MaxCharacters)
            html = html[..MaxCharacters];
        var (open, deepest) = (0, 0);
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0 && at + 1 < html.Length; at = html.IndexOf('<', at + 1))
        {
            open = Math.Max(0, open + (html[at + 1] == '/' ? -1 : char.IsAsciiLetter(html[at + 1]) && !IsVoid(html.AsSpan(at + 1)) ? 1 : 0));
            deepest = Math.Max(deepest, open);
        }
        return deepest <= MaxOpen ? html : Tag().Replace(html, " ");
    }

    private static bool IsVoid(ReadOnlySpan<char> tag)
    {
        var length = tag.IndexOfAnyExcept(Letters);
        return length > 0 && Void.Contains(tag[..length].ToString().ToUpperInvariant());
    }

    private const int MaxCharacters = 4_000_000, MaxOpen = 400;
    private static readonly System.Buffers.SearchValues<char> Letters = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    // Elements without an end tag, and those that HTML closes by itself.
    private static readonly HashSet<string> Void = ["BR", "IMG", "HR", "INPUT", "META", "LINK", "COL", "WBR", "SOURCE", "AREA", "EMBED", "P", "LI", "TD", "TH", "TR", "DT", "DD", "OPTION"];

    /// <summary>Maximum nesting depth that is followed.</summary>
    private const int Deepest = 60;

    private static void Blocks(INode parent, StringBuilder text, string indent, int depth)
    {
        if (depth > Deepest)
            return;
        var line = new StringBuilder();
        void Break()
        {
            var words = Spaces().Replace(line.ToString(), " ").Replace("  \n ", "  \n", StringComparison.Ordinal).Trim();
            line.Clear();
            if (words.Length > 0)
                text.Append(indent).Append(Guarded(words).Replace("\n", "\n" + indent, StringComparison.Ordinal)).Append("\n\n");
        }
        foreach (var node in parent.ChildNodes)
        {
            if (node is not IElement element)
            {
                Inline(node, line, depth);
                continue;
            }
            if (Skipped.Contains(element.TagName))
                continue;
            switch (element.TagName)
            {
                case "H1" or "H2" or "H3" or "H4" or "H5" or "H6":
                    Break();
                    if (Flat(element, depth) is { Length: > 0 } heading)
                        text.Append(indent).Append('#', Math.Max(3, element.TagName[1] - '0')).Append(' ').Append(heading).Append("\n\n");
                    break;
                case "UL" or "OL":
                    Break();
                    Items(element, text, indent, depth);
                    break;
                case "TABLE":
                    Break();
                    Table(element, text, indent, depth);
                    break;
                case "BLOCKQUOTE":
                    Break();
                    var quoted = new StringBuilder();
                    Blocks(element, quoted, "", depth + 1);
                    text.Append(indent).Append("> ").Append(quoted.ToString().Trim().Replace("\n", $"\n{indent}> ", StringComparison.Ordinal)).Append("\n\n");
                    break;
                case "PRE":
                    Break();
                    text.Append(indent).Append("    ").Append(element.TextContent.Trim('\n').Replace("\n", $"\n{indent}    ", StringComparison.Ordinal)).Append("\n\n");
                    break;
                case "HR":
                    Break();
                    break;
                case "P" or "DIV" or "SECTION" or "ARTICLE" or "HEADER" or "FOOTER" or "MAIN" or "ASIDE" or "NAV" or "FIGURE" or "FIGCAPTION" or "DL" or "DT" or "DD" or "ADDRESS" or "DETAILS" or "SUMMARY" or "CENTER" or "FIELDSET" or "LI":
                    Break();
                    Blocks(element, text, indent, depth + 1);
                    break;
                default:
                    Inline(element, line, depth);
                    break;
            }
        }
        Break();
    }

    private static void Items(IElement list, StringBuilder text, string indent, int depth)
    {
        var number = 1;
        foreach (var item in list.Children.Where(c => c.TagName == "LI"))
        {
            var inner = new StringBuilder();
            Blocks(item, inner, "", depth + 1);
            var mark = list.TagName == "OL" ? $"{number++}. " : "- ";
            var pad = new string(' ', mark.Length);
            if (Gaps().Replace(inner.ToString().Trim(), "\n\n") is { Length: > 0 } words)
                text.Append(indent).Append(mark).Append(words.Replace("\n", $"\n{indent}{pad}", StringComparison.Ordinal)).Append('\n');
        }
        text.Append('\n');
    }

    private static void Table(IElement table, StringBuilder text, string indent, int depth)
    {
        var rows = table.QuerySelectorAll("tr").Take(500).Select(r => r.Children.Where(c => c.TagName is "TD" or "TH").Take(30).Select(c => Flat(c, depth).Replace("|", "\\|", StringComparison.Ordinal)).ToList()).Where(r => r.Count > 0).ToList();
        var columns = rows.Select(r => r.Count).DefaultIfEmpty().Max();
        // A table of one column only arranged things.
        if (columns < 2)
        {
            foreach (var cell in table.QuerySelectorAll("td,th").Where(c => c.QuerySelector("table") is null))
                Blocks(cell, text, indent, depth + 1);
            return;
        }
        void Row(IEnumerable<string> cells) => text.Append(indent).Append("| ").AppendJoin(" | ", cells.Concat(Enumerable.Repeat("", columns)).Take(columns)).Append(" |\n");
        Row(rows[0]);
        Row(Enumerable.Repeat("---", columns));
        foreach (var row in rows.Skip(1))
            Row(row);
        text.Append('\n');
    }

    private static string Flat(IElement element, int depth)
    {
        var line = new StringBuilder();
        foreach (var node in element.ChildNodes)
            Inline(node, line, depth + 1);
        return Spaces().Replace(line.ToString(), " ").Replace("\n", " ", StringComparison.Ordinal).Trim();
    }

    private static void Inline(INode node, StringBuilder line, int depth)
    {
        if (depth > Deepest)
            return;
        if (node is IText words)
        {
            line.Append(Marks().Replace(Control().Replace(words.Data, " "), @"\$0"));
            return;
        }
        if (node is not IElement element || Skipped.Contains(element.TagName))
            return;
        if (element.TagName == "BR")
        {
            line.Append("  \n");
            return;
        }
        var inner = new StringBuilder();
        foreach (var child in element.ChildNodes)
            Inline(child, inner, depth + 1);
        var said = inner.ToString();
        var (mark, core) = (element.TagName switch { "STRONG" or "B" => "**", "EM" or "I" or "CITE" => "*", _ => "" }, said.Trim());
        if (element.TagName == "A" && core.Length > 0 && Address(element.GetAttribute("href")) is { } address)
            line.Append('[').Append(core.Replace("\n", " ", StringComparison.Ordinal)).Append("](<").Append(address).Append(">)");
        else if (mark.Length > 0 && core.Length > 0 && !core.Contains('\n', StringComparison.Ordinal))
            // Marks must touch their words.
            line.Append(said.Length > said.TrimStart().Length ? " " : "").Append(mark).Append(core).Append(mark).Append(said.Length > said.TrimEnd().Length ? " " : "");
        else
            line.Append(said);
        // Cells and boxes within a line stay apart.
        if (element.TagName is "TD" or "TH" or "DIV" or "P" or "LI")
            line.Append(' ');
    }

    private static string? Address(string? href) =>
        Uri.TryCreate(href?.Trim(), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto" && !uri.AbsoluteUri.Contains('>', StringComparison.Ordinal) ? uri.AbsoluteUri : null;

    // What begins a line and means a list or a heading to Markdown.
    private static string Guarded(string words) => LineMark().Replace(words, m => m.Groups[1].Value + "\\" + m.Groups[2].Value);

    [GeneratedRegex(@"^\s*(<!--.*?-->\s*)*<[a-zA-Z!/]", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Beginning();

    [GeneratedRegex(@"(\n[ \t>]*){3,}", RegexOptions.NonBacktracking)]
    private static partial Regex Gaps();

    [GeneratedRegex(@"[ \t\r\f\v]*(?<!  )\n[ \t\r\f\v]*|[ \t\r\f\v\u00a0]+(?!\n)")]
    private static partial Regex Spaces();

    [GeneratedRegex("<[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();

    [GeneratedRegex(@"[\\`*_\[\]<>&|~#]")]
    private static partial Regex Marks();

    [GeneratedRegex(@"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]")]
    private static partial Regex Control();

    [GeneratedRegex(@"^([ \t]*\d+)?([.)+\-=])(?=\s|$)", RegexOptions.Multiline)]
    private static partial Regex LineMark();
}
