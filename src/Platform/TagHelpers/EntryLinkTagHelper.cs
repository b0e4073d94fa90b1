using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Plenaria.Platform.TagHelpers;

/// <summary>
/// The link that an entry of a list begins with: its number, where it has one, and its title, which is the content.
/// </summary>
/// <example>
/// <c>
/// &lt;entry-link href="/@T.Language@Model.Path" number="@Model.Number"&gt;@T.Show(Model.Title)&lt;/entry-link&gt;
/// </c>
/// </example>
[HtmlTargetElement("entry-link")]
public sealed class EntryLinkTagHelper(HtmlEncoder encoder) : TagHelper
{
    public string? Number { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        output.TagName = "a";
        output.AddClass("action-link");
        output.Content.Clear();
        if (Number is not null)
        {
            var number = new TagBuilder("span");
            number.AddCssClass("action-number");
            number.InnerHtml.Append(Number);
            output.Content.AppendHtml(number).Append(" ");
        }
        var title = new TagBuilder("span");
        title.AddCssClass("action-title");
        title.InnerHtml.AppendHtml(content.GetContent(encoder).Trim());
        output.Content.AppendHtml(title);
    }
}
