using DiffPlex.DiffBuilder.Model;
using Microsoft.AspNetCore.Html;
using Plenaria.Platform.Documents;

namespace Plenaria.Sessions.Wording;

/// <summary>An amendment beside its paragraph: word by word where both are in one language, else only its own words.</summary>
/// <param name="Against">Numbers of open ones that cannot be adopted together with it.</param>
internal sealed record ShownAmendment(Amendment Amendment, Language Language, IReadOnlyList<DiffPiece> Pieces, IReadOnlyList<Language> Missing, IReadOnlyList<int> Against, bool IsAdrift);

/// <summary>A paragraph of a motion as it is read in the hall. The 0th is the place before the first: it has no text.</summary>
internal sealed record Passage(int Number, Language Language, IHtmlContent Html, IReadOnlyList<ShownAmendment> Amendments)
{
    /// <summary>The motion in the reader's language; in its own where that one is not parted into the same paragraphs.</summary>
    public static IReadOnlyList<Passage> Of(Motion motion, Language reader)
    {
        var (original, shown) = (motion.Text.Source ?? reader, motion.Text.Best(reader)?.Language ?? reader);
        var (count, paragraphs) = (Passages.Of(motion.Text.ToString()).Count, Passages.Of(motion.Text.For(reader)));
        if (paragraphs.Count != count)
            (shown, paragraphs) = (original, Passages.Of(motion.Text.ToString()));
        var line = 1;
        var passages = new List<Passage>();
        for (var n = 0; n <= paragraphs.Count; n++)
        {
            IHtmlContent html = HtmlString.Empty;
            if (n > 0)
            {
                using var rendered = new StringWriter();
                Markup.Html(paragraphs[n - 1]).WriteTo(rendered, System.Text.Encodings.Web.HtmlEncoder.Default);
                (html, line) = NumberedLines.Of(rendered.ToString(), line);
            }
            passages.Add(new(n, shown, html, [.. motion.Amendments.Where(a => Math.Min(a.Paragraph, paragraphs.Count) == n).OrderBy(a => a.Number).Select(a => Show(motion, a, n == 0 ? "" : paragraphs[n - 1], shown, reader))]));
        }
        return passages;
    }

    private static ShownAmendment Show(Motion motion, Amendment amendment, string paragraph, Language shown, Language reader)
    {
        var isOpen = amendment.State == AmendmentState.Submitted;
        var worded = amendment.In(shown);
        var pieces = amendment.Kind switch
        {
            ChangeKind.Delete => [new DiffPiece(paragraph, ChangeType.Deleted)],
            ChangeKind.Insert => [new DiffPiece(worded?.Text ?? amendment.Text.For(reader), ChangeType.Inserted)],
            _ => worded is null ? [new DiffPiece(amendment.Text.For(reader), ChangeType.Inserted)] : Passages.Between(paragraph, worded.Text),
        };
        return new(amendment, worded is null ? amendment.Text.Best(reader)?.Language ?? shown : shown, pieces, isOpen ? motion.Missing(amendment) : [], isOpen ? [.. motion.Against(amendment).Select(a => a.Number)] : [], isOpen && motion.IsAdrift(amendment));
    }
}
