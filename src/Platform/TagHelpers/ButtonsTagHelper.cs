using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Plenaria.Platform.TagHelpers;

/// <summary>A row of buttons: <c>&lt;buttons&gt;</c> writes the paragraph they stand in.</summary>
[HtmlTargetElement("buttons")]
public sealed class ButtonsTagHelper : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "p";
        output.AddClass("buttons");
    }
}
