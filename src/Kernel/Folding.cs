using System.Buffers;
using System.Globalization;
using System.Text;

namespace Plenaria.Kernel;

/// <summary>Compares what people type, whatever its accents, capitals and signs.</summary>
public static class Folding
{
    private static readonly SearchValues<char> Unwanted = SearchValues.Create([
        .. Enumerable
            .Range(0, 0x2070)
            .Select(c => (char)c)
            .Where(c =>
                char.IsControl(c) && c is not ('\n' or '\t')
                || c is >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069'
            ),
    ]);

    /// <summary>Small letters without accents: letters and digits of any script, one space between words.</summary>
    public static string Fold(string text) =>
        string.Join(
            ' ',
            string.Concat(
                    Known(text)
                        .Normalize(NormalizationForm.FormD)
                        .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
                        .Select(c => char.IsLetterOrDigit(c) ? Plain(char.ToLowerInvariant(c)) : " ")
                )
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        );

    /// <summary>
    /// A text as it is kept, wherever people write one: lines end in \n; control characters but the tab, and those that
    /// turn the direction of what follows them, are left out; letters with their accents are one character where
    /// Unicode has one (NFC).
    /// </summary>
    public static string Clean(string text)
    {
        var lines = text.ReplaceLineEndings("\n");
        var kept = lines.AsSpan().ContainsAny(Unwanted)
            ? string.Concat(lines.Where(c => !Unwanted.Contains(c)))
            : lines;
        return Ascii.IsValid(kept) ? kept : Known(kept).Normalize(NormalizationForm.FormC);
    }

    /// <summary>Whether there is nothing to be seen in it.</summary>
    public static bool IsBlank(string? text) =>
        text is null || text.All(c => char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format);

    // Letters of the Latin script that Unicode does not take apart, as people type them who lack the key.
    private static string Plain(char letter) =>
        letter switch
        {
            'ł' => "l",
            'ı' => "i",
            'ß' => "ss",
            'ø' => "o",
            'đ' or 'ð' => "d",
            'þ' => "th",
            'æ' => "ae",
            'œ' => "oe",
            'ħ' => "h",
            'ŧ' => "t",
            'ŋ' => "n",
            _ => letter.ToString(),
        };

    // Halves of characters, and code points that Unicode keeps for no character, are refused by what takes accents
    // apart and puts them together.
    private static string Known(string text) =>
        string.Concat(
            text.EnumerateRunes().Where(r => (r.Value & 0xFFFE) != 0xFFFE && r.Value is not (>= 0xFDD0 and <= 0xFDEF))
        );

    /// <summary>
    /// A name as an address writes it: small letters a to z, digits, one hyphen between words; empty when it has none
    /// of them.
    /// </summary>
    public static string Slug(string name, int most)
    {
        var slug = string.Join(
            '-',
            string.Concat(Fold(name).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'))
                .Split('-', StringSplitOptions.RemoveEmptyEntries)
        );
        return slug.Length > most ? slug[..most].Trim('-') : slug;
    }

    /// <summary>The address wanted, or the first of those with a number behind it that is not taken.</summary>
    public static string Free(string wanted, IReadOnlySet<string> taken) =>
        Enumerable
            .Range(1, int.MaxValue)
            .Select(i => i == 1 ? wanted : $"{wanted}-{i.ToString(CultureInfo.InvariantCulture)}")
            .First(s => !taken.Contains(s));

    /// <summary>
    /// A text of at most <paramref name="most"/> characters (UTF-16 units, at least 2), with an ellipsis where it was
    /// cut and no character cut in two.
    /// </summary>
    public static string Cut(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1)] + "…";
}
