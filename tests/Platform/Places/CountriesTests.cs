using Plenaria.Platform.Places;

namespace Plenaria.Tests.Platform.Places;

public class CountriesTests
{
    [Fact]
    public void Every_country_lies_in_a_region_and_has_a_name_in_every_language_by_which_it_is_found()
    {
        Assert.Equal(249, Countries.All.Count());
        foreach (var code in Countries.All)
        {
            Assert.Contains(Countries.RegionOf(code)!, Regions.All);
            foreach (var language in Language.All)
            {
                var name = Countries.NameOf(code, language);
                Assert.True(name.Length > 2, $"{code} in {language}: {name}");
                Assert.Equal(code, Countries.Find(name.ToUpperInvariant()));
            }
        }
    }

    [Theory]
    [InlineData("sénégal", "SN")]
    [InlineData("SENEGAL", "SN")]
    [InlineData(" pt ", "PT")]
    [InlineData("Països Baixos", "NL")]
    [InlineData("Atlantis", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_country_is_read_as_people_write_it(string? text, string? code) =>
        Assert.Equal(code, Countries.Find(text));

    [Fact]
    public void Names_follow_the_readers_language() =>
        Assert.Equal(
            ["Alemanya", "Germany", "Alemania", "Allemagne", "Alemanha"],
            (
                (Language[])[Language.Catalan, Language.English, Language.Spanish, Language.French, Language.Portuguese]
            ).Select(l => Countries.NameOf("DE", l))
        );
}
