using System.Text;
using System.Text.Json.Nodes;
using CsCheck;

namespace Plenaria.Tests.Kernel;

public class ValuesTests
{
    [Theory]
    [InlineData("Two\r\nlines\rand a\ttab", "Two\nlines\nand a\ttab")]
    [InlineData("Be\u0007ll, \u0000nought, \u009bescape, \u202etxt.exe", "Bell, nought, escape, txt.exe")]
    [InlineData("e\u0301te\u0301", "été")]
    [InlineData("👩🏽‍🌾 🎉 𝒳", "👩🏽‍🌾 🎉 𝒳")]
    [InlineData("plain", "plain")]
    public void A_text_is_kept_without_control_characters_and_composed(string typed, string kept)
    {
        Assert.Equal(kept, Folding.Clean(typed));
        Assert.Equal(kept, Folding.Clean(Folding.Clean(typed)));
    }

    [Fact]
    public void Half_a_character_is_no_fault_of_the_text_around_it() =>
        Assert.Equal("a\ufffdé", Folding.Clean("a" + (char)0xD83D + "e\u0301"));

    [Theory]
    [InlineData("2012", "2012-01-01", "2012-12-31")]
    [InlineData("2012-02", "2012-02-01", "2012-02-29")]
    [InlineData("2012-06-11", "2012-06-11", "2012-06-11")]
    public void A_partial_date_knows_the_days_it_may_mean(string text, string first, string last)
    {
        var date = PartialDate.Parse(text);
        Assert.Equal(DateOnly.Parse(first), date.First);
        Assert.Equal(DateOnly.Parse(last), date.Last);
        Assert.Equal(text, date.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("2012-13")]
    [InlineData("2013-02-29")]
    [InlineData("2012/06/11")]
    [InlineData("05/17/2030")]
    [InlineData("31/02/2030")]
    [InlineData("17/05/30")]
    [InlineData("17 18 May 2030")]
    [InlineData("May")]
    [InlineData("some day in May 2030")]
    [InlineData("March 32")]
    [InlineData("1 gener 99")]
    [InlineData("1/1/0001")]
    public void What_is_not_a_date_is_not_read_as_one(string text) => Assert.False(PartialDate.TryParse(text, out _));

    [Theory]
    [InlineData("17/05/2030", "2030-05-17")]
    [InlineData("7.5.2030", "2030-05-07")]
    [InlineData("05/2030", "2030-05")]
    [InlineData("17 May 2030", "2030-05-17")]
    [InlineData("May 17, 2030", "2030-05-17")]
    [InlineData("17 de mayo de 2030", "2030-05-17")]
    [InlineData("17 de maig del 2030", "2030-05-17")]
    [InlineData("d’abril de 2016", "2016-04")]
    [InlineData("1er août 2019", "2019-08-01")]
    [InlineData("mars 2019", "2019-03")]
    [InlineData("Março de 2019", "2019-03")]
    [InlineData("sept. 2019", "2019-09")]
    public void A_date_is_read_as_people_write_it(string text, string date) =>
        Assert.Equal(date, PartialDate.Parse(text).ToString());

    [Fact]
    public void A_date_that_is_shown_in_a_language_is_read_from_it()
    {
        foreach (var language in Language.All)
            for (var month = 1; month <= 12; month++)
            {
                var (day, whole) = (new PartialDate(2031, month, 9), new PartialDate(2031, month));
                Assert.Equal(day, PartialDate.Parse(day.For(language)));
                Assert.Equal(whole, PartialDate.Parse(whole.For(language)));
            }
    }

    [Theory]
    [InlineData("2012-06-11", "es", "11 de junio de 2012")]
    [InlineData("2012-06-11", "en", "11 June 2012")]
    [InlineData("2012-06-11", "fr", "11 juin 2012")]
    [InlineData("2012-06-11", "pt", "11 de junho de 2012")]
    [InlineData("2012-06-11", "ca", "11 de juny de 2012")]
    [InlineData("2016-02", "ca", "febrer de 2016")]
    [InlineData("2016-04", "ca", "abril de 2016")]
    [InlineData("2012-06", "en", "June 2012")]
    [InlineData("2012", "ca", "2012")]
    public void A_date_reads_as_its_reader_writes_it(string date, string language, string expected) =>
        Assert.Equal(expected, PartialDate.Parse(date).For(Language.Parse(language)));

    [Fact]
    public void Partial_dates_survive_being_written_and_read() =>
        Gen.Select(Gen.Int[1, 9999], Gen.Int[1, 12], Gen.Int[1, 28], Gen.Int[1, 3])
            .Sample(
                (year, month, day, parts) =>
                {
                    var date = new PartialDate(year, parts > 1 ? month : null, parts > 2 ? day : null);
                    return PartialDate.Parse(date.ToString()) == date && date.First <= date.Last;
                }
            );

    [Fact]
    public void A_period_that_ends_before_it_starts_is_refused()
    {
        var broken = Assert.Throws<RuleViolationException>(() =>
            new Period(PartialDate.Parse("2013-05"), PartialDate.Parse("2013-04"))
        );
        Assert.Equal("kernel.period-ends-before-it-starts", broken.Key);
        Assert.Equal("2013-05/..", new Period(PartialDate.Parse("2013-05"), null).ToString());
    }

    [Theory]
    [InlineData("2030", "2030/2030")]
    [InlineData("2030-05-03/2030-05-05", "2030-05-03/2030-05-05")]
    [InlineData(" 2030-05 / ", "2030-05/..")]
    [InlineData("../2030", "../2030")]
    [InlineData("2030-13", null)]
    [InlineData("2031/2030", null)]
    [InlineData("/", null)]
    [InlineData("..", null)]
    [InlineData("2030/2031/2032", null)]
    [InlineData("", null)]
    public void A_period_is_read_or_said_to_be_none(string text, string? read) =>
        Assert.Equal(read, Period.TryParse(text, out var period) ? period.ToString() : null);

    [Theory]
    [InlineData("NET-2030-A07", true)]
    [InlineData("net-2030", false)]
    [InlineData("NET--1", false)]
    [InlineData("-NET", false)]
    [InlineData("", false)]
    public void A_reference_is_groups_of_capitals_and_digits(string text, bool good) =>
        Assert.Equal(good, Reference.TryParse(text, null, out _));

    [Fact]
    public void A_translation_is_stale_once_the_original_has_changed()
    {
        var text = LocalizedText.Original(Language.Spanish, "Acuerdo").WithTranslation(Language.English, "Decision");
        Assert.Equal(WordingState.Human, text.In(Language.English)!.State);
        var changed = text.WithOriginal(Language.Spanish, "Acuerdo nuevo");
        Assert.Equal(WordingState.Stale, changed.In(Language.English)!.State);
        Assert.Equal(
            WordingState.Human,
            changed.WithTranslation(Language.English, "New decision").In(Language.English)!.State
        );
    }

    [Fact]
    public void A_reader_gets_the_nearest_language_there_is()
    {
        var text = LocalizedText.Original(Language.English, "Plan").WithTranslation(Language.Spanish, "Plan es");
        Assert.Equal("Plan es", text.For(Language.Catalan));
        Assert.Equal("Plan", text.For(Language.French));
        Assert.Equal("", LocalizedText.Empty.For(Language.French));
    }

    [Fact]
    public void Canonical_json_sorts_members_and_escapes_as_the_standard_says()
    {
        // The string of RFC 8785 section 3.2.2.
        var node = JsonNode.Parse(
            """{"b":[3,1],"a":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","\ud83d\ude00":null,"1":true}"""
        )!;
        Assert.Equal(
            """{"1":true,"a":"€$\u000f\nA'B\"\\\\\"/","b":[3,1],"😀":null}""",
            Encoding.UTF8.GetString(CanonicalJson.Of(node))
        );
        Assert.Throws<ArgumentException>(() => CanonicalJson.Of(new { half = 0.5 }));
    }

    [Theory]
    [InlineData("\uFFFE", "")]
    [InlineData("a\uFFFF b", "a-b")]
    [InlineData("a\uD83D b\uDE00", "a-b")]
    [InlineData("\uFDD0Año 2030", "ano-2030")]
    public void What_is_no_character_is_left_out_of_an_address(string name, string slug) =>
        Assert.Equal(slug, Folding.Slug(name, 60));
}
