using CsvHelper;

namespace Plenaria.Platform.Documents;

/// <summary>Tables for spreadsheets, the one way in which the house writes them.</summary>
public static class Csv
{
    public const string MediaType = "text/csv; charset=utf-8";

    /// <summary>
    /// The rows as RFC 4180. The mark at the start of a file lets spreadsheets read it as UTF-8; a cell that begins
    /// like a formula is kept from being one.
    /// </summary>
    /// <param name="isStart">False for what continues a file begun before.</param>
    public static byte[] Write(IEnumerable<IEnumerable<string?>> rows, bool isStart = true)
    {
        using var bytes = new MemoryStream();
        using (
            var csv = CsvWriter.Create(
                bytes,
                CsvWriterOptions.Default with
                {
                    WriteByteOrderMark = isStart,
                    Injection = CsvInjection.Escape,
                },
                leaveOpen: true
            )
        )
            foreach (var row in rows)
            {
                foreach (var cell in row)
                    csv.WriteField(cell);
                csv.EndRecord();
            }
        return bytes.ToArray();
    }
}
