using System.Globalization;
using System.Text;

namespace Plenaria.Platform.Places.Map;

/// <summary>
/// A map as a picture of its own: a circle on each country, its area in proportion to the country's number. It leads
/// nowhere and is described by the page that shows it; a page weighs little beside it.
/// </summary>
public static class MapImage
{
    private const double LargestRadius = 62,
        SmallestRadius = 9;

    /// <summary>An SVG document, in the colours of the reader's scheme.</summary>
    /// <param name="counts">Numbers by ISO 3166 code.</param>
    public static string Draw(IReadOnlyDictionary<string, long> counts)
    {
        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WorldMap.Width} {WorldMap.Height}\">"
        );
        svg.Append(
            "<style>path{fill:#d3dbdc}circle{fill:#1f6f87;fill-opacity:.78;stroke:#fff;stroke-width:2}"
                + "@media(prefers-color-scheme:dark){path{fill:#333b43}circle{fill:#8cc4d6;stroke:#16181c}}</style>"
        );
        svg.Append("<path d=\"");
        foreach (var country in WorldMap.Outlines.Value)
            svg.Append(country.Path);
        svg.Append("\"/>");
        var most = Math.Max(1, counts.Values.DefaultIfEmpty().Max());
        // The small ones come last and lie above the large ones.
        foreach (
            var country in WorldMap
                .Outlines.Value.Where(c => counts.GetValueOrDefault(c.Code) > 0)
                .OrderByDescending(c => counts[c.Code])
        )
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<circle cx=\"{country.X}\" cy=\"{country.Y}\" r=\"{RadiusOf(counts[country.Code], most):0.#}\"/>"
            );
        return svg.Append("</svg>").ToString();
    }

    private static double RadiusOf(long count, long most) =>
        Math.Max(SmallestRadius, LargestRadius * Math.Sqrt((double)count / most));
}
