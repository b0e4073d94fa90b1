using Microsoft.AspNetCore.Http;
using MiniExcelLibs;

namespace Plenaria.Platform.Documents;

/// <summary>A table of any length for spreadsheets, read a page at a time while it is sent.</summary>
public static class TableFiles
{
    public const string XlsxMediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <param name="pages">Rows with as many cells as there are headings, a few hundred at a time.</param>
    public static async Task WriteCsvAsync(
        Stream to,
        IReadOnlyList<string> headings,
        IAsyncEnumerable<IEnumerable<string?[]>> pages,
        CancellationToken cancel
    )
    {
        await to.WriteAsync(Csv.Write([headings]), cancel);
        await foreach (var rows in pages.WithCancellation(cancel))
            await to.WriteAsync(Csv.Write(rows, isStart: false), cancel);
    }

    /// <summary>
    /// As a workbook of one sheet. The stream must be able to go back: a workbook's end is written so.
    /// </summary>
    /// <param name="pages">Rows with as many cells as there are headings, a few hundred at a time.</param>
    public static Task WriteXlsxAsync(
        Stream to,
        IReadOnlyList<string> headings,
        IAsyncEnumerable<IEnumerable<string?[]>> pages,
        CancellationToken cancel
    ) => to.SaveAsAsync(Cells(Distinct(headings), pages), cancellationToken: cancel);

    /// <summary>The table as an answer to a request.</summary>
    /// <param name="format"><c>csv</c> or <c>xlsx</c>.</param>
    /// <param name="name">Of the file, without what its format adds.</param>
    public static async Task<IResult> SendAsync(
        string format,
        IReadOnlyList<string> headings,
        IAsyncEnumerable<IEnumerable<string?[]>> pages,
        string name,
        CancellationToken cancel
    ) =>
        format == "xlsx"
            ? await SendXlsxAsync(headings, pages, $"{name}.xlsx", cancel)
            : SendCsv(headings, pages, $"{name}.csv");

    /// <summary>The table as a file that is sent while it is read.</summary>
    public static IResult SendCsv(
        IReadOnlyList<string> headings,
        IAsyncEnumerable<IEnumerable<string?[]>> pages,
        string name
    ) => Results.Stream(body => WriteCsvAsync(body, headings, pages, CancellationToken.None), Csv.MediaType, name);

    /// <summary>The table as a workbook.</summary>
    public static async Task<IResult> SendXlsxAsync(
        IReadOnlyList<string> headings,
        IAsyncEnumerable<IEnumerable<string?[]>> pages,
        string name,
        CancellationToken cancel
    )
    {
        // Made on disk, which forgets it when it is sent.
        var file = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            1 << 16,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous
        );
        try
        {
            await WriteXlsxAsync(file, headings, pages, cancel);
            file.Position = 0;
            return Results.File(file, XlsxMediaType, name);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    // A sheet's columns are known by their headings.
    private static List<string> Distinct(IReadOnlyList<string> headings)
    {
        var names = new List<string>();
        foreach (var heading in headings)
            names.Add(
                Enumerable
                    .Range(1, headings.Count)
                    .Select(n => n == 1 ? heading : $"{heading} ({n})")
                    .First(name => !names.Contains(name))
            );
        return names;
    }

    private static async IAsyncEnumerable<Dictionary<string, object?>> Cells(
        List<string> headings,
        IAsyncEnumerable<IEnumerable<string?[]>> pages
    )
    {
        await foreach (var rows in pages)
        foreach (var row in rows)
            yield return headings.Zip(row).ToDictionary(c => c.First, c => (object?)Harmless(c.Second));
    }

    // As in the CSV: a cell that begins like a formula is kept from being one.
    private static string? Harmless(string? cell) =>
        cell is { Length: > 0 } && "=+-@\t\r".Contains(cell[0], StringComparison.Ordinal) ? "'" + cell : cell;
}
