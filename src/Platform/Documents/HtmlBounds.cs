using System.Buffers;
using System.Text.RegularExpressions;

namespace Plenaria.Platform.Documents;

/// <summary>
/// Keeps HTML of others within what a parser follows in time. The parser looks through all open elements at each tag,
/// and walking the tree is recursive: HTML that opens hundreds of elements within each other is read as its words, and
/// what is longer than any document is cut.
/// </summary>
internal static partial class HtmlBounds
{
    private const int MaxCharacters = 4_000_000;
    private const int MaxOpen = 400;

    private static readonly SearchValues<char> Letters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    );

    // Elements without an end tag, and those that HTML closes by itself.
    private static readonly HashSet<string> Void =
    [
        "BR",
        "IMG",
        "HR",
        "INPUT",
        "META",
        "LINK",
        "COL",
        "WBR",
        "SOURCE",
        "AREA",
        "EMBED",
        "P",
        "LI",
        "TD",
        "TH",
        "TR",
        "DT",
        "DD",
        "OPTION",
    ];

    /// <summary>Elements that begin a line of their own.</summary>
    public static readonly HashSet<string> BlockTags =
    [
        "H1",
        "H2",
        "H3",
        "H4",
        "H5",
        "H6",
        "UL",
        "OL",
        "LI",
        "TABLE",
        "BLOCKQUOTE",
        "PRE",
        "HR",
        "P",
        "DIV",
        "SECTION",
        "ARTICLE",
        "HEADER",
        "FOOTER",
        "MAIN",
        "ASIDE",
        "NAV",
        "FIGURE",
        "FIGCAPTION",
        "DL",
        "DT",
        "DD",
        "ADDRESS",
        "DETAILS",
        "SUMMARY",
        "CENTER",
        "FIELDSET",
    ];

    public static string Keep(string html)
    {
        if (html.Length > MaxCharacters)
            html = html[..MaxCharacters];
        return DeepestOpen(html) <= MaxOpen ? html : Tag().Replace(html, " ");
    }

    // How many elements are open at once, counted by their tags alone: more than the parser finds, never fewer.
    private static int DeepestOpen(string html)
    {
        var (open, deepest) = (0, 0);
        for (
            var at = html.IndexOf('<', StringComparison.Ordinal);
            at >= 0 && at + 1 < html.Length;
            at = html.IndexOf('<', at + 1)
        )
        {
            var next = html[at + 1];
            if (next == '/')
                open = Math.Max(0, open - 1);
            else if (char.IsAsciiLetter(next) && !IsVoid(html.AsSpan(at + 1)))
                open++;
            deepest = Math.Max(deepest, open);
        }
        return deepest;
    }

    private static bool IsVoid(ReadOnlySpan<char> tag)
    {
        var length = tag.IndexOfAnyExcept(Letters);
        return length > 0 && Void.Contains(tag[..length].ToString().ToUpperInvariant());
    }

    [GeneratedRegex("<[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();
}
