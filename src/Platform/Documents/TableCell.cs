using System.Globalization;

namespace Plenaria.Platform.Documents;

/// <summary>A cell of a table for spreadsheets: a text, a number that is counted with, a moment, or nothing.</summary>
public readonly record struct TableCell
{
    /// <summary>What it says; of a number its digits, in the invariant culture; of a moment ISO 8601.</summary>
    public string? Text { get; private init; }
    public decimal? Number { get; private init; }

    /// <summary>In UTC.</summary>
    public DateTime? Moment { get; private init; }

    public static implicit operator TableCell(string? text) => new() { Text = text };

    public static implicit operator TableCell(decimal number) =>
        new() { Text = number.ToString(CultureInfo.InvariantCulture), Number = number };

    public static implicit operator TableCell(long number) => (decimal)number;

    public static implicit operator TableCell(DateTimeOffset? at) =>
        new() { Text = at?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), Moment = at?.UtcDateTime };
}
