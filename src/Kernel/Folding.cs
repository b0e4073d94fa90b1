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
}
