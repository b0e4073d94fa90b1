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
    private static readonly HashSet<string> Skipped =
    [
        "SCRIPT",
        "STYLE",
        "TEMPLATE",
        "NOSCRIPT",
        "IFRAME",
        "OBJECT",
        "EMBED",
        "SVG",
        "MATH",
        "HEAD",
        "TITLE",
        "SELECT",
        "TEXTAREA",
        "BUTTON",
        "FORM",
        "AUDIO",
        "VIDEO",
        "CANVAS",
        "svg",
        "math",
    ];

    /// <summary>Whether a text is meant as HTML: it begins with a tag.</summary>
    public static bool IsHtml(string text) => Beginning().IsMatch(text);

    public static string ToMarkdown(string html)
    {
        var body = new HtmlParser().ParseDocument(HtmlBounds.Keep(html)).Body;
        if (body is null)
            return "";
        var text = new StringBuilder();
        Blocks(body, text, new(Holders(body), "", 0, IsBold: false));
        return Gaps().Replace(text.ToString().Replace("\u00a0", " ", StringComparison.Ordinal), "\n\n").Trim();
    }

    /// <summary>Maximum nesting depth that is followed; what lies deeper is read as its words.</summary>
    private const int Deepest = 60;

    private const int MaxColumns = 30,
        MaxPaddedRows = 500;

    /// <param name="Holders">The elements that hold a block at any depth.</param>
    /// <param name="Indent">What each line begins with.</param>
    /// <param name="Depth">Elements within each other so far.</param>
    /// <param name="IsBold">Bold by an element around the block; its words carry no mark yet.</param>
    private readonly record struct Context(HashSet<INode> Holders, string Indent, int Depth, bool IsBold)
    {
        public Context Deeper(string indent) => this with { Depth = Depth + 1, Indent = indent };
    }

    private static HashSet<INode> Holders(IElement body)
    {
        var holders = new HashSet<INode>();
        foreach (
            var block in body.Descendants().OfType<IElement>().Where(e => HtmlBounds.BlockTags.Contains(e.TagName))
        )
            for (var around = block.Parent; around is not null && around != body && holders.Add(around); )
                around = around.Parent;
        return holders;
    }

    private static void Blocks(INode parent, StringBuilder text, Context context)
    {
        var line = new StringBuilder();
        // Two lists of one kind in a row would become one list: the second has another mark.
        var (listBefore, isAlternate) = ("", false);
        void Break()
        {
            var words = Line(line);
            line.Clear();
            if (words.Length == 0)
                return;
            listBefore = "";
            text.Append(context.Indent)
                .Append(Guarded(words).Replace("\n", "\n" + context.Indent, StringComparison.Ordinal))
                .Append("\n\n");
        }
        if (context.Depth > Deepest)
        {
            Words(parent, line);
            Break();
            return;
        }
        foreach (var node in parent.ChildNodes)
        {
            if (node is not IElement element)
            {
                Inline(node, line, context.Depth, context.IsBold, isMarked: false);
                continue;
            }
            if (Skipped.Contains(element.TagName))
                continue;
            var isList = element.TagName is "UL" or "OL";
            var isBlock =
                HtmlBounds.BlockTags.Contains(element.TagName)
                || context.Holders.Contains(element)
                    && !(element.TagName == "A" && Address(element.GetAttribute("href")) is not null);
            if (!isBlock)
            {
                Inline(element, line, context.Depth, context.IsBold, isMarked: false);
                continue;
            }
            Break();
            isAlternate = isList && listBefore == element.TagName && !isAlternate;
            listBefore = isList ? element.TagName : "";
            Block(element, text, context with { IsBold = IsBold(element) ?? context.IsBold }, isAlternate);
        }
        Break();
    }

    private static void Block(IElement element, StringBuilder text, Context context, bool isAlternate)
    {
        var (indent, depth) = (context.Indent, context.Depth);
        switch (element.TagName)
        {
            case "H1" or "H2" or "H3" or "H4" or "H5" or "H6":
                // Bold says nothing of a heading.
                if (Flat(element, depth, isMarked: true) is { Length: > 0 } heading)
                    text.Append(indent)
                        .Append('#', Math.Max(3, element.TagName[1] - '0'))
                        .Append(' ')
                        .Append(heading)
                        .Append("\n\n");
                break;
            case "UL" or "OL":
                Items(element, text, context, isAlternate);
                break;
            case "TABLE":
                Table(element, text, context);
                break;
            case "BLOCKQUOTE":
                var quoted = new StringBuilder();
                Blocks(element, quoted, context.Deeper(""));
                text.Append(indent)
                    .Append("> ")
                    .Append(quoted.ToString().Trim().Replace("\n", $"\n{indent}> ", StringComparison.Ordinal))
                    .Append("\n\n");
                break;
            case "PRE":
                text.Append(indent)
                    .Append("    ")
                    .Append(element.TextContent.Trim('\n').Replace("\n", $"\n{indent}    ", StringComparison.Ordinal))
                    .Append("\n\n");
                break;
            case "HR":
                break;
            default:
                Blocks(element, text, context.Deeper(indent));
                break;
        }
    }

    private static void Items(IElement list, StringBuilder text, Context context, bool isAlternate)
    {
        var isOrdered = list.TagName == "OL";
        var number = ListNumber(list, "start") ?? 1;
        var pad = "";
        void Append(string words, string mark)
        {
            var indent = context.Indent + new string(' ', mark.Length);
            var lines = words
                .Split('\n')
                .Select(
                    (line, i) =>
                        (
                            i == 0 ? context.Indent + mark
                            : line.Length > 0 ? indent
                            : ""
                        ) + line
                );
            if (words.Length > 0)
                text.AppendJoin('\n', lines).Append('\n');
        }
        foreach (var member in Members(list, context))
        {
            var inner = new StringBuilder();
            if (member is IElement { TagName: "UL" or "OL" } nested && context.Depth < Deepest)
            {
                // A list that stands directly within a list belongs to the item before it.
                Items(nested, inner, context.Deeper(""), isAlternate: false);
                Append(inner.ToString().TrimEnd(), pad);
                continue;
            }
            var item = member as IElement;
            if (item is not null && (item.TagName == "LI" || context.Holders.Contains(item)))
                Blocks(item, inner, context.Deeper("") with { IsBold = IsBold(item) ?? context.IsBold });
            else
            {
                var line = new StringBuilder();
                Inline(member, line, context.Depth, context.IsBold, isMarked: false);
                inner.Append(Guarded(Line(line)));
            }
            number = item is { TagName: "LI" } ? ListNumber(item, "value") ?? number : number;
            var words = Gaps().Replace(inner.ToString().Trim(), "\n\n");
            // An empty item has its number as well.
            var mark =
                isOrdered ? $"{number}{(isAlternate ? ')' : '.')} "
                : isAlternate ? "* "
                : "- ";
            number += item is { TagName: "LI" } || words.Length > 0 ? 1 : 0;
            if (words.Length == 0)
                continue;
            pad = new string(' ', mark.Length);
            Append(words, mark);
        }
        text.Append('\n');
    }

    // Items, lists and loose text of a list; what only wraps them is looked through.
    private static IEnumerable<INode> Members(INode list, Context context)
    {
        if (context.Depth > Deepest)
        {
            yield return list;
            yield break;
        }
        foreach (var node in list.ChildNodes)
            if (
                node is not IElement element
                || element.TagName is "LI" or "UL" or "OL"
                || !context.Holders.Contains(element)
            )
                yield return node;
            else
                foreach (var member in Members(element, context.Deeper("")))
                    yield return member;
    }

    // Markdown takes numbers of nine digits.
    private static int? ListNumber(IElement element, string attribute) =>
        int.TryParse(element.GetAttribute(attribute), System.Globalization.CultureInfo.InvariantCulture, out var number)
        && number is >= 0 and <= 900_000_000
            ? number
            : null;

    private static void Table(IElement table, StringBuilder text, Context context)
    {
        foreach (var caption in table.Children.Where(c => c.TagName == "CAPTION"))
            Blocks(caption, text, context.Deeper(context.Indent));
        // The rows of this table, not those of tables within its cells.
        var rows = table
            .Children.SelectMany(c =>
                c.TagName == "TR" ? [c]
                : c.TagName is "THEAD" or "TBODY" or "TFOOT" ? c.Children.Where(r => r.TagName == "TR")
                : []
            )
            .Select(r => r.Children.Where(c => c.TagName is "TD" or "TH").ToList())
            .Where(r => r.Count > 0)
            .ToList();
        // A table of one column only arranged things.
        if (rows.TrueForAll(r => r.Count < 2))
        {
            foreach (var cell in rows.SelectMany(r => r))
                Blocks(cell, text, context.Deeper(context.Indent));
            return;
        }
        var covered = new int[MaxColumns];
        var grid = rows.ConvertAll(r => Cells(r, covered, context.Depth));
        var columns = grid.Max(r => r.Count);
        void Row(IEnumerable<string> cells) =>
            text.Append(context.Indent).Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        IEnumerable<string> Padded(IEnumerable<string> cells) =>
            cells.Concat(Enumerable.Repeat("", columns)).Take(columns);
        Row(Padded(grid[0]));
        Row(Enumerable.Repeat("---", columns));
        // Rows may be shorter than the table: of very many only the first are filled up.
        for (var i = 1; i < grid.Count; i++)
            Row(i < MaxPaddedRows ? Padded(grid[i]) : grid[i]);
        text.Append('\n');
    }

    /// <summary>The cells of one row by column: a merged cell has its words in its first column.</summary>
    /// <param name="covered">For each column, how many further rows a cell above reaches down.</param>
    private static List<string> Cells(List<IElement> row, int[] covered, int depth)
    {
        var cells = new List<string>();
        void SkipCovered()
        {
            for (; cells.Count < MaxColumns && covered[cells.Count] > 0; cells.Add(""))
                covered[cells.Count]--;
        }
        foreach (var cell in row)
        {
            var words = Flat(cell, depth, isMarked: false).Replace("|", "\\|", StringComparison.Ordinal);
            SkipCovered();
            if (cells.Count == MaxColumns)
            {
                cells[^1] = $"{cells[^1]} {words}".Trim();
                continue;
            }
            var (width, height) = (Span(cell, "colspan", MaxColumns), Span(cell, "rowspan", MaxPaddedRows));
            for (var i = 0; i < width && cells.Count < MaxColumns; i++)
            {
                covered[cells.Count] = height - 1;
                cells.Add(i == 0 ? words : "");
            }
        }
        for (var i = cells.Count; i < MaxColumns; i++)
            covered[i] = Math.Max(0, covered[i] - 1);
        return cells;
    }

    private static int Span(IElement cell, string attribute, int most) =>
        int.TryParse(cell.GetAttribute(attribute), System.Globalization.CultureInfo.InvariantCulture, out var span)
            ? Math.Clamp(span, 1, most)
            : 1;

    private static string Flat(IElement element, int depth, bool isMarked)
    {
        var line = new StringBuilder();
        foreach (var node in element.ChildNodes)
            Inline(node, line, depth + 1, isBold: false, isMarked);
        return Spaces()
            .Replace(line.Replace("****", "").ToString(), " ")
            .Replace("\n", " ", StringComparison.Ordinal)
            .Trim();
    }

    // The marks of bold words that touch each other go: asterisks that somebody wrote are escaped by now.
    private static string Line(StringBuilder line) =>
        Spaces()
            .Replace(line.Replace("****", "").ToString(), " ")
            .Replace("  \n ", "  \n", StringComparison.Ordinal)
            .Trim();

    private static void Words(INode node, StringBuilder line)
    {
        foreach (
            var words in node.Descendants()
                .OfType<IText>()
                .Where(t => t.ParentElement is not { } around || !Skipped.Contains(around.TagName))
        )
            line.Append(Escaped(words.Data)).Append(' ');
    }

    private static string Escaped(string words) => Marks().Replace(Control().Replace(words, " "), @"\$0");

    /// <param name="isBold">Bold by what is around it.</param>
    /// <param name="isMarked">Within bold marks already, or where none are wanted.</param>
    private static void Inline(INode node, StringBuilder line, int depth, bool isBold, bool isMarked)
    {
        if (node is IText words)
        {
            Mark(line, Escaped(words.Data), isBold && !isMarked ? "**" : "");
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
        var marksBold = !isMarked && (IsBold(element) ?? isBold);
        if (depth > Deepest)
            Words(element, inner);
        else
            foreach (var child in element.ChildNodes)
                Inline(child, inner, depth + 1, isBold: false, isMarked || marksBold);
        var said = inner.Replace("****", "").ToString();
        if (
            element.TagName == "A"
            && said.Trim() is { Length: > 0 } core
            && Address(element.GetAttribute("href")) is { } address
        )
            Mark(line, $"[{core.Replace("\n", " ", StringComparison.Ordinal)}](<{address}>)", marksBold ? "**" : "");
        else
            Mark(line, said, (marksBold ? "**" : "") + (IsItalic(element) ? "*" : ""));
        // Cells and boxes within a line stay apart.
        if (element.TagName is "TD" or "TH" or "DIV" or "P" or "LI")
            line.Append(' ');
    }

    // Marks must touch their words, and do not reach over the end of a line.
    private static void Mark(StringBuilder line, string said, string mark)
    {
        if (mark.Length == 0 || string.IsNullOrWhiteSpace(said))
        {
            line.Append(said);
            return;
        }
        var pieces = said.Split("  \n");
        for (var i = 0; i < pieces.Length; i++)
        {
            var (piece, core) = (pieces[i], pieces[i].Trim());
            line.Append(i == 0 ? "" : "  \n");
            if (core.Length > 0)
                line.Append(piece.Length > piece.TrimStart().Length ? " " : "")
                    .Append(mark)
                    .Append(core)
                    .Append(mark)
                    .Append(piece.Length > piece.TrimEnd().Length ? " " : "");
        }
    }

    /// <summary>What an element says of bold: its style, else its name; null where it says nothing.</summary>
    private static bool? IsBold(IElement element)
    {
        var weight = element.GetAttribute("style") is { } style
            ? Weight().Match(style).Groups[1].Value.ToUpperInvariant()
            : "";
        if (int.TryParse(weight, System.Globalization.CultureInfo.InvariantCulture, out var number))
            return number >= 600;
        return weight switch
        {
            "BOLD" or "BOLDER" => true,
            "NORMAL" or "LIGHTER" => false,
            _ => element.TagName is "STRONG" or "B" ? true : null,
        };
    }

    private static bool IsItalic(IElement element)
    {
        var slant = element.GetAttribute("style") is { } style
            ? Slant().Match(style).Groups[1].Value.ToUpperInvariant()
            : "";
        return slant is "ITALIC" or "OBLIQUE" || slant != "NORMAL" && element.TagName is "EM" or "I" or "CITE";
    }

    private static string? Address(string? href) =>
        Uri.TryCreate(href?.Trim(), UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https" or "mailto"
        && !uri.AbsoluteUri.Contains('>', StringComparison.Ordinal)
            ? uri.AbsoluteUri.Replace("*", "%2A", StringComparison.Ordinal)
            : null;

    // What begins a line and means a list or a heading to Markdown.
    private static string Guarded(string words) =>
        LineMark().Replace(words, m => m.Groups[1].Value + "\\" + m.Groups[2].Value);

    [GeneratedRegex(@"^\s*(<!--.*?-->\s*)*<[a-zA-Z!/]", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Beginning();

    [GeneratedRegex(@"(\n[ \t>]*){3,}", RegexOptions.NonBacktracking)]
    private static partial Regex Gaps();

    [GeneratedRegex(@"[ \t\r\f\v]*(?<!  )\n[ \t\r\f\v]*|[ \t\r\f\v\u00a0]+(?!\n)")]
    private static partial Regex Spaces();

    [GeneratedRegex(
        @"(?:^|[;\s])font-weight\s*:\s*([a-z]+|[0-9]+)",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking
    )]
    private static partial Regex Weight();

    [GeneratedRegex(@"(?:^|[;\s])font-style\s*:\s*([a-z]+)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Slant();

    [GeneratedRegex(@"[\\`*_\[\]<>&|~#]")]
    private static partial Regex Marks();

    [GeneratedRegex(@"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]")]
    private static partial Regex Control();

    [GeneratedRegex(@"^([ \t]*\d+)?([.)+\-=])(?=\s|$)", RegexOptions.Multiline)]
    private static partial Regex LineMark();
}
