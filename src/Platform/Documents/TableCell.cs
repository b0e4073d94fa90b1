using System.Globalization;

namespace Plenaria.Platform.Documents;

/// <summary>A cell of a table for spreadsheets: a text, a number that is counted with, or nothing.</summary>
public readonly record struct TableCell
{
    private TableCell(string? text, decimal? number) => (Text, Number) = (text, number);

    /// <summary>What it says; of a number its digits, in the invariant culture.</summary>
    public string? Text { get; }
    public decimal? Number { get; }

    public static implicit operator TableCell(string? text) => new(text, null);

    public static implicit operator TableCell(decimal number) =>
        new(number.ToString(CultureInfo.InvariantCulture), number);

    public static implicit operator TableCell(long number) => (decimal)number;
}
