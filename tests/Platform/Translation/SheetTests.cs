using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Plenaria.Translation;

namespace Plenaria.Tests.Platform.Translation;

public class SheetTests
{
    private static readonly SheetText[] Texts =
    [
        new(
            Reference.Parse("NET-E-00001"),
            "title",
            Language.Spanish,
            "0123456789abcdef",
            "Presupuesto & <participativo>",
            "Budget"
        ),
        new(
            Reference.Parse("NET-E-00001"),
            "lessons",
            Language.Spanish,
            "fedcba9876543210",
            "Uno.\n\n- dos\n- tres",
            null
        ),
        new(
            Reference.Parse("NET-E-00002"),
            "title",
            Language.Catalan,
            "00112233aabbccdd",
            "Consell\tde barri \u0001",
            "Neighbourhood council\nof the harbour"
        ),
    ];

    [Fact]
    public void A_word_file_of_two_columns_is_valid_and_brings_back_what_stands_right()
    {
        var bytes = TranslationDocx.Write("Translation", "How to", Language.English, Texts);
        using (var package = WordprocessingDocument.Open(new MemoryStream(bytes), false))
            Assert.Empty(new OpenXmlValidator().Validate(package));
        var (target, read) = TranslationDocx.Read(bytes);
        Assert.Equal(Language.English, target);
        // What is empty on the right is not there; a control character cannot be in a Word file.
        Assert.Equal([Texts[0], Texts[2] with { Original = "Consell\tde barri" }], read);
    }

    [Fact]
    public void Xliff_brings_back_what_went_out()
    {
        var (target, read) = Xliff.Read(Xliff.Write(Language.French, Texts));
        Assert.Equal(Language.French, target);
        Assert.Equal([Texts[0], Texts[2] with { Original = "Consell\tde barri " }], read);
    }

    [Theory]
    [InlineData("needs-translation-one.xlf")]
    [InlineData("needs-translation-two.xlf")]
    [InlineData("region-one.xlf")]
    [InlineData("region-two.xlf")]
    public void Of_a_trial_only_what_was_translated_is_taken(string name)
    {
        var file = Sources.Path("..", "shared", "data", "trials", "24-xliff", name);
        Assert.SkipUnless(File.Exists(file), "The trials are not beside this clone.");
        var (target, read) = Xliff.Read(File.ReadAllBytes(file));
        Assert.Equal(Language.French, target);
        Assert.Equal("Comment les villes partagent", Assert.Single(read).Target);
    }

    [Theory]
    [InlineData("PK\u0003\u0004 not a package")]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"b\">]><xliff>&a;</xliff>")]
    [InlineData("<xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\"/>")]
    [InlineData("no file at all")]
    [InlineData("")]
    public void What_is_no_such_file_is_refused_by_name(string content)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        Assert.Equal(
            "translation.not-a-sheet",
            Assert
                .Throws<RuleViolationException>(() =>
                    content.StartsWith("PK", StringComparison.Ordinal) ? TranslationDocx.Read(bytes) : Xliff.Read(bytes)
                )
                .Key
        );
    }
}
