using System.Globalization;
using System.Text;

namespace Plenaria.Kernel;

/// <summary>Compares what people type, whatever its accents, capitals and signs.</summary>
public static class Folding
{
    /// <summary>Small letters without accents: letters and digits of any script, one space between words.</summary>
    public static string Fold(string text) => string.Join(' ', string.Concat(text.Normalize(NormalizationForm.FormD)
        .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
        .Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A name as an address writes it: small letters a to z, digits, one hyphen between words; empty when it has none of them.</summary>
    public static string Slug(string name, int most)
    {
        var slug = string.Join('-', string.Concat(Fold(name).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Split('-', StringSplitOptions.RemoveEmptyEntries));
        return slug.Length > most ? slug[..most].Trim('-') : slug;
    }
}
