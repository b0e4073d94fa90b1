using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Plenaria.Platform.TagHelpers;

/// <summary>The state of a record in a word: <c>&lt;state kind="complete"&gt;</c>.</summary>
[HtmlTargetElement("state")]
public sealed class StateTagHelper : TagHelper
{
    /// <summary>How it looks: none, <c>complete</c> or <c>dropped</c>.</summary>
    public string? Kind { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.AddClass("state");
        if (Kind is not null)
            output.AddClass($"s-{Kind}");
    }
}
