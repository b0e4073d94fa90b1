using System.Text;
using CsvHelper;
using MiniExcelLibs;
using Plenaria.Platform.Documents;

namespace Plenaria.Imports;

/// <summary>
/// Opens a CSV file in the encodings and with the separators that spreadsheets write, or the first sheet of an Excel
/// workbook. What cannot be read is a broken rule that names the line.
/// </summary>
internal static class SheetReader
{
    private const int MaxRows = 1_048_576;

    public static bool IsWorkbook(Stream content)
    {
        var start = new byte[4];
        var length = content.ReadAtLeast(start, 4, throwOnEndOfStream: false);
        content.Position = 0;
        return length == 4 && start.AsSpan().SequenceEqual("PK\u0003\u0004"u8);
    }

    /// <summary>The headings, and the first row below them.</summary>
    public static (IReadOnlyList<string> Headings, IReadOnlyList<string> First) ReadFirst(Stream content) =>
        IsWorkbook(content) ? FirstOfSheet(content) : FirstOfText(content);

    private static (IReadOnlyList<string> Headings, IReadOnlyList<string> First) FirstOfText(Stream content)
    {
        using var csv = OpenText(content);
        var headings = HeadersOf(csv);
        return Next(csv)
            ? (headings, [.. Enumerable.Range(0, csv.FieldCount).Select(i => csv.GetString(i) ?? "")])
            : (headings, []);
    }

    public static IReadOnlyList<string> HeadersOf(CsvReader csv) => Refusing(csv, () => csv.Headers);

    public static bool Next(CsvReader csv) => Refusing(csv, csv.Read);

    private static T Refusing<T>(CsvReader csv, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CsvFormatException fault)
        {
            throw new RuleViolationException(
                "imports.unreadable",
                ("line", csv.LineNumber),
                ("reason", fault.GetType().Name)
            );
        }
    }

    private static (IReadOnlyList<string> Headings, IReadOnlyList<string> First) FirstOfSheet(Stream content)
    {
        using var rows = OpenSheet(content);
        List<string> CellsOf(int number) =>
            Next(rows, number) ? [.. rows.Current.Values.Select(c => Word(c) ?? "")] : [];
        return (CellsOf(1), CellsOf(2));
    }

    public static CsvReader OpenText(Stream content) =>
        CsvReader.Create(
            new StreamReader(
                content,
                EncodingOf(content),
                detectEncodingFromByteOrderMarks: true,
                bufferSize: 1 << 16,
                leaveOpen: true
            ),
            CsvReaderOptions.Default with
            {
                TrimWhitespace = true,
                MissingField = CsvMissingFieldHandling.ReturnEmpty,
                FieldCountMismatch = CsvFieldCountHandling.Allow,
                TrackLineNumbers = true,
                MaxRecordSize = 1 << 20,
            }
        );

    public static IEnumerator<IDictionary<string, object?>> OpenSheet(Stream content)
    {
        try
        {
            InputGuard.DemandHarmless(
                content,
                ImportService.MaxBytes * 8L,
                new("imports.too-large", ("limit", ImportService.MaxBytes >> 20))
            );
            return content.Query(useHeaderRow: false).Cast<IDictionary<string, object?>>().GetEnumerator();
        }
        catch (Exception fault) when (fault is InvalidDataException or System.Xml.XmlException)
        {
            throw new RuleViolationException("imports.unreadable", ("line", 0), ("reason", fault.GetType().Name));
        }
    }

    public static bool Next(IEnumerator<IDictionary<string, object?>> rows, int number)
    {
        // A row may claim any number, and all before it would be read as empty ones.
        if (number > MaxRows)
            throw new RuleViolationException("imports.too-large", ("limit", ImportService.MaxBytes >> 20));
        try
        {
            return rows.MoveNext();
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            throw new RuleViolationException("imports.unreadable", ("line", number), ("reason", fault.GetType().Name));
        }
    }

    // A date in a sheet is a date; a year is a number.
    public static string? Word(object? cell) =>
        cell switch
        {
            null => null,
            DateTime date => date.TimeOfDay == TimeSpan.Zero ? $"{date:yyyy-MM-dd}" : $"{date:O}",
            IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
            _ => cell.ToString()?.Trim() is { Length: > 0 } text ? text : null,
        };

    /// <summary>
    /// UTF-8 with or without its byte order mark, UTF-16 with one; what is none of these is Windows-1252, which
    /// spreadsheets write in western countries.
    /// </summary>
    private static Encoding EncodingOf(Stream content)
    {
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        var (bytes, chars) = (new byte[1 << 16], new char[1 << 16]);
        try
        {
            int read;
            while ((read = content.Read(bytes)) > 0)
            {
                if (content.Position == read && read > 1 && (bytes[0], bytes[1]) is (0xFF, 0xFE) or (0xFE, 0xFF))
                    return Encoding.Unicode;
                strict.GetChars(bytes.AsSpan(0, read), chars, flush: false);
            }
            strict.GetChars([], chars, flush: true);
            return Encoding.UTF8;
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        }
        finally
        {
            content.Position = 0;
        }
    }
}
