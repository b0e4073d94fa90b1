using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Plenaria.Platform.Documents;

namespace Plenaria.Platform.Language;

/// <summary>
/// How a page shows a text that exists in several languages: the best there is, marked when it is not the reader's own.
/// </summary>
public static class LocalizedHtml
{
    /// <summary>
    /// One line. In another language than the page's it carries its <c>lang</c>, so that it is pronounced and
    /// hyphenated as what it is.
    /// </summary>
    public static IHtmlContent Text(this PageLocalizer phrases, LocalizedText text) => new Line(phrases, text);

    /// <summary>Running text in Markdown.</summary>
    public static IHtmlContent ShowText(this PageLocalizer phrases, LocalizedText text)
    {
        if (text.Best(phrases.Language) is not var (language, wording))
            return HtmlString.Empty;
        var block = new HtmlContentBuilder().AppendHtml(
            language == phrases.Language ? "<div class=\"prose\">" : $"<div class=\"prose\" lang=\"{language}\">"
        );
        return block.AppendHtml(Markup.Html(wording.Text)).AppendHtml("</div>");
    }

    /// <summary>An address of the house in the reader's language; a whole one as it stands.</summary>
    public static string Href(this PageLocalizer phrases, string path) =>
        path.StartsWith('/') ? $"/{phrases.Language}{path}" : path;

    private sealed class Line(PageLocalizer phrases, LocalizedText text) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder)
        {
            if (text.Best(phrases.Language) is not var (language, wording))
                return;
            if (language != phrases.Language)
                writer.Write($"<span lang=\"{language}\">");
            encoder.Encode(writer, wording.Text);
            if (language != phrases.Language)
                writer.Write("</span>");
        }
    }
}
