using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Plenaria.Platform.Files;

namespace Plenaria.Platform.TagHelpers;

/// <summary>
/// A picture that somebody uploaded, at the width at which it is shown: <c>sizes</c> says how wide that is. The page
/// gives <c>alt</c>; it may ask for another way of <c>loading</c> than when the picture comes into sight.
/// </summary>
/// <example><c>&lt;img stored-picture="@medium.Hash" sizes="46rem" alt="@caption"&gt;</c></example>
[HtmlTargetElement("img", Attributes = "stored-picture", TagStructure = TagStructure.WithoutEndTag)]
public sealed class StoredPictureTagHelper(SizedPictures pictures) : TagHelper
{
    /// <summary>The hash of the stored file.</summary>
    [HtmlAttributeName("stored-picture")]
    public string Hash { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var size = pictures.Measure(Hash);
        foreach (var (name, value) in Sources(Hash, size?.Width))
            output.Attributes.SetAttribute(name, value);
        // What the browser leaves free until the picture is there.
        if (size is var (width, height))
        {
            output.Attributes.SetAttribute("width", width);
            output.Attributes.SetAttribute("height", height);
        }
        if (!output.Attributes.ContainsName("loading"))
            output.Attributes.SetAttribute("loading", "lazy");
        output.Attributes.SetAttribute("decoding", "async");
    }

    /// <summary>
    /// <c>src</c> and <c>srcset</c> of a stored picture. One that is not as wide as a size comes at its own width.
    /// </summary>
    internal static IEnumerable<(string Name, string Value)> Sources(string hash, int? width)
    {
        var most = width ?? int.MaxValue;
        var sizes = SizedPictures.Widths.Where((_, i) => i == 0 || SizedPictures.Widths[i - 1] < most).ToList();
        yield return ("src", SizedPictures.AddressOf(hash, sizes[^1] < 640 ? sizes[^1] : 640));
        var set = sizes.Select(s =>
            string.Create(CultureInfo.InvariantCulture, $"{SizedPictures.AddressOf(hash, s)} {Math.Min(s, most)}w")
        );
        yield return ("srcset", string.Join(", ", set));
    }
}
