using Plenaria.Platform.Language;

namespace Plenaria.Correspondence;

/// <summary>What the page shows of one letter in the language of the page.</summary>
/// <param name="Faults">What keeps the stored words from being used, each once.</param>
/// <param name="Changed">The languages in which the letter is worded otherwise than shipped.</param>
/// <param name="Preview">With what was typed, where that is without faults; else the letter that leaves now.</param>
internal sealed record WordingView(
    int Version,
    bool IsChanged,
    IReadOnlyList<WordingField> Fields,
    IReadOnlyList<string> Faults,
    IReadOnlyList<Kernel.Language> Changed,
    IReadOnlyList<PlaceholderView> Placeholders,
    LetterPreview Preview
)
{
    /// <summary>Whether another text is shipped than the one that was changed.</summary>
    public bool IsOutOfDate => Fields.Any(f => f.Base is not null);
}

/// <summary>Reads what the page of a letter shows.</summary>
internal sealed class WordingViewReader(
    LetterWordingStore store,
    LetterExample example,
    Localizer texts,
    PageLocalizer phrases
)
{
    /// <param name="typed">What was sent and is shown again; null when nothing was.</param>
    /// <param name="isValid">Whether a letter can be written with it.</param>
    /// <param name="site">Where the links of the preview lead.</param>
    public async Task<WordingView> ReadAsync(
        LetterTemplate template,
        IReadOnlyDictionary<string, string>? typed,
        bool isValid,
        Uri site,
        CancellationToken cancel
    )
    {
        var language = phrases.Language;
        var form = new WordingForm(template, await store.FindAsync(template, language, cancel), texts, phrases);
        var changed = await store.ReadChangedAsync(cancel);
        return new(
            form.Version,
            form.IsChanged,
            form.ReadFields(typed),
            [.. form.Faults.Values.Select(f => phrases[f.Key, f.Arguments]).Distinct()],
            [.. changed.Where(w => w.Template == template.Key).Select(w => w.Language)],
            example.Describe(template, language),
            await example.WriteAsync(
                template,
                language,
                isValid && typed is not null ? typed : form.ReadUsed(),
                site,
                cancel
            )
        );
    }
}
