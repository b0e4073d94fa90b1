using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Html;

namespace Plenaria.Search;

/// <summary>The part of a text that shows best why it was found, the found words marked.</summary>
internal static partial class Snippets
{
    private const int Length = 240,
        MostRead = 60_000;

    /// <summary>
    /// Pieces of the text in turn; marked ones are words that were searched for. The beginning, when none is there.
    /// </summary>
    public static IReadOnlyList<(string Text, bool IsMarked)> Of(
        Kernel.Language language,
        string text,
        HashSet<string> stems,
        int length = Length
    )
    {
        text = Plain(text.Length > MostRead ? text[..MostRead] : text);
        // A dozen places are enough to choose from; a long text is not read to its end for more.
        var hits = Found(language, text, stems).Take(12).ToList();
        var start = Best(hits, length);
        // From the beginning of a word to the end of one.
        while (start > 0 && start < text.Length && !char.IsWhiteSpace(text[start - 1]))
            start--;
        var end = Math.Min(text.Length, start + length);
        while (end < text.Length && !char.IsWhiteSpace(text[end]))
            end++;
        var pieces = new List<(string, bool)>();
        if (start > 0)
            pieces.Add(("… ", false));
        var at = start;
        foreach (var (from, to, _) in hits.Where(h => h.Start >= start && h.End <= end))
        {
            if (from < at)
                continue;
            if (from > at)
                pieces.Add((text[at..from], false));
            pieces.Add((text[from..to], true));
            at = to;
        }
        if (end > at)
            pieces.Add((text[at..end], false));
        if (end < text.Length)
            pieces.Add((" …", false));
        return pieces;
    }

    /// <summary>
    /// Where a text holds one of these stems. Stemming is dear: only words that begin as one of them are stemmed.
    /// </summary>
    public static IEnumerable<(int Start, int End, string Stem)> Found(
        Kernel.Language language,
        string text,
        HashSet<string> stems
    )
    {
        if (stems.Count == 0)
            yield break;
        var beginnings = stems.Select(s => s[0]).ToHashSet();
        var pairs = stems.Select(s => s.Length > 1 ? s[..2] : s).ToHashSet();
        for (var at = 0; at < text.Length; )
        {
            if (!char.IsLetterOrDigit(text[at]))
            {
                at++;
                continue;
            }
            var start = at;
            while (at < text.Length && char.IsLetterOrDigit(text[at]))
                at++;
            var first = char.ToLowerInvariant(text[start]);
            if (first < 128 && !beginnings.Contains(first))
                continue;
            var word = text[start..at];
            var folded = Analysis.Fold(word.Length > 2 ? word[..2] : word).ToLowerInvariant();
            if (
                pairs.Contains(folded.Length > 2 ? folded[..2] : folded)
                && Analysis.Stems(language, word, all: true).FirstOrDefault(stems.Contains) is { } stem
            )
                yield return (start, at, stem);
        }
    }

    public static IHtmlContent Html(IReadOnlyList<(string Text, bool IsMarked)> pieces)
    {
        var html = new HtmlContentBuilder();
        foreach (var (text, isMarked) in pieces)
            if (isMarked)
                html.AppendHtml("<mark>").Append(text).AppendHtml("</mark>");
            else
                html.Append(text);
        return html;
    }

    // The window with the most different words, and of those the one with most of them.
    private static int Best(List<(int Start, int End, string Stem)> hits, int length)
    {
        var (best, start) = (0, 0);
        for (var i = 0; i < hits.Count; i++)
        {
            var window = hits.Skip(i).TakeWhile(h => h.End <= hits[i].Start + length).ToList();
            var score = window.Select(h => h.Stem).Distinct().Count() * 100 + window.Count;
            if (score > best)
                (best, start) = (score, Math.Max(0, hits[i].Start - 40));
            if (i > 200)
                break;
        }
        return start;
    }

    // Marks of Markdown say nothing in a line of results.
    private static string Plain(string markdown) =>
        Spaces().Replace(Marks().Replace(markdown, m => m.Groups[1].Value), " ").Trim();

    [GeneratedRegex(@"\[([^\[\]]*)\]\(<?[^()>]*>?\)|[*#|>`]+|\\(?=[\\`*_\[\]<>&|~#])|-{3,}")]
    private static partial Regex Marks();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
