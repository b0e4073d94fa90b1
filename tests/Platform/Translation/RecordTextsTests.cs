using Plenaria.Platform.Language;

namespace Plenaria.Tests.Platform.Translation;

public class RecordTextsTests
{
    private static PageLocalizer Page(Language language)
    {
        var page = new PageLocalizer(new([]));
        page.Speak(language);
        return page;
    }

    private static LocalizedText Text(Language source, params Language[] translations) =>
        translations.Aggregate(
            LocalizedText.Original(source, source.Code),
            (text, language) => text.WithTranslation(language, language.Code)
        );

    [Fact]
    public void The_readers_language_is_chosen_when_title_and_main_text_have_it()
    {
        var texts = Page(Language.Catalan)
            .ForRecord(Text(Language.Spanish, Language.Catalan), Text(Language.Spanish, Language.Catalan));
        Assert.Equal(Language.Catalan, texts.Language);
        Assert.False(texts.IsFallback);
    }

    [Fact]
    public void A_title_alone_does_not_bring_the_readers_language()
    {
        var title = Text(Language.Portuguese, Language.Catalan);
        var texts = Page(Language.Catalan).ForRecord(title, Text(Language.Portuguese));
        Assert.Equal(Language.Portuguese, texts.Language);
        Assert.True(texts.IsFallback);
        Assert.Equal("pt", texts.For(title));
    }

    [Fact]
    public void A_text_without_the_chosen_language_is_the_best_for_the_reader()
    {
        var texts = Page(Language.Catalan).ForRecord(Text(Language.Portuguese));
        Assert.Equal("ca", texts.For(Text(Language.French, Language.Catalan)));
        Assert.Equal("", texts.For(LocalizedText.Empty));
    }

    [Fact]
    public void Title_and_text_written_in_two_languages_are_shown_in_the_one_that_has_both()
    {
        var texts = Page(Language.Catalan).ForRecord(Text(Language.French, Language.English), Text(Language.English));
        Assert.Equal(Language.English, texts.Language);
    }

    [Fact]
    public void Where_no_language_has_all_the_running_text_is_what_counts()
    {
        var texts = Page(Language.Catalan).ForRecord(Text(Language.Catalan), Text(Language.French));
        Assert.Equal(Language.French, texts.Language);
        Assert.Equal("ca", texts.For(Text(Language.Catalan)));
    }

    [Fact]
    public void A_record_without_texts_is_in_the_language_of_the_page() =>
        Assert.False(Page(Language.French).ForRecord(LocalizedText.Empty).IsFallback);
}
