using System.Text;
using System.Text.Encodings.Web;
using System.Xml.Linq;
using Plenaria.Platform.Places;
using Plenaria.Platform.Places.Map;

namespace Plenaria.Tests.Platform.Places;

public class MapTests
{
    private static string Draw(IReadOnlyDictionary<string, long> counts, Func<string, string>? name = null)
    {
        using var writer = new StringWriter();
        WorldMap
            .Draw(
                counts,
                name ?? (code => $"{Countries.NameOf(code, Language.English)}: {counts[code]}"),
                code => $"/en/members?q=&country={code}",
                "Members by country"
            )
            .WriteTo(writer, HtmlEncoder.Default);
        return writer.ToString();
    }

    private static Dictionary<string, long> One(IEnumerable<string> codes) => codes.ToDictionary(code => code, _ => 1L);

    [Fact]
    public void Every_country_has_its_place_on_the_map()
    {
        var map = XElement.Parse(Draw(One(Countries.All)));
        Assert.Equal(
            Countries.All.Order(StringComparer.Ordinal),
            map.Elements("a").Select(a => a.Attribute("href")!.Value[^2..]).Order(StringComparer.Ordinal)
        );
        Assert.All(
            map.Elements("a").Elements("path"),
            p => Assert.Matches(@"^(M\d+ \d+l-?\d+([ -]\d+)+z)+$", p.Attribute("d")!.Value)
        );
        foreach (var dot in map.Elements("a").Elements("circle"))
        {
            Assert.InRange((int)dot.Attribute("cx")!, 8, 1992);
            Assert.InRange((int)dot.Attribute("cy")!, 8, 857);
        }
    }

    [Fact]
    public void Only_a_country_with_members_is_a_link_and_a_small_one_is_a_dot()
    {
        var map = XElement.Parse(
            Draw(
                new Dictionary<string, long>
                {
                    ["FR"] = 7,
                    ["AD"] = 1,
                    ["LU"] = 30,
                    ["ES"] = 0,
                }
            )
        );
        Assert.Equal("Members by country", map.Attribute("aria-label")!.Value);
        Assert.Equal(
            ["path has h3 France: 7", "circle has h1 Andorra: 1", "circle has h4 Luxembourg: 30"],
            map.Elements("a")
                .Select(a =>
                    $"{a.Elements().Last().Name} {a.Elements().Last().Attribute("class")!.Value} {a.Element("title")!.Value}"
                )
        );
        Assert.Equal("/en/members?q=&country=FR", map.Element("a")!.Attribute("href")!.Value);
        var france = map.Element("a")!.Element("path")!.Attribute("d")!.Value;
        Assert.DoesNotContain(france, map.Element("path")!.Attribute("d")!.Value);
        Assert.Contains(france, XElement.Parse(Draw(One(["AD"]))).Element("path")!.Attribute("d")!.Value);
    }

    [Fact]
    public void A_name_cannot_leave_its_place()
    {
        const string hostile = "\"><script>alert('1')</script>&amp;";
        var html = Draw(One(["BR", "MT"]), _ => hostile);
        Assert.DoesNotContain("<script", html);
        Assert.All(
            XElement.Parse(html).Elements("a"),
            a => Assert.Equal((hostile, hostile), (a.Element("title")!.Value, a.Attribute("aria-label")!.Value))
        );
    }

    [Theory]
    [
        InlineData(1, 1),
        InlineData(2, 2),
        InlineData(4, 2),
        InlineData(5, 3),
        InlineData(19, 3),
        InlineData(20, 4),
        InlineData(4000, 4)
    ]
    public void A_country_is_shaded_by_its_members(long count, int expected) =>
        Assert.Equal(expected, WorldMap.ClassOf(count));

    [Fact]
    public void A_map_with_a_hundred_countries_stays_light() =>
        Assert.InRange(Encoding.UTF8.GetByteCount(Draw(One(Countries.All.Take(100)))), 20_000, 45_000);
}
