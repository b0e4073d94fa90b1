using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Plenaria.Platform.TagHelpers;

/// <summary>
/// Leaves <c>aria-describedby</c> out where a page fills it with nothing: HTML asks for at least one id.
/// </summary>
[HtmlTargetElement("input", Attributes = Attribute, TagStructure = TagStructure.WithoutEndTag)]
[HtmlTargetElement("select", Attributes = Attribute)]
[HtmlTargetElement("textarea", Attributes = Attribute)]
[HtmlTargetElement("fieldset", Attributes = Attribute)]
public sealed class DescribedByTagHelper : TagHelper
{
    private const string Attribute = "aria-describedby";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (string.IsNullOrWhiteSpace(output.Attributes[Attribute]?.Value?.ToString()))
            output.Attributes.RemoveAll(Attribute);
    }
}
