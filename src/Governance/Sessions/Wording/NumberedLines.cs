using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Html;

namespace Plenaria.Sessions.Wording;

/// <summary>
/// A text broken into lines of one length, each with its number, so that everybody in the hall means the same line
/// whatever the width of a screen.
/// </summary>
internal static partial class NumberedLines
{
    /// <summary>Characters of a line, as minutes print them.</summary>
    public const int Length = 80;

    /// <summary>
    /// The HTML of a paragraph with a mark at the beginning of every line, which the stylesheet shows as its number;
    /// and the number after its last.
    /// </summary>
    public static (IHtmlContent Html, int Next) Of(string html, int first)
    {
        var document = new HtmlParser().ParseDocument(html);
        var (body, line, used) = (document.Body!, first, 0);
        IElement? block = null;
        foreach (var text in body.Descendants<IText>().Where(t => !string.IsNullOrWhiteSpace(t.Data)).ToList())
        {
            // Each list item or cell begins on a line of its own.
            var own = BlockOf(text);
            var begins = own != block;
            block = own;
            var (pieces, words) = (new List<INode>(), new StringBuilder());
            foreach (var word in Words().Matches(text.Data).Select(m => m.Value))
            {
                if (begins || used + word.TrimEnd().Length > Length)
                {
                    Flush();
                    var mark = document.CreateElement("span");
                    mark.ClassName = "line";
                    mark.SetAttribute("data-line", line++.ToString(CultureInfo.InvariantCulture));
                    pieces.Add(mark);
                    (begins, used) = (false, 0);
                }
                words.Append(word);
                used += word.Length;
            }
            Flush();
            text.Replace([.. pieces]);

            void Flush()
            {
                if (words.Length > 0)
                    pieces.Add(document.CreateTextNode(words.ToString()));
                words.Clear();
            }
        }
        return (new HtmlString(body.InnerHtml), line);
    }

    private static IElement? BlockOf(INode node) =>
        node.ParentElement is { LocalName: "strong" or "em" or "a" or "code" } inline
            ? BlockOf(inline)
            : node.ParentElement;

    [GeneratedRegex(@"\S+\s*|\s+")]
    private static partial Regex Words();
}
