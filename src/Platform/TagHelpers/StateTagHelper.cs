using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Plenaria.Platform.TagHelpers;

/// <summary>The state of a record in a word: <c>&lt;state kind="complete"&gt;</c>.</summary>
[HtmlTargetElement("state")]
public sealed class StateTagHelper : TagHelper
{
    /// <summary>How it looks: none, <c>complete</c> or <c>dropped</c>.</summary>
    public string? Kind { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.AddClass("state");
        if (Kind is not null)
            output.AddClass($"s-{Kind}");
        if (
            !context.Items.TryGetValue(typeof(PageHeadParts), out var head)
            || head is not PageHeadParts { IsInCrumbs: true } parts
        )
            return;
        var state = new TagBuilder("span");
        state.AddCssClass(output.Attributes["class"].Value.ToString()!);
        state.InnerHtml.AppendHtml(await output.GetChildContentAsync());
        parts.State = state;
        output.SuppressOutput();
    }
}
