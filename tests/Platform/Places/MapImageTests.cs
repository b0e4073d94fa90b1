using System.Globalization;
using System.Xml.Linq;
using Plenaria.Platform.Places.Map;

namespace Plenaria.Tests.Platform.Places;

public class MapImageTests
{
    [Fact]
    public void The_areas_of_the_circles_are_in_the_proportion_of_the_numbers()
    {
        var image = XDocument.Parse(MapImage.Draw(new Dictionary<string, long> { ["BR"] = 100, ["SN"] = 25 }));
        var radii = image
            .Descendants()
            .Where(e => e.Name.LocalName == "circle")
            .Select(c => double.Parse(c.Attribute("r")!.Value, CultureInfo.InvariantCulture))
            .ToList();
        // Largest first, so that the small ones lie above.
        Assert.Equal(2, radii.Count);
        Assert.Equal(4, radii[0] * radii[0] / (radii[1] * radii[1]), 2);
    }

    [Fact]
    public void The_same_topic_always_has_the_same_ground_and_an_unknown_country_no_outline()
    {
        var tile = CountryTile.Draw("BR", "practices:citizens-jury").ToString()!;
        Assert.Equal(tile, CountryTile.Draw("BR", "practices:citizens-jury").ToString());
        Assert.Contains("<path", tile, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "<path",
            CountryTile.Draw("??", "practices:citizens-jury").ToString(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            ">2019<",
            CountryTile.Small(null, null, PartialDate.Parse("2019"), Language.English).ToString(),
            StringComparison.Ordinal
        );
        var dated = CountryTile.Small(null, "news", PartialDate.Parse("2026-03-05"), Language.Spanish).ToString();
        Assert.Contains("<span class=\"day\">5</span><span>mar</span>", dated, StringComparison.Ordinal);
        Assert.Contains(
            ">BR<",
            CountryTile.Small("BR", null, PartialDate.Parse("2019"), Language.English).ToString(),
            StringComparison.Ordinal
        );
    }
}
