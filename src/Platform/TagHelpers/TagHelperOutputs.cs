using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Plenaria.Platform.TagHelpers;

internal static class TagHelperOutputs
{
    /// <summary>Puts a class before those that the page gives the element.</summary>
    public static void AddClass(this TagHelperOutput output, string name)
    {
        var given = output.Attributes["class"]?.Value?.ToString();
        output.Attributes.SetAttribute("class", given is null ? name : $"{name} {given}");
    }
}
