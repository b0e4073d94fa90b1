using Microsoft.AspNetCore.Http;

namespace Plenaria.Forms;

/// <summary>Names of the fields of a page on which a form is filled in, and what a request gives in them.</summary>
internal static class AnswerInput
{
    private const string Prefix = "f.";

    public static string NameOf(FormField field) => Prefix + field.Key;

    public static string NameOf(FormField field, int row, int cell) => $"{Prefix}{field.Key}.{row}.{cell}";

    public static string NameOf(FormField field, FormChoice row) => $"{Prefix}{field.Key}.{row.Key}";

    /// <summary>What was given for a question; null when the request says nothing of it.</summary>
    public static List<string>? Read(FormField field, IFormCollection form)
    {
        if (field.Type == AnswerType.Matrix)
            return
            [
                .. field
                    .Choices.Select(c => (c.Key, Column: form[NameOf(field, c)].ToString()))
                    .Where(r => r.Column.Length > 0)
                    .Select(r => RowCells.Join([r.Key, r.Column])),
            ];
        if (field.HasRows)
            return ReadRows(field, form);
        return form.TryGetValue(NameOf(field), out var values)
            ? [.. values.OfType<string>().Select(Folding.Clean)]
            : null;
    }

    private static List<string>? ReadRows(FormField field, IFormCollection form)
    {
        var cells = RowCells.CellsOf(field).Count;
        if (!form.ContainsKey(NameOf(field, 0, 0)))
            return null;
        // One more than are allowed, so that whoever sends more is told.
        return
        [
            .. Enumerable
                .Range(0, field.MostItems + 1)
                .TakeWhile(row => form.ContainsKey(NameOf(field, row, 0)))
                .Select(row =>
                    RowCells.Join(
                        Enumerable
                            .Range(0, cells)
                            .Select(cell => Folding.Clean(form[NameOf(field, row, cell)].ToString()))
                    )
                ),
        ];
    }
}
