namespace Plenaria.Forms;

/// <summary>
/// A row of an answer as one value: its cells, separated by tabs. A matrix has a row for each of its choices (the
/// choice, the column); an address one row; tables and lists of people as many as were filled in.
/// </summary>
public static class RowCells
{
    private const char Separator = '\t';

    internal static readonly string[] AddressCells = ["street", "postal-code", "city", "country"];
    internal static readonly string[] PeopleCells = ["name", "email", "role"];

    /// <summary>The cells, without what would be taken for a separator.</summary>
    public static string Join(IEnumerable<string?> cells) =>
        string.Join(Separator, cells.Select(c => (c ?? "").ReplaceLineEndings(" ").Replace(Separator, ' ').Trim()));

    /// <summary>The cells of a value, as many as asked for.</summary>
    public static string[] Split(string value, int count)
    {
        var cells = value.Split(Separator);
        return [.. cells.Take(count), .. Enumerable.Repeat("", Math.Max(0, count - cells.Length))];
    }

    /// <summary>The names of the cells that a row of this question has.</summary>
    internal static IReadOnlyList<string> CellsOf(FormField field) =>
        field.Type switch
        {
            AnswerType.Address => AddressCells,
            AnswerType.People => PeopleCells,
            AnswerType.Matrix => ["row", "column"],
            _ => [.. field.Columns.Select(c => c.Key)],
        };
}
