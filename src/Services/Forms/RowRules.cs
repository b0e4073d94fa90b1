using System.Globalization;
using System.Net.Mail;
using Plenaria.Platform.Places;

namespace Plenaria.Forms;

/// <summary>What makes an answer of rows good: a matrix, a table, an address, a list of people.</summary>
internal static class RowRules
{
    public const int CellMaxLength = 300;

    // The budget of the world in any currency, and sums of it.
    private const decimal Largest = 1e15m;

    public static RuleViolationException? Fault(FormField field, IReadOnlyList<string> values, bool isNeeded)
    {
        var rows = values.Select(v => RowCells.Split(v, RowCells.CellsOf(field).Count)).ToList();
        if (rows.SelectMany(r => r).FirstOrDefault(c => c.Length > CellMaxLength) is { } cell)
            return new("forms.too-long", ("limit", CellMaxLength), ("length", cell.Length));
        if (rows.SelectMany(r => r).Any(c => c.Any(char.IsControl)))
            return new("site.not-usable");
        return field.Type switch
        {
            AnswerType.Matrix => OfMatrix(field, rows, isNeeded),
            AnswerType.Address => OfAddress(rows, isNeeded),
            _ when rows.Count > field.MostItems => new("forms.too-many-rows", ("limit", field.MostItems)),
            AnswerType.People => OfPeople(rows),
            _ => OfTable(field, rows),
        };
    }

    private static RuleViolationException? OfMatrix(FormField field, List<string[]> rows, bool isNeeded)
    {
        var isKnown = rows.TrueForAll(r =>
            field.Choices.Exists(c => c.Key == r[0]) && field.Columns.Exists(c => c.Key == r[1])
        );
        if (!isKnown || rows.DistinctBy(r => r[0]).Count() < rows.Count)
            return new("site.not-usable");
        return isNeeded && rows.Count < field.Choices.Count ? new("forms.matrix-incomplete") : null;
    }

    private static RuleViolationException? OfAddress(List<string[]> rows, bool isNeeded) =>
        rows is not [var address] ? new("site.not-usable")
        : address[^1].Length > 0 && Countries.RegionOf(address[^1]) is null ? new("forms.country")
        : isNeeded && (address[2].Length == 0 || address[^1].Length == 0) ? new("forms.address-incomplete")
        : null;

    private static RuleViolationException? OfPeople(List<string[]> rows)
    {
        for (var i = 0; i < rows.Count; i++)
            if (rows[i][0].Length == 0)
                return new("forms.people-name", ("row", i + 1));
            else if (rows[i][1] is { Length: > 0 } email && !IsAddress(email))
                return new("access.not-an-address", ("email", email));
        return null;
    }

    private static RuleViolationException? OfTable(FormField field, List<string[]> rows)
    {
        for (var i = 0; i < rows.Count; i++)
        for (var c = 0; c < field.Columns.Count; c++)
            if (field.Columns[c].IsNumber && rows[i][c].Length > 0 && Number(rows[i][c]) is null)
                return new("forms.table-number", ("row", i + 1), ("column", field.Columns[c].Label));
        return null;
    }

    /// <summary>
    /// A number as people write it: spaces between thousands, comma or point before two decimals at most; null when it
    /// cannot be told what is meant.
    /// </summary>
    public static decimal? Number(string typed)
    {
        var plain = typed.Replace(" ", "", StringComparison.Ordinal).Replace("\u00a0", "", StringComparison.Ordinal);
        plain = plain.Replace("\u202f", "", StringComparison.Ordinal);
        var cut = plain.LastIndexOfAny(['.', ',']);
        var decimals = cut >= 0 && plain.Length - cut - 1 <= 2 ? plain[(cut + 1)..] : null;
        var whole = decimals is null ? plain : plain[..cut];
        var digits = whole.Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);
        return
            decimal.TryParse(
                decimals is null ? digits : $"{digits}.{decimals}",
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var number
            )
            && Math.Abs(number) < Largest
            ? number
            : null;
    }

    private static bool IsAddress(string email) =>
        MailAddress.TryCreate(email, out var address) && address.Address == email;
}
