using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Plenaria.Platform.Language;

namespace Plenaria.Platform.TagHelpers;

/// <summary>
/// An entry of a list as a card: the day on which it takes place, its picture or what is drawn in the place of one;
/// title, summary, and a line of facts, which is what the element contains; last its reference.
/// </summary>
/// <example>
/// <c>
/// &lt;ul class="plain record-cards"&gt;
///   &lt;record-card path="@it.Path" title="it.Title" day="it.Starts"&gt;&lt;span&gt;@it.Place&lt;/span&gt;&lt;/record-card&gt;
/// &lt;/ul&gt;
/// </c>
/// </example>
[HtmlTargetElement("record-card")]
public class RecordCardTagHelper(PageLocalizer texts, HtmlEncoder encoder) : TagHelper
{
    /// <summary>Without the language.</summary>
    public string Path { get; set; } = "";

    public LocalizedText Title { get; set; } = LocalizedText.Empty;

    /// <summary>What kind of record it is, above the title.</summary>
    public string? Kicker { get; set; }

    /// <summary>Its state in a word, where it is another than the list leads one to expect.</summary>
    public string? State { get; set; }

    public LocalizedText Summary { get; set; } = LocalizedText.Empty;

    /// <summary>When it takes place, by the clocks of the place.</summary>
    public DateTimeOffset? Day { get; set; }

    /// <summary>The hash of the stored file that is its picture.</summary>
    public string? Picture { get; set; }

    /// <summary>What stands there when it has neither day nor picture.</summary>
    public IHtmlContent? Tile { get; set; }

    public Reference? Reference { get; set; }

    /// <summary>The label of a button that leads to the record.</summary>
    public string? Button { get; set; }

    /// <summary>Whether the picture stands above the text, as in a row of a few cards.</summary>
    public bool Tall { get; set; }

    /// <summary>The level of the title among the headings of the page.</summary>
    public int Level { get; set; } = 3;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var facts = await GetFactsAsync(output);
        output.TagName = "li";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.AddClass(Tall ? "record-card tall" : "record-card");
        output.Content.Clear();
        if (Side() is { } side)
            output.Content.AppendHtml(side);
        var text = new TagBuilder("div");
        // An attribute that a page fills with null is an empty string here.
        if (Has(Kicker) || Has(State))
            text.InnerHtml.AppendHtml(Above());
        text.InnerHtml.AppendHtml(Element($"h{Level}", null, Link(null, texts.Text(Title)), texts.LanguageTag(Title)));
        if (GetSummary() is { } summary)
            text.InnerHtml.AppendHtml(summary);
        if (facts is not null || Reference is not null)
            text.InnerHtml.AppendHtml(Element("p", "meta", facts, Plain(" "), Number()));
        if (Has(Button))
            text.InnerHtml.AppendHtml(Element("p", "buttons", Action(Button)));
        output.Content.AppendHtml(text);
    }

    /// <summary>The parts of the line below the title; null when there is none.</summary>
    protected virtual async Task<IHtmlContent?> GetFactsAsync(TagHelperOutput output) =>
        (await output.GetChildContentAsync()).GetContent(encoder).Trim() is { Length: > 0 } facts
            ? new HtmlString(facts)
            : null;

    protected virtual IHtmlContent? GetSummary() =>
        Summary.IsEmpty ? null : Element("p", "summary", texts.Text(Summary));

    private IHtmlContent? Side()
    {
        if (Day is { } day)
            return Element(
                "p",
                "date-block",
                Element("span", "day", Plain(day.Day.ToString(texts.Language.Culture))),
                Element("span", null, Plain(day.ToString("MMM yyyy", texts.Language.Culture)))
            );
        if (!Has(Picture))
            return Tile;
        var picture = new TagBuilder("img") { TagRenderMode = TagRenderMode.SelfClosing };
        foreach (
            var (name, value) in StoredPictureTagHelper
                .Sources(Picture, null)
                .Concat([
                    ("sizes", Tall ? "(max-width: 40rem) 100vw, 24rem" : "6rem"),
                    ("alt", ""),
                    ("loading", "lazy"),
                    ("decoding", "async"),
                    ("width", "320"),
                    ("height", "180"),
                ])
        )
            picture.Attributes[name] = value;
        return picture;
    }

    private TagBuilder Above() =>
        Element(
            "p",
            "kicker",
            Plain(Kicker ?? ""),
            Has(State) ? Plain(" ") : null,
            Has(State) ? Element("span", "state", Plain(State)) : null
        );

    private TagBuilder? Number() =>
        Reference is { } reference ? Element("span", "reference", Plain(reference.ToString())) : null;

    // Its name says of which record it is, for whoever hears the buttons of the page one after the other.
    private TagBuilder Action(string label)
    {
        var link = Link("button plain-button", Plain(label));
        link.Attributes["aria-label"] = $"{label}: {Title.For(texts.Language)}";
        return link;
    }

    private TagBuilder Link(string? kind, IHtmlContent content)
    {
        var link = Element("a", kind, content);
        link.Attributes["href"] = texts.Href(Path);
        return link;
    }

    private static bool Has([NotNullWhen(true)] string? text) => !string.IsNullOrEmpty(text);

    private static StringHtmlContent Plain(string text) => new(text);

    private static TagBuilder Element(string tag, string? kind, params IEnumerable<IHtmlContent?> content)
    {
        var element = new TagBuilder(tag);
        if (kind is not null)
            element.AddCssClass(kind);
        foreach (var part in content)
            if (part is not null)
                element.InnerHtml.AppendHtml(part);
        return element;
    }
}
