using System.Xml.Linq;

namespace Plenaria.Plans.Import;

/// <summary>
/// A table as rows of equally many cells. A merged cell keeps its text in the first of the columns it spans, so that
/// what stands beside it stays in its own column.
/// </summary>
internal static class WordTable
{
    /// <summary>Word's own limit of columns.</summary>
    private const int MaxColumns = 63;

    private readonly record struct Cell(int Start, int Span, XElement? Element)
    {
        public int End => Start + Span;
    }

    /// <summary>Each row's elements by column; a column has none, one, or several that share it.</summary>
    public static IEnumerable<IReadOnlyList<IReadOnlyList<XElement>>> Rows(XElement table)
    {
        var rows = table.Content().Where(e => e.Is("tr") && !e.Child("trPr").IsRemoved()).Select(Cells).ToList();
        // The columns are those of the row with the most cells: a heading over all columns has one.
        var widest = rows.Select(r => r.Count).DefaultIfEmpty().Max();
        var columns = rows.Find(r => r.Count == widest)?.Take(MaxColumns).ToList() ?? [];
        foreach (var row in rows)
        {
            var placed = columns.Select(_ => new List<XElement>()).ToList();
            // As many cells as columns: each in its own, though somebody moved the borders.
            for (var i = 0; i < row.Count; i++)
                if (row[i].Element is { } element)
                    placed[row.Count == widest ? Math.Min(i, columns.Count - 1) : Column(columns, row[i])].Add(element);
            yield return placed;
        }
    }

    private static List<Cell> Cells(XElement row)
    {
        var cells = new List<Cell>();
        var before = Span(row.Child("trPr").Child("gridBefore").Number() ?? 0);
        var at = before;
        // A column that a row leaves out at its beginning counts as an empty cell.
        if (before > 0)
            cells.Add(new(0, before, null));
        foreach (var cell in row.Content().Where(e => e.Is("tc") && !e.Child("tcPr").IsRemoved()))
        {
            var span = Math.Max(1, Span(cell.Child("tcPr").Child("gridSpan").Number() ?? 1));
            cells.Add(new(at, span, cell));
            at += span;
        }
        return cells;
    }

    private static int Span(int columns) => Math.Clamp(columns, 0, MaxColumns);

    // The column it shares most with, the first of several.
    private static int Column(List<Cell> columns, Cell cell)
    {
        var (best, most) = (columns.Count - 1, 0);
        for (var i = 0; i < columns.Count; i++)
        {
            var shared = Math.Min(columns[i].End, cell.End) - Math.Max(columns[i].Start, cell.Start);
            if (shared > most)
                (best, most) = (i, shared);
        }
        return best;
    }
}
