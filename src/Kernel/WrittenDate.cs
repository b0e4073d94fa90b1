using System.Globalization;
using System.Text.RegularExpressions;

namespace Plenaria.Kernel;

/// <summary>
/// Reads dates as people write them in the platform's languages: <c>17/05/2030</c>, <c>5/2030</c>,
/// <c>17 de mayo de 2030</c>, <c>mars 2019</c>, <c>May 17, 2030</c>. In all five the day stands before the month.
/// </summary>
internal static partial class WrittenDate
{
    private const int MaxLength = 60;

    private static readonly Dictionary<string, int> Months = ReadMonths();

    public static bool TryRead(string text, out PartialDate date)
    {
        date = default;
        if (text.Length > MaxLength)
            return false;
        if (Figures().Match(text.Trim()) is { Success: true } figures)
            return TryMake(Number(figures, "year"), Number(figures, "month"), Number(figures, "day"), out date);
        var (year, month, day) = ((int?)null, (int?)null, (int?)null);
        foreach (var word in Folding.Fold(text).Split(' '))
        {
            if (Months.TryGetValue(word, out var named) && month is null)
                month = named;
            else if (Ordinal().Match(word) is { Success: true } number)
            {
                var value = int.Parse(number.Groups[1].Value, CultureInfo.InvariantCulture);
                if (value > 31 && year is null)
                    year = value;
                else if (value <= 31 && day is null)
                    day = value;
                else
                    return false;
            }
            else if (word is not ("de" or "del" or "d" or "of" or "the"))
                return false;
        }
        return month is not null && TryMake(year, month, day, out date);
    }

    private static bool TryMake(int? year, int? month, int? day, out PartialDate date)
    {
        date = default;
        if (
            year is not (>= 1 and <= 9999)
            || month is not (>= 1 and <= 12)
            || day is < 1
            || day > DateTime.DaysInMonth(year.Value, month.Value)
        )
            return false;
        date = new(year.Value, month, day);
        return true;
    }

    private static int? Number(Match match, string group) =>
        match.Groups[group] is { Success: true } found ? int.Parse(found.Value, CultureInfo.InvariantCulture) : null;

    private static Dictionary<string, int> ReadMonths()
    {
        var months = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var language in Language.All)
        {
            var format = language.Culture.DateTimeFormat;
            string[][] lists =
            [
                format.MonthNames,
                format.MonthGenitiveNames,
                format.AbbreviatedMonthNames,
                format.AbbreviatedMonthGenitiveNames,
            ];
            foreach (var names in lists)
                for (var i = 0; i < 12; i++)
                    // The genitive of Catalan carries its preposition: "de maig", "d’abril".
                    if (Folding.Fold(names[i]).Split(' ')[^1] is { Length: > 0 } name)
                        months.TryAdd(name, i + 1);
        }
        return months;
    }

    [GeneratedRegex(@"^(?:(?<day>\d{1,2})\s*[./-]\s*)?(?<month>\d{1,2})\s*[./-]\s*(?<year>\d{4})$")]
    private static partial Regex Figures();

    [GeneratedRegex(@"^(\d{1,4})(?:st|nd|rd|th|er|o|a)?$")]
    private static partial Regex Ordinal();
}
