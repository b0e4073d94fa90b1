using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Ganss.Xss;
using Markdig;
using Markdig.Syntax;
using Microsoft.AspNetCore.Html;

namespace Plenaria.Platform.Documents;

/// <summary>
/// Running text is Markdown; what a page shows of it is sanitised HTML without scripts, styles or frames.
/// </summary>
public static partial class Markup
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>
    /// The text as HTML. Most texts hold no mark at all: their paragraphs need neither parser nor sanitiser, which a
    /// first page would wait for.
    /// </summary>
    public static IHtmlContent Html(string markdown) =>
        new HtmlString(MayHoldMarks().IsMatch(markdown) ? Parsed(markdown) : Plain(markdown));

    internal static string Parsed(string markdown) =>
        Guarded(() => Marked.Sanitizer.Sanitize(Markdown.ToHtml(markdown, Marked.Pipeline)), () => Plain(markdown));

    /// <summary>
    /// A text as its blocks, for what is printed from it; one paragraph of a text that is nested too deeply to mean
    /// anything.
    /// </summary>
    public static MarkdownDocument Blocks(string markdown) =>
        Guarded(
            () => Markdown.Parse(markdown),
            () =>
                Markdown.Parse(
                    string.Concat(markdown.Where(c => char.IsLetterOrDigit(c) || char.IsWhiteSpace(c))).Trim()
                )
        );

    // Markdig follows marks within marks to a depth of 128 and no further: whoever goes deeper has written no text, and
    // must not take the page from its readers.
    private static T Guarded<T>(Func<T> parse, Func<T> otherwise)
    {
        try
        {
            return parse();
        }
        catch (ArgumentException)
        {
            return otherwise();
        }
    }

    private static string Plain(string text) =>
        string.Concat(Gap().Split(text.Trim()).Select(p => $"<p>{Encoder.Encode(p)}</p>\n"));

    /// <summary>
    /// Anything that Markdown could mean something by: a mark, an address, a list or an indented line.
    /// </summary>
    [GeneratedRegex(
        @"[*_\[\]<>&\\`#|~=^]|!\[|://|www\.|mailto:|@|\t|(?m:^[ ]{2,})|(?m:^[ ]*([-+:]|\d+[.)]))|(?m:[ ]{2}$)"
    )]
    private static partial Regex MayHoldMarks();

    [GeneratedRegex(@"\s*\n\s*\n\s*", RegexOptions.NonBacktracking)]
    private static partial Regex Gap();

    // Loaded by the first text that needs them.
    private static class Marked
    {
        public static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
            .DisableHtml()
            .UsePipeTables()
            .UseAutoLinks()
            .Build();

        public static readonly HtmlSanitizer Sanitizer = new(
            new HtmlSanitizerOptions
            {
                AllowedTags = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
                {
                    "p",
                    "br",
                    "strong",
                    "em",
                    "ul",
                    "ol",
                    "li",
                    "a",
                    "blockquote",
                    "code",
                    "pre",
                    "h1",
                    "h2",
                    "h3",
                    "h4",
                    "h5",
                    "h6",
                    "hr",
                    "table",
                    "thead",
                    "tbody",
                    "tr",
                    "th",
                    "td",
                },
                AllowedAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href", "start" },
                UriAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href" },
                AllowedSchemes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "http", "https", "mailto" },
            }
        );
    }
}
