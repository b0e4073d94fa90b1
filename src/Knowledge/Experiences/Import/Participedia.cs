using System.IO.Compression;
using System.Text;
using System.Text.Json;
using CsvHelper;

namespace Plenaria.Experiences.Import;

/// <summary>A row of a file as it stands there: its fields by name, each a list of values.</summary>
internal sealed record SourceRow(string File, int Number, IReadOnlyDictionary<string, IReadOnlyList<string>> Fields)
{
    public string? Id => First("id");

    public string? First(string field) =>
        Fields.TryGetValue(field, out var values) && values is [var value, ..] ? value : null;

    public IReadOnlyList<string> All(string field) => Fields.GetValueOrDefault(field, []);
}

/// <summary>
/// Reads what Participedia gives out: the JSON of its 2018 migration, the CSV of its exports, bodies as one JSON object
/// a line (also packed with gzip). Lists come as JSON or in braces, <c>{a,b}</c>; nothing is written as an empty text,
/// <c>NULL</c> or <c>{}</c>.
/// </summary>
internal static class Participedia
{
    public const string Name = "Participedia",
        Licence = "CC BY-NC-SA 3.0";

    /// <exception cref="RuleViolationException">The file is of none of these kinds.</exception>
    public static IEnumerable<SourceRow> Read(Stream content, string file)
    {
        var packed = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        using var plain = packed ? new GZipStream(content, CompressionMode.Decompress) : content;
        var name = packed ? file[..^3] : file;
        return Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".csv" => [.. FromCsv(plain, file)],
            ".ndjson" or ".jsonl" => [.. FromLines(plain, file)],
            ".json" => [.. FromJson(plain, file)],
            _ => throw new RuleViolationException("experiences.import.kind", ("file", file)),
        };
    }

    private static IEnumerable<SourceRow> FromCsv(Stream content, string file)
    {
        using var csv = CsvReader.Create(
            new StreamReader(content, Encoding.UTF8, detectEncodingFromByteOrderMarks: true),
            CsvReaderOptions.Default with
            {
                TrimWhitespace = true,
                MissingField = CsvMissingFieldHandling.ReturnEmpty,
                FieldCountMismatch = CsvFieldCountHandling.Allow,
                MaxRecordSize = 16 << 20,
            }
        );
        bool Next()
        {
            try
            {
                return csv.Read();
            }
            catch (CsvFormatException)
            {
                throw new RuleViolationException("experiences.import.kind", ("file", file));
            }
        }
        csv.ReadHeader();
        var headings = csv.Headers.Select(h => h.Trim()).ToArray();
        for (var number = 2; Next(); number++)
            yield return new(
                file,
                number,
                headings
                    .Select((h, i) => (h, Values(i < csv.FieldCount ? csv.GetString(i) ?? "" : "")))
                    .GroupBy(f => f.h)
                    .ToDictionary(g => g.Key, g => g.First().Item2)
            );
    }

    private static IEnumerable<SourceRow> FromLines(Stream content, string file)
    {
        using var lines = new StreamReader(content, Encoding.UTF8);
        for (var number = 1; lines.ReadLine() is { } line; number++)
            if (line.Trim().Length > 0)
                yield return Row(file, number, line);
    }

    private static SourceRow Row(string file, int number, string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return new(file, number, Fields(document.RootElement));
        }
        catch (JsonException)
        {
            return new(file, number, new Dictionary<string, IReadOnlyList<string>>());
        }
    }

    private static List<SourceRow> FromJson(Stream content, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            var root = document.RootElement;
            // Which old address is which record: a title for those whose export has none.
            if (
                root.ValueKind == JsonValueKind.Object
                && root.EnumerateObject().All(p => p.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            )
                return
                [
                    .. root.EnumerateObject()
                        .Select(
                            (p, i) =>
                                new SourceRow(
                                    file,
                                    i + 1,
                                    new Dictionary<string, IReadOnlyList<string>>
                                    {
                                        ["id"] = [p.Value.ToString()],
                                        ["address"] = [p.Name],
                                    }
                                )
                        ),
                ];
            if (root.ValueKind != JsonValueKind.Array)
                throw new RuleViolationException("experiences.import.kind", ("file", file));
            return [.. root.EnumerateArray().Select((e, i) => new SourceRow(file, i + 1, Fields(e)))];
        }
        catch (JsonException)
        {
            throw new RuleViolationException("experiences.import.kind", ("file", file));
        }
    }

    private static Dictionary<string, IReadOnlyList<string>> Fields(JsonElement row)
    {
        var fields = new Dictionary<string, IReadOnlyList<string>>();
        if (row.ValueKind == JsonValueKind.Object)
            foreach (var property in row.EnumerateObject())
                fields[property.Name] = property.Value.ValueKind switch
                {
                    JsonValueKind.Array => [.. property.Value.EnumerateArray().Select(Text).Where(t => t.Length > 0)],
                    JsonValueKind.Null or JsonValueKind.Undefined => [],
                    _ => Values(Text(property.Value)),
                };
        return fields;
    }

    // A list of objects (files, links) keeps each as its address.
    private static string Text(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!.Trim(),
            JsonValueKind.Object => value.TryGetProperty("url", out var url) && url.ValueKind == JsonValueKind.String
                ? url.GetString()!.Trim()
                : "",
            JsonValueKind.Null => "",
            _ => value.ToString(),
        };

    /// <summary>A field that may be a list in braces, as PostgreSQL writes arrays.</summary>
    private static IReadOnlyList<string> Values(string text)
    {
        text = text.Trim();
        if (text.Length == 0 || text == "NULL" || text == "{}")
            return [];
        if (text[0] != '{' || text[^1] != '}')
            return [text];
        var (values, value, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 1; i < text.Length - 1; i++)
            switch (text[i])
            {
                case '\\' when i + 1 < text.Length - 1:
                    value.Append(text[++i]);
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case ',' when !quoted:
                    values.Add(value.ToString().Trim());
                    value.Clear();
                    break;
                default:
                    value.Append(text[i]);
                    break;
            }
        values.Add(value.ToString().Trim());
        return [.. values.Where(v => v.Length > 0 && v != "NULL")];
    }
}
