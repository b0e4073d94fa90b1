using Microsoft.AspNetCore.Razor.TagHelpers;
using Plenaria.Platform.Language;

namespace Plenaria.Platform.Forms;

/// <summary>
/// A form whose text the browser keeps until it is sent, named by <c>data-kept</c> ("name version"): gives the script
/// (forms.js) what it says, in the reader's language.
/// </summary>
[HtmlTargetElement("form", Attributes = "data-kept")]
public sealed class KeptFormTagHelper(Phrases phrases) : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Attributes.SetAttribute("data-offline", phrases["forms.offline"]);
        output.Attributes.SetAttribute("data-restored", phrases["forms.restored"]);
        output.Attributes.SetAttribute("data-signin", phrases["forms.sign-in-ended"]);
        output.Attributes.SetAttribute("data-signin-link", phrases["access.sign-in"]);
        output.Attributes.SetAttribute("data-refused", phrases["forms.not-taken"]);
    }
}
