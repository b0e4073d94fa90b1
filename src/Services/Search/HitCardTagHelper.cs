using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;
using Plenaria.Platform.Places.Map;
using Plenaria.Search;

namespace Plenaria.Platform.TagHelpers;

/// <summary>What a search found, as a card: the part of it where the words stand, its kind, country and date.</summary>
[HtmlTargetElement("hit-card")]
public sealed class HitCardTagHelper : RecordCardTagHelper
{
    private readonly PageLocalizer _texts;

    // The results of a search stand right below the title of their page.
    public HitCardTagHelper(PageLocalizer texts, HtmlEncoder encoder)
        : base(texts, encoder) => (_texts, Level) = (texts, 2);

    public SearchHit Hit { get; set; } = null!;

    /// <summary>Whether all of the list is of one kind, so that no card names it.</summary>
    public bool OneKind { get; set; }

    public override Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var entry = Hit.Entry;
        (Path, Title, Reference) = (entry.Path, entry.Title, entry.Reference);
        Tile = CountryTile.Small(
            Hit.Place,
            Hit.Topics.Count > 0 ? Hit.Topics[0] : entry.Kind,
            entry.Date,
            _texts.Language
        );
        return base.ProcessAsync(context, output);
    }

    protected override IHtmlContent? GetSummary()
    {
        if (Hit.Snippet.Count == 0)
            return null;
        var summary = new TagBuilder("p");
        summary.AddCssClass("snippet");
        if (Hit.Language != _texts.Language)
            summary.Attributes["lang"] = Hit.Language.Code;
        summary.InnerHtml.AppendHtml(Snippets.Html(Hit.Snippet));
        return summary;
    }

    protected override Task<IHtmlContent?> GetFactsAsync(TagHelperOutput output)
    {
        IEnumerable<string?> facts =
        [
            OneKind ? null : _texts[$"register.kind.{Hit.Entry.Kind}"],
            Hit.Place is { Length: 2 } country ? Countries.NameOf(country, _texts.Language) : null,
            Hit.Entry.Date is { } date ? _texts.Date(date) : null,
        ];
        var line = new HtmlContentBuilder();
        foreach (var fact in facts.OfType<string>())
            line.AppendHtml("<span>").Append(fact).AppendHtml("</span> ");
        return Task.FromResult<IHtmlContent?>(line);
    }
}
