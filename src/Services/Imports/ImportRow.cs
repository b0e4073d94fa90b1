using System.Text.RegularExpressions;
using Plenaria.Platform.Places;

namespace Plenaria.Imports;

/// <summary>A fault of a row, or a remark: where, and which rule, as the key of a text and its values.</summary>
public sealed record RowFault(int Row, string Column, string Rule, string? Value)
{
    /// <summary>What could stand there instead, in the reader's language; null where any text could.</summary>
    public Func<Language, string>? Choices { get; init; }
}

/// <summary>
/// A row of a table, by our columns. What is read of it and breaks a rule is told to it, and it is left out.
/// </summary>
public sealed partial class ImportRow
{
    private const int MaxValueShown = 80;

    private readonly IReadOnlyDictionary<string, string> _cells;
    private List<RowFault>? _faults,
        _notes;

    /// <param name="number">The line of the file.</param>
    /// <param name="cells">What stands under each column that the table has; nothing where it is empty.</param>
    internal ImportRow(int number, IReadOnlyDictionary<string, string> cells)
    {
        (Number, _cells) = (number, cells);
        // A formula that failed says nothing about the record, in whichever cell it stands.
        foreach (var (column, text) in cells)
            if (CellError().IsMatch(text.Trim()))
                Refuse(column, "imports.cell-error");
    }

    public int Number { get; }
    public bool IsRefused => _faults is not null;

    /// <summary>What stands in a column; null where nothing does.</summary>
    public string? this[string column] => _cells.GetValueOrDefault(column);

    internal IReadOnlyList<RowFault> Faults => _faults ?? [];
    internal IReadOnlyList<RowFault> Notes => _notes ?? [];

    /// <summary>Leaves the row out, for a rule that its value in this column breaks.</summary>
    public void Refuse(string column, string rule, Func<Language, string>? choices = null) =>
        (_faults ??= []).Add(FaultAt(column, rule, choices));

    /// <summary>Says that a value is taken otherwise than it was written.</summary>
    public void Note(string column, string rule, Func<Language, string>? choices = null) =>
        (_notes ??= []).Add(FaultAt(column, rule, choices));

    public string? Text(string column, int maxLength)
    {
        // An export keeps formulas from running by an apostrophe before them; here it goes again.
        var text =
            this[column] is { Length: > 1 } cell && cell[0] == '\'' && cell[1] is '=' or '+' or '-' or '@'
                ? this[column]![1..]
                : this[column];
        if (text?.Length > maxLength)
            Refuse(column, "imports.too-long");
        if (text?.Any(char.IsControl) == true)
            Refuse(column, "site.not-usable");
        return text;
    }

    /// <summary>The country, ISO 3166-1 alpha-2, by any of its usual names.</summary>
    public string? Country(string column)
    {
        var (country, former) = (Countries.Find(this[column]), Countries.FindFormer(this[column]));
        Func<Language, string>? now = former is null
            ? null
            : reader => string.Join(", ", former.Select(c => Countries.NameOf(c, reader)));
        if (country is null && former is not null)
            Refuse(column, "imports.former-country", now);
        else if (country is null && this[column] is not null)
            Refuse(column, "imports.country-unknown");
        else if (former is not null)
            Note(column, "imports.renamed-country", now);
        return country;
    }

    public string? WebAddress(string column, int maxLength)
    {
        var address = Platform.Site.WebAddress.Of(Text(column, maxLength));
        if (address is null && this[column] is not null)
            Refuse(column, "site.web-address");
        return address;
    }

    public PartialDate? Date(string column)
    {
        if (this[column] is not { } text)
            return null;
        if (PartialDate.TryParseIso(text, out var date))
            return date;
        // Of 03/04/2025 nobody knows which of the two is the month.
        if (DayAndMonth().Match(text) is { Success: true } match && IsMonth(match, 1) && IsMonth(match, 2))
            Refuse(column, "imports.date-ambiguous");
        else if (PartialDate.TryParse(text, out date))
            return date;
        else
            Refuse(column, "site.date-form");
        return null;
    }

    private static bool IsMonth(Match match, int part) =>
        int.Parse(match.Groups[part].ValueSpan, Language.English.Culture) <= 12;

    [GeneratedRegex(@"^(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}$", RegexOptions.CultureInvariant)]
    private static partial Regex DayAndMonth();

    private RowFault FaultAt(string column, string rule, Func<Language, string>? choices) =>
        new(
            Number,
            column,
            rule,
            this[column] is { Length: > MaxValueShown } value ? value[..MaxValueShown] : this[column]
        )
        {
            Choices = choices,
        };

    // What spreadsheets show in place of a value they could not compute, in the five languages; and LibreOffice's
    // numbered errors.
    [GeneratedRegex(
        @"^(#N/[AD]|#NV|#[¡¿]?[\p{Lu}][\p{Lu}\d/_]*[!?]|#GETTING_DATA|Err:\d{3})$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex CellError();
}
