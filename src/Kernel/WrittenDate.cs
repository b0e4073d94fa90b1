using System.Globalization;

namespace Plenaria.Kernel;

/// <summary>
/// Reads dates as people write them in the platform's languages: <c>17/05/2030</c>, <c>5/2030</c>,
/// <c>17 de mayo de 2030</c>, <c>mars 2019</c>, <c>May 17, 2030</c>. In all five the day stands before the month.
/// </summary>
internal static class WrittenDate
{
    private const int MaxLength = 60,
        YearLength = 4;

    private static readonly string[] Endings = ["st", "nd", "rd", "th", "er", "o", "a"];

    private static readonly Dictionary<string, int> Months = ReadMonths();

    public static bool TryRead(string text, out PartialDate date)
    {
        date = default;
        if (text.Length > MaxLength)
            return false;
        if (ReadFigures(text) is { } figures)
            return TryMake(figures[^1], figures[^2], figures.Length == 3 ? figures[0] : null, out date);
        var (year, month, day) = ((int?)null, (int?)null, (int?)null);
        foreach (var word in Folding.Fold(text).Split(' '))
        {
            if (Months.TryGetValue(word, out var named) && month is null)
                month = named;
            else if (NumberOf(word) is { } value)
            {
                if (word.Length == YearLength && year is null)
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
            year is not (>= 1000 and <= 9999)
            || month is not (>= 1 and <= 12)
            || day is < 1
            || day > DateTime.DaysInMonth(year.Value, month.Value)
        )
            return false;
        date = new(year.Value, month, day);
        return true;
    }

    /// <summary>Day, month and year, or month and year, with dots, slashes or dashes between them.</summary>
    private static int[]? ReadFigures(string text)
    {
        var parts = text.Split(['.', '/', '-'], StringSplitOptions.TrimEntries);
        if (
            parts.Length is not (2 or 3)
            || parts[^1].Length != YearLength
            || parts[..^1].Any(p => p.Length is not (1 or 2))
        )
            return null;
        var numbers = parts.Select(NumberOf).OfType<int>().ToArray();
        return numbers.Length == parts.Length ? numbers : null;
    }

    /// <summary>A number, with the ending of an ordinal or without.</summary>
    private static int? NumberOf(string word)
    {
        var ending = Array.Find(Endings, e => word.EndsWith(e, StringComparison.Ordinal)) ?? "";
        return int.TryParse(word[..^ending.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }

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
}
