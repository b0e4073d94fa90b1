using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Plenaria.Platform.Language;
using Plenaria.Platform.Sections;

namespace Plenaria.Platform.TagHelpers;

/// <summary>
/// The head of a page: the breadcrumb, its title and what it is about, then whatever else the page puts there. The
/// breadcrumb leads to the section and tab in which the page stands; what lies between the tab and the page is added by
/// <c>&lt;crumbs&gt;</c>. The title, without its markup, is that of the browser's window as well, unless the page sets
/// <c>ViewData["Title"]</c>.
/// </summary>
/// <example>
/// <c>
/// &lt;page-head title="@T["exchange.reply"]" lead="@T["exchange.reply.text"]"&gt;
///   &lt;crumbs&gt;&lt;a href="/@T.Language@Model.Thread.Path"&gt;@Model.Thread.Title&lt;/a&gt;&lt;/crumbs&gt;
/// &lt;/page-head&gt;
/// </c>
/// </example>
[HtmlTargetElement("page-head")]
public sealed class PageHeadTagHelper(SiteSections map, PageLocalizer texts) : TagHelper
{
    /// <summary>The title as text; one with markup stands in <c>&lt;page-title&gt;</c>.</summary>
    public string? Title { get; set; }

    public string? Lead { get; set; }

    /// <summary>A word above the title that says what kind of page it is.</summary>
    public string? Kicker { get; set; }

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var parts = new PageHeadParts();
        context.Items[typeof(PageHeadParts)] = parts;
        var rest = await output.GetChildContentAsync();
        ViewContext.ViewData["Title"] ??= Title ?? parts.PlainTitle;

        output.TagName = "header";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.AddClass("page-head");
        output.Content.Clear();
        if (await BreadcrumbAsync(parts.Crumbs) is { } breadcrumb)
            output.Content.AppendHtml(breadcrumb);
        if (Kicker is not null)
            output.Content.AppendHtml(Element("p", "kicker", new StringHtmlContent(Kicker)));
        output.Content.AppendHtml(
            Element("h1", null, (IHtmlContent?)parts.Title ?? new StringHtmlContent(Title ?? ""))
        );
        if (parts.State is not null)
            output.Content.AppendHtml(Element("p", "page-state", parts.State));
        if (Lead is not null)
            output.Content.AppendHtml(Element("p", "lead", new StringHtmlContent(Lead)));
        output.Content.AppendHtml(rest);
    }

    private async Task<IHtmlContent?> BreadcrumbAsync(IHtmlContent? own)
    {
        var http = ViewContext.HttpContext;
        var place = await map.FindAsync(SiteSections.WithoutLanguage(http.Request.Path), http.RequestAborted);
        if (place.Crumbs.Count == 0 && own is null)
            return null;
        var trail = new TagBuilder("nav");
        trail.AddCssClass("crumbs");
        trail.Attributes["aria-label"] = texts["site.breadcrumb"];
        foreach (var crumb in place.Crumbs)
        {
            var link = new TagBuilder("a");
            link.Attributes["href"] = $"/{texts.Language}{crumb.Path}";
            link.InnerHtml.Append(texts[crumb.TextKey]);
            trail.InnerHtml.AppendHtml(link);
        }
        if (own is not null)
            trail.InnerHtml.AppendHtml(own);
        return trail;
    }

    private static TagBuilder Element(string tag, string? kind, IHtmlContent content)
    {
        var element = new TagBuilder(tag);
        if (kind is not null)
            element.AddCssClass(kind);
        element.InnerHtml.AppendHtml(content);
        return element;
    }
}

/// <summary>What the elements inside a <c>&lt;page-head&gt;</c> give it.</summary>
internal sealed class PageHeadParts
{
    private static readonly Regex Markup = new("<[^>]*>", RegexOptions.NonBacktracking);

    public IHtmlContent? Crumbs { get; set; }
    public TagHelperContent? Title { get; set; }

    /// <summary>The title without its markup.</summary>
    public string? PlainTitle =>
        Title is null ? null : WebUtility.HtmlDecode(Markup.Replace(Title.GetContent(), "")).Trim();

    public IHtmlContent? State { get; set; }

    /// <summary>Whether what is being written now stands among the crumbs.</summary>
    public bool IsInCrumbs { get; set; }
}

/// <summary>
/// The links above the title that lead to where the page belongs. The record's <c>&lt;state&gt;</c> may stand among them
/// and is shown below the title: it leads nowhere.
/// </summary>
[HtmlTargetElement("crumbs", ParentTag = "page-head")]
public sealed class CrumbsTagHelper : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var parts = (PageHeadParts)context.Items[typeof(PageHeadParts)];
        parts.IsInCrumbs = true;
        parts.Crumbs = await output.GetChildContentAsync();
        parts.IsInCrumbs = false;
        output.SuppressOutput();
    }
}

/// <summary>A title with markup of its own, such as one in another language than the page.</summary>
[HtmlTargetElement("page-title", ParentTag = "page-head")]
public sealed class PageTitleTagHelper : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        ((PageHeadParts)context.Items[typeof(PageHeadParts)]).Title = await output.GetChildContentAsync();
        output.SuppressOutput();
    }
}
