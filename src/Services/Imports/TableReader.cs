namespace Plenaria.Imports;

/// <summary>
/// What a file's columns mean where somebody said it: by heading, folded, or by position, in which an empty word leaves
/// the column out.
/// </summary>
internal sealed record ColumnMap(
    IReadOnlyDictionary<string, string>? ByHeading = null,
    IReadOnlyList<string>? ByPosition = null
);

/// <summary>A column of a file: its heading, the first value below it, and which column of ours it means.</summary>
internal sealed record SheetColumn(string Heading, string Sample, string? Meaning);

/// <summary>
/// Reads the rows of a table from CSV or from the first sheet of an Excel workbook, one at a time: a file of any length
/// takes the same memory.
/// </summary>
internal sealed class TableReader(IReadOnlyList<ImportColumn> known)
{
    private const int MaxColumns = 200,
        MaxShown = 100;

    /// <exception cref="RuleViolationException">It is no table, or a column that is needed is missing.</exception>
    public IEnumerable<ImportRow> Read(Stream content, ColumnMap? map) =>
        SheetReader.IsWorkbook(content) ? ReadSheet(content, map) : ReadText(content, map);

    /// <summary>The file's columns in their order.</summary>
    /// <exception cref="RuleViolationException">It is no table, or has more columns than any list.</exception>
    public IReadOnlyList<SheetColumn> ReadColumns(Stream content)
    {
        var (headings, first) = SheetReader.ReadFirst(content);
        content.Position = 0;
        if (headings.Count is 0 or > MaxColumns || headings.Any(h => h.Any(char.IsControl)))
            throw new RuleViolationException("imports.no-table");
        return
        [
            .. headings.Select(
                (heading, i) =>
                    new SheetColumn(
                        Folding.Cut(heading, MaxShown),
                        Folding.Cut(i < first.Count ? first[i] : "", MaxShown),
                        MeaningOf(Folding.Fold(heading), null)
                    )
            ),
        ];
    }

    /// <summary>How many rows stand below the headings, as far as the file can be read.</summary>
    public static int CountRows(Stream content)
    {
        var count = 0;
        try
        {
            if (SheetReader.IsWorkbook(content))
            {
                using var rows = SheetReader.OpenSheet(content);
                for (var number = 1; SheetReader.Next(rows, number); number++)
                    if (number > 1 && rows.Current.Values.Any(c => SheetReader.Word(c) is not null))
                        count++;
            }
            else
            {
                using var csv = SheetReader.OpenText(content);
                while (SheetReader.Next(csv))
                    count++;
            }
        }
        catch (RuleViolationException)
        {
            // The page that compares it says where and why.
        }
        content.Position = 0;
        return count;
    }

    private IEnumerable<ImportRow> ReadText(Stream content, ColumnMap? map)
    {
        using var csv = SheetReader.OpenText(content);
        var columns = ColumnsOf(SheetReader.HeadersOf(csv), map);
        while (SheetReader.Next(csv))
            yield return RowOf((int)csv.LineNumber, columns, i => i < csv.FieldCount ? csv.GetString(i) : null);
    }

    private IEnumerable<ImportRow> ReadSheet(Stream content, ColumnMap? map)
    {
        List<(string Key, int Index)>? columns = null;
        using (var rows = SheetReader.OpenSheet(content))
            for (var number = 1; SheetReader.Next(rows, number); number++)
            {
                var cells = rows.Current.Values.Select(SheetReader.Word).ToArray();
                if (columns is null)
                    columns = ColumnsOf([.. cells.Select(c => c ?? "")], map);
                else if (cells.Any(c => c is not null))
                    yield return RowOf(number, columns, i => i < cells.Length ? cells[i] : null);
            }
        if (columns is null)
            ColumnsOf([], map);
    }

    private static ImportRow RowOf(int number, List<(string Key, int Index)> columns, Func<int, string?> cellAt)
    {
        var cells = new Dictionary<string, string>(columns.Count);
        foreach (var (key, index) in columns)
            // A control character is not dropped in silence: the row is refused for it.
            if (cellAt(index) is { } cell && (HasControl(cell) ? cell : Folding.Clean(cell)) is { Length: > 0 } text)
                cells[key] = text;
        return new(number, cells);
    }

    private static bool HasControl(string cell) => cell.Any(c => char.IsControl(c) && !char.IsWhiteSpace(c));

    private string? MeaningOf(string heading, IReadOnlyDictionary<string, string>? map)
    {
        if (map?.GetValueOrDefault(heading) is not { } said)
            return known.FirstOrDefault(c => c.Headings.Contains(heading))?.Key;
        return known.Any(c => c.Key == said)
            ? said
            : throw new RuleViolationException(
                "imports.unknown-column",
                ("column", said),
                ("known", string.Join(", ", known.Select(c => c.Key)))
            );
    }

    /// <summary>Where each of our columns stands in the file, in our order.</summary>
    private List<(string Key, int Index)> ColumnsOf(IReadOnlyList<string> headings, ColumnMap? map)
    {
        if (headings.Count > MaxColumns)
            throw new RuleViolationException("imports.no-table");
        var meanings = headings
            .Select(
                (heading, i) =>
                    map?.ByPosition is { } said
                        ? said.ElementAtOrDefault(i)
                        : MeaningOf(Folding.Fold(heading), map?.ByHeading)
            )
            .ToList();
        if (known.FirstOrDefault(c => c.IsNeeded && !meanings.Contains(c.Key)) is { } missing)
            throw new RuleViolationException(
                "imports.no-column",
                ("column", missing.Key),
                ("found", string.Join(", ", headings))
            );
        return [.. known.Select(c => (c.Key, Index: meanings.IndexOf(c.Key))).Where(c => c.Index >= 0)];
    }
}
