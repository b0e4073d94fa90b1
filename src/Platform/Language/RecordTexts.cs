using Microsoft.AspNetCore.Html;

namespace Plenaria.Platform.Language;

/// <summary>
/// The texts of one record on its own page, all in one language, so that a page does not mix two. A text that the
/// record lacks in that language is the best there is and says which it is in.
/// </summary>
public sealed class RecordTexts(PageLocalizer page, Kernel.Language language)
{
    /// <summary>The language that the record is shown in.</summary>
    public Kernel.Language Language => language;

    /// <summary>Whether it is another than that of the page.</summary>
    public bool IsFallback => language != page.Language;

    /// <summary>
    /// The reader's language, if the record's title and main texts have it; else the one in which they were written.
    /// Texts that are empty do not count.
    /// </summary>
    public static RecordTexts Choose(PageLocalizer page, params IEnumerable<LocalizedText> main)
    {
        var texts = main.Where(t => !t.IsEmpty).ToList();
        if (texts.Count == 0)
            return new(page, page.Language);
        var sources = texts.Select(t => t.Source).OfType<Kernel.Language>().ToList();
        IEnumerable<Kernel.Language> candidates = [page.Language, .. sources, .. page.Language.Fallbacks];
        var whole = candidates.Where(l => texts.TrueForAll(t => t.In(l) is not null)).Select(l => (Kernel.Language?)l);
        // Where no language has all of them, most of the page is in that of the last: the running text.
        return new(page, whole.FirstOrDefault() ?? texts[^1].Source ?? texts[^1].Best(page.Language)!.Value.Language);
    }

    /// <inheritdoc cref="LocalizedHtml.Text"/>
    public IHtmlContent Text(LocalizedText text) => LocalizedHtml.Line(page, Find(text));

    /// <inheritdoc cref="LocalizedHtml.ShowText"/>
    public IHtmlContent ShowText(LocalizedText text) => LocalizedHtml.Block(page, Find(text));

    /// <summary>The plain characters; empty when there is no text at all.</summary>
    public string For(LocalizedText text) => Find(text)?.Wording.Text ?? "";

    private (Kernel.Language Language, Wording Wording)? Find(LocalizedText text) =>
        text.In(language) is { } wording ? (language, wording) : text.Best(page.Language);
}
