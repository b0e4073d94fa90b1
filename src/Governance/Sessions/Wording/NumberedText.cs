using Microsoft.AspNetCore.Html;
using Plenaria.Platform.Documents;

namespace Plenaria.Sessions.Wording;

/// <summary>
/// A text as everybody discusses it: its paragraphs, with lines numbered through. In the reader's language; in its own
/// where that one is not parted into the same paragraphs.
/// </summary>
internal sealed record NumberedText(Language Language, IReadOnlyList<string> Paragraphs)
{
    public static NumberedText Of(LocalizedText text, Language reader)
    {
        var (original, shown) = (Passages.Of(text.ToString()), Passages.Of(text.For(reader)));
        return shown.Count == original.Count
            ? new(text.Best(reader)?.Language ?? reader, shown)
            : new(text.Source ?? reader, original);
    }

    /// <summary>The paragraphs as HTML.</summary>
    public IReadOnlyList<IHtmlContent> Html()
    {
        var (line, all) = (1, new List<IHtmlContent>());
        foreach (var paragraph in Paragraphs)
        {
            using var rendered = new StringWriter();
            Markup.Html(paragraph).WriteTo(rendered, System.Text.Encodings.Web.HtmlEncoder.Default);
            (var html, line) = NumberedLines.Of(rendered.ToString(), line);
            all.Add(html);
        }
        return all;
    }
}
