using System.Globalization;
using System.Text.RegularExpressions;

namespace Plenaria.Members.Import;

/// <summary>A number of inhabitants as people write it, whatever they put between the groups of three digits.</summary>
internal static partial class PopulationFigure
{
    /// <summary>The number; null when the text is none, is zero, or is more than there are people.</summary>
    public static long? Read(string text)
    {
        var match = Figure().Match(text.Trim());
        if (!match.Success)
            return null;
        var digits = string.Concat(match.Groups["whole"].Value.Where(char.IsAsciiDigit));
        return
            long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is > 0 and < 10_000_000_000
            ? number
            : null;
    }

    public static PopulationClass ClassOf(long inhabitants) =>
        inhabitants switch
        {
            < 20_000 => PopulationClass.Small,
            <= 100_000 => PopulationClass.Medium,
            <= 500_000 => PopulationClass.Large,
            <= 1_000_000 => PopulationClass.VeryLarge,
            _ => PopulationClass.Metropolis,
        };

    // Point, comma, apostrophe or any space between groups, the same throughout; zeros after a decimal sign say
    // nothing.
    [GeneratedRegex(
        @"^(?<whole>[0-9]+|[0-9]{1,3}(?<sign>[.,'’\s\u00A0\u202F\u2009])[0-9]{3}(?:\k<sign>[0-9]{3})*)(?:[.,]0{1,2})?$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Figure();
}
