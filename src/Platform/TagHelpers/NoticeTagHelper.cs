using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Plenaria.Platform.TagHelpers;

/// <summary>
/// What a page tells its reader beside its content. It is a note; an answer to what the reader did says
/// <c>role="status"</c>, and what must be read at once <c>role="alert"</c>.
/// </summary>
[HtmlTargetElement("notice")]
public sealed class NoticeTagHelper : TagHelper
{
    /// <summary>Whether it warns.</summary>
    public bool Warn { get; set; }

    /// <summary>Whether it holds paragraphs, titles or lists, and not one sentence.</summary>
    public bool Block { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = Block ? "div" : "p";
        output.AddClass("notice");
        if (Warn)
            output.AddClass("warn");
        if (!output.Attributes.ContainsName("role"))
            output.Attributes.SetAttribute("role", "note");
    }
}
