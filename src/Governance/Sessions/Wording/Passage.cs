using DiffPlex.DiffBuilder.Model;
using Microsoft.AspNetCore.Html;

namespace Plenaria.Sessions.Wording;

/// <summary>
/// An amendment beside its paragraph: word by word where both are in one language, else only its own words.
/// </summary>
/// <param name="Against">Numbers of open ones that cannot be adopted together with it.</param>
/// <param name="Under">Those that would change its own words.</param>
internal sealed record ShownAmendment(
    Amendment Amendment,
    Language Language,
    IReadOnlyList<DiffPiece> Pieces,
    IReadOnlyList<Language> Missing,
    IReadOnlyList<int> Against,
    bool IsAdrift,
    IReadOnlyList<ShownAmendment> Under
);

/// <summary>
/// A paragraph of a motion as it is read in the hall. The 0th is the place before the first: it has no text.
/// </summary>
internal sealed record Passage(
    int Number,
    Language Language,
    IHtmlContent Html,
    IReadOnlyList<ShownAmendment> Amendments
)
{
    /// <summary>
    /// The motion in the reader's language; in its own where that one is not parted into the same paragraphs.
    /// </summary>
    public static IReadOnlyList<Passage> Of(Motion motion, Language reader)
    {
        var text = NumberedText.Of(motion.Text, reader);
        var (paragraphs, html) = (text.Paragraphs, text.Html());
        return
        [
            .. Enumerable
                .Range(0, paragraphs.Count + 1)
                .Select(n => new Passage(
                    n,
                    text.Language,
                    n == 0 ? HtmlString.Empty : html[n - 1],
                    [
                        .. motion
                            .Amendments.Where(a => a.Under is null && Math.Min(a.Paragraph, paragraphs.Count) == n)
                            .OrderBy(a => a.Number)
                            .Select(a => Show(motion, a, n == 0 ? "" : paragraphs[n - 1], text.Language, reader)),
                    ]
                )),
        ];
    }

    private static ShownAmendment Show(
        Motion motion,
        Amendment amendment,
        string paragraph,
        Language shown,
        Language reader
    )
    {
        var isOpen = amendment.State == AmendmentState.Submitted;
        var worded = amendment.In(shown);
        var pieces = amendment.Kind switch
        {
            ChangeKind.Delete => [new DiffPiece(paragraph, ChangeType.Deleted)],
            ChangeKind.Insert => [new DiffPiece(worded?.Text ?? amendment.Text.For(reader), ChangeType.Inserted)],
            _ => worded is null
                ? [new DiffPiece(amendment.Text.For(reader), ChangeType.Inserted)]
                : Passages.Between(paragraph, worded.Text),
        };
        var language = worded is null ? amendment.Text.Best(reader)?.Language ?? shown : shown;
        var under = motion
            .Amendments.Where(a => a.Under == amendment.Id)
            .OrderBy(a => a.Number)
            .Select(a =>
                Show(
                    motion,
                    a,
                    language == amendment.Text.Source ? a.Was : amendment.Text.For(language),
                    language,
                    reader
                )
            );
        return new(
            amendment,
            language,
            pieces,
            isOpen ? motion.Missing(amendment) : [],
            isOpen ? [.. motion.Against(amendment).Select(a => a.Number)] : [],
            isOpen && motion.IsAdrift(amendment),
            [.. under]
        );
    }
}
