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
    public static IHtmlContent Text(this PageLocalizer phrases, LocalizedText text) =>
        Line(phrases, text.Best(phrases.Language));

    /// <summary>Running text in Markdown.</summary>
    public static IHtmlContent ShowText(this PageLocalizer phrases, LocalizedText text) =>
        Block(phrases, text.Best(phrases.Language));

    /// <summary>
    /// The texts of the record that the page is about, by its title and main texts, in the order of the page.
    /// </summary>
    public static RecordTexts ForRecord(this PageLocalizer phrases, params IEnumerable<LocalizedText> main) =>
        RecordTexts.Choose(phrases, main);

    /// <summary>
    /// The title of a record in a list: marked where it is not in the reader's language, for screen readers by its
    /// <c>lang</c>, for all by the language's two letters after it.
    /// </summary>
    public static IHtmlContent ListTitle(this PageLocalizer phrases, LocalizedText title) =>
        new HtmlContentBuilder().AppendHtml(phrases.Text(title)).AppendHtml(phrases.LanguageTag(title));

    /// <summary>
    /// What stands in a list beside a title that is not in the reader's language: the language's two letters.
    /// </summary>
    public static IHtmlContent LanguageTag(this PageLocalizer phrases, LocalizedText title) =>
        title.Best(phrases.Language) is var (language, _) ? phrases.LanguageTag(language) : HtmlString.Empty;

    /// <inheritdoc cref="LanguageTag(PageLocalizer, LocalizedText)"/>
    public static IHtmlContent LanguageTag(this PageLocalizer phrases, Kernel.Language language) =>
        language == phrases.Language
            ? HtmlString.Empty
            : new HtmlString(
                $" <abbr class=\"in-language\" title=\"{phrases[$"language.{language.Code}"]}\">{language.Code}</abbr>"
            );

    /// <summary>An address of the house in the reader's language; a whole one as it stands.</summary>
    public static string Href(this PageLocalizer phrases, string path) =>
        path.StartsWith('/') ? $"/{phrases.Language}{path}" : path;

    internal static IHtmlContent Line(PageLocalizer page, (Kernel.Language, Wording)? found) =>
        found is var (language, wording) ? new WordingLine(page.Language, language, wording.Text) : HtmlString.Empty;

    internal static IHtmlContent Block(PageLocalizer page, (Kernel.Language, Wording)? found)
    {
        if (found is not var (language, wording))
            return HtmlString.Empty;
        var block = new HtmlContentBuilder().AppendHtml(
            language == page.Language ? "<div class=\"prose\">" : $"<div class=\"prose\" lang=\"{language}\">"
        );
        return block.AppendHtml(Markup.Html(wording.Text)).AppendHtml("</div>");
    }

    private sealed class WordingLine(Kernel.Language page, Kernel.Language language, string text) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder)
        {
            if (language != page)
                writer.Write($"<span lang=\"{language}\">");
            encoder.Encode(writer, text);
            if (language != page)
                writer.Write("</span>");
        }
    }
}
