using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Plenaria.Platform.Language;

namespace Plenaria.Platform.TagHelpers;

/// <summary>
/// A form in which people write: the browser keeps what they type until the server acknowledges it (forms.js). Every
/// form that is posted and has a text area is one; another asks for it with <c>data-kept</c>.
/// </summary>
/// <remarks>
/// The script names a form by its page, its address and its hidden fields. A form that the server saves while somebody
/// types says itself what it is: <c>data-kept="name version"</c>.
/// </remarks>
[HtmlTargetElement("form")]
public sealed class KeptFormTagHelper(PageLocalizer phrases) : TagHelper
{
    /// <summary>The script that a page with such a form needs; the layout looks for it in the request.</summary>
    public const string Script = "forms.js";

    private const string Kept = "data-kept";

    // After the framework's helper of forms, which writes the address and the token.
    public override int Order => 1;

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var method = context.AllAttributes["method"]?.Value?.ToString();
        if (!string.Equals(method, "post", StringComparison.OrdinalIgnoreCase))
            return;
        if (!output.Attributes.ContainsName(Kept))
        {
            var content = await output.GetChildContentAsync();
            if (!content.GetContent().Contains("<textarea", StringComparison.Ordinal))
                return;
            output.Attributes.SetAttribute(Kept, "");
        }
        ViewContext.HttpContext.Items[Script] = true;
        output.Attributes.SetAttribute("data-offline", phrases["site.form.offline"]);
        output.Attributes.SetAttribute("data-restored", phrases["site.form.restored"]);
        output.Attributes.SetAttribute("data-signin", phrases["site.form.sign-in-ended"]);
        output.Attributes.SetAttribute("data-signin-link", phrases["access.sign-in"]);
        output.Attributes.SetAttribute("data-refused", phrases["site.form.not-taken"]);
    }
}
