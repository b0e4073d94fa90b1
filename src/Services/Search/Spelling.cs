using System.Text.RegularExpressions;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace Plenaria.Search;

/// <summary>
/// What was perhaps meant: for each word that no title or summary holds, the commonest one within two letters of it.
/// </summary>
internal static partial class Spelling
{
    public static string? Instead(IndexReader reader, string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed) || MultiFields.GetTerms(reader, IndexDocument.Spelt) is not { } terms)
            return null;
        var isOther = false;
        var words = Words()
            .Replace(
                typed,
                match =>
                {
                    var word = match.Value.ToLowerInvariant();
                    if (
                        word.Length < 4
                        || reader.DocFreq(new(IndexDocument.Spelt, word)) > 0
                        || Nearest(terms, word) is not { } near
                    )
                        return match.Value;
                    isOther = true;
                    return near;
                }
            );
        return isOther ? words : null;
    }

    private static string? Nearest(Terms terms, string word)
    {
        var near = new FuzzyTermsEnum(
            terms,
            new AttributeSource(),
            new Term(IndexDocument.Spelt, word),
            word.Length > 5 ? 2 : 1,
            prefixLength: 1,
            transpositions: true
        );
        var (best, most) = ((string?)null, 0.0);
        while (near.MoveNext())
        {
            var found = near.Term.Utf8ToString();
            var score = near.DocFreq * (Math.Abs(found.Length - word.Length) <= 1 ? 2 : 1);
            if (score > most)
                (best, most) = (found, score);
        }
        return best;
    }

    [GeneratedRegex(@"\p{L}[\p{L}\p{M}]*")]
    private static partial Regex Words();
}
