using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Plenaria.Platform.TagHelpers;

/// <summary>The option that chooses nothing: HTML asks that it says something, so it says a dash.</summary>
[HtmlTargetElement("option", Attributes = "[value='']")]
public sealed class NoChoiceTagHelper : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        if (content.IsEmptyOrWhiteSpace)
            output.Content.SetContent("–");
    }
}
