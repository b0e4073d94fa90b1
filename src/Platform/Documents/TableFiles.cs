using System.IO.Pipelines;
using System.Xml;
using Microsoft.AspNetCore.Http;
using SpreadCheetah;
using SpreadCheetah.Worksheets;

namespace Plenaria.Platform.Documents;

/// <summary>A table of any length for spreadsheets, read a page at a time while it is sent.</summary>
public static class TableFiles
{
    public const string XlsxMediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    // What a cell of a workbook holds at most, by the specification of Excel.
    private const int MaxCharacters = 32_767;

    /// <param name="pages">Rows with as many cells as there are headings, a few hundred at a time.</param>
    public static async Task WriteCsvAsync(
        Stream to,
        IReadOnlyList<string> headings,
        IAsyncEnumerable<IEnumerable<TableCell[]>> pages,
        CancellationToken cancel
    )
    {
        await to.WriteAsync(Csv.Write([headings]), cancel);
        await foreach (var rows in pages.WithCancellation(cancel))
            await to.WriteAsync(Csv.Write(rows.Select(r => r.Select(c => c.Text)), isStart: false), cancel);
    }

    /// <summary>
    /// As a workbook of one sheet, its headings in sight however far one scrolls. The stream is written forward only.
    /// </summary>
    /// <param name="pages">Rows with as many cells as there are headings, a few hundred at a time.</param>
    public static async Task WriteXlsxAsync(
        Stream to,
        IReadOnlyList<string> headings,
        IAsyncEnumerable<IEnumerable<TableCell[]>> pages,
        CancellationToken cancel
    )
    {
        await using var book = await Spreadsheet.CreateNewAsync(to, cancellationToken: cancel);
        await book.StartWorksheetAsync("1", new WorksheetOptions { FrozenRows = 1 }, cancel);
        await book.AddRowAsync([.. headings.Select(h => CellOf(h))], cancel);
        await foreach (var rows in pages.WithCancellation(cancel))
        foreach (var row in rows)
            await book.AddRowAsync([.. row.Select(CellOf)], cancel);
        await book.FinishAsync(cancel);
    }

    /// <summary>The table as an answer to a request, sent while it is read.</summary>
    /// <param name="format"><c>csv</c> or <c>xlsx</c>.</param>
    /// <param name="name">Of the file, without what its format adds.</param>
    public static IResult Send(
        string format,
        IReadOnlyList<string> headings,
        IAsyncEnumerable<IEnumerable<TableCell[]>> pages,
        string name
    ) =>
        format == "xlsx"
            ? Results.Stream(
                body => PipeAsync(body, to => WriteXlsxAsync(to, headings, pages, CancellationToken.None)),
                XlsxMediaType,
                $"{name}.xlsx"
            )
            : Results.Stream(
                body => WriteCsvAsync(body, headings, pages, CancellationToken.None),
                Csv.MediaType,
                $"{name}.csv"
            );

    // The parts of a workbook are closed by synchronous writes, which the server refuses: they go through a pipe.
    private static async Task PipeAsync(Stream body, Func<Stream, Task> write)
    {
        var pipe = new Pipe();
        async Task WriteAsync()
        {
            try
            {
                await write(pipe.Writer.AsStream(leaveOpen: true));
                await pipe.Writer.CompleteAsync();
            }
            catch (Exception fault)
            {
                await pipe.Writer.CompleteAsync(fault);
            }
        }

        var writing = WriteAsync();
        try
        {
            await pipe.Reader.CopyToAsync(body);
        }
        finally
        {
            await pipe.Reader.CompleteAsync();
            await writing;
        }
    }

    // As in the CSV: a cell that begins like a formula is kept from being one.
    private static DataCell CellOf(TableCell cell)
    {
        if (cell.Number is { } number)
            return new(number);
        if (cell.Moment is { } moment)
            return new(moment);
        var text = cell.Text;
        if (text is { Length: > 0 } && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal))
            text = "'" + text;
        return new(text is null ? null : Folding.Cut(Clean(text), MaxCharacters));
    }

    // What XML cannot hold: a text pasted from a word processor brings control characters along.
    private static string Clean(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (!XmlConvert.IsXmlChar(text[i]) && !char.IsSurrogate(text[i]))
                return new([.. text.Where(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c))]);
        return text;
    }
}
