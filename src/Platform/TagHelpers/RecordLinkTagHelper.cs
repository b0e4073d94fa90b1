using Microsoft.AspNetCore.Razor.TagHelpers;
using Plenaria.Platform.Site.Requests;

namespace Plenaria.Platform.TagHelpers;

/// <summary>
/// A link to what may be a record of another module: its text alone where the network does not use that module.
/// </summary>
/// <example><c>&lt;a record-link href="/r/@Model.Subject"&gt;@Model.Subject&lt;/a&gt;</c></example>
[HtmlTargetElement("a", Attributes = "record-link")]
public sealed class RecordLinkTagHelper(UsedPaths paths) : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.Attributes.RemoveAll("record-link");
        if (
            output.Attributes["href"]?.Value.ToString() is not { } href
            || await paths.ContainsAsync(href, CancellationToken.None)
        )
            return;
        output.TagName = "span";
        output.Attributes.RemoveAll("href");
        output.Attributes.RemoveAll("rel");
    }
}
