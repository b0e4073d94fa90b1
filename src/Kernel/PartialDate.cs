using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Plenaria.Kernel;

/// <summary>
/// A date known to the year, the month or the day. Written as ISO 8601 with reduced precision
/// (<c>2012</c>, <c>2012-06</c>, <c>2012-06-11</c>), which also sorts in time order as plain text. Read in this form,
/// and as people write dates in the platform's languages (<c>17/05/2030</c>, <c>mars 2019</c>).
/// </summary>
public readonly record struct PartialDate : IParsable<PartialDate>, IComparable<PartialDate>
{
    public PartialDate(int year, int? month = null, int? day = null)
    {
        // DateOnly checks the ranges, leap days included.
        _ = new DateOnly(year, month ?? 1, day ?? 1);
        if (month is null && day is not null)
            throw new ArgumentException("A day needs its month.", nameof(day));
        (Year, Month, Day) = (year, month, day);
    }

    public int Year { get; }
    public int? Month { get; }
    public int? Day { get; }

    public static PartialDate On(DateOnly date) => new(date.Year, date.Month, date.Day);

    /// <summary>The first day this date may mean.</summary>
    public DateOnly First => new(Year, Month ?? 1, Day ?? 1);

    /// <summary>The last day this date may mean.</summary>
    public DateOnly Last =>
        Day is not null
            ? First
            : (Month is null ? new(Year, 12, 31) : new(Year, Month.Value, DateTime.DaysInMonth(Year, Month.Value)));

    public int CompareTo(PartialDate other) => string.CompareOrdinal(ToString(), other.ToString());

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out PartialDate result)
    {
        if (TryParseIso(s, out result))
            return true;
        return s is not null && WrittenDate.TryRead(s, out result);
    }

    /// <summary>
    /// Reads the form of ISO 8601 alone: for files, in which <c>03/04/2025</c> may be a day of March or of April.
    /// </summary>
    public static bool TryParseIso([NotNullWhen(true)] string? s, out PartialDate result)
    {
        result = default;
        foreach (var (format, parts) in Formats)
            if (DateTime.TryParseExact(s, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                result = new(date.Year, parts > 1 ? date.Month : null, parts > 2 ? date.Day : null);
                return true;
            }
        return false;
    }

    private static readonly (string, int)[] Formats = [("yyyy-MM-dd", 3), ("yyyy-MM", 2), ("yyyy", 1)];

    public static bool TryParse([NotNullWhen(true)] string? s, out PartialDate result) => TryParse(s, null, out result);

    public static PartialDate Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var date)
            ? date
            : throw new FormatException($"'{s}' is not a date such as 2012, 2012-06 or 2012-06-11.");

    /// <summary>As a reader of this language writes it: the year, the month and year, or the full date.</summary>
    public string For(Language reader) =>
        this switch
        {
            { Day: not null } => First.ToString("D", reader.Culture) is var full
            && reader.Culture.DateTimeFormat.LongDatePattern.Contains("dddd", StringComparison.Ordinal)
                ? First.ToString(
                    reader
                        .Culture.DateTimeFormat.LongDatePattern.Replace("dddd, ", "", StringComparison.Ordinal)
                        .Replace("dddd ", "", StringComparison.Ordinal),
                    reader.Culture
                )
                : full,
            // The culture's own pattern begins with the preposition: "de febrer de 2016".
            { Month: { } month } when reader == Language.Catalan =>
                $"{reader.Culture.DateTimeFormat.MonthNames[month - 1]} de {Year:0000}",
            { Month: not null } => First.ToString("Y", reader.Culture),
            _ => Year.ToString("0000", CultureInfo.InvariantCulture),
        };

    public override string ToString() =>
        (Month, Day) switch
        {
            (null, _) => $"{Year:0000}",
            (_, null) => $"{Year:0000}-{Month:00}",
            _ => $"{Year:0000}-{Month:00}-{Day:00}",
        };

    public static bool operator <(PartialDate left, PartialDate right) => left.CompareTo(right) < 0;

    public static bool operator >(PartialDate left, PartialDate right) => left.CompareTo(right) > 0;

    public static bool operator <=(PartialDate left, PartialDate right) => left.CompareTo(right) <= 0;

    public static bool operator >=(PartialDate left, PartialDate right) => left.CompareTo(right) >= 0;
}
