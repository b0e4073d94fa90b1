using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Plenaria.Platform.Documents;
using Plenaria.Platform.Documents.Printing;

namespace Plenaria.Tests.Platform.Documents;

/// <summary>A PDF as a program of others reads it: its objects, its structure tree, its text.</summary>
internal sealed class PdfReading
{
    private readonly JsonElement _objects;

    private PdfReading(byte[] bytes, JsonElement objects) => (Bytes, _objects) = (bytes, objects);

    public byte[] Bytes { get; }

    public static async Task<PdfReading> Of(byte[] pdf)
    {
        var file = Path.Combine(Databases.Folder().FullName, "document.pdf");
        await File.WriteAllBytesAsync(file, pdf);
        // With a warning it ends with 3, which is refused.
        Assert.Contains("No syntax or stream encoding errors", await Sources.Outside("qpdf", ["--check", file]));
        var json = await Sources.Outside(
            "qpdf",
            ["--json", "--json-stream-data=inline", "--decode-level=generalized", file]
        );
        return new(pdf, JsonDocument.Parse(json).RootElement.GetProperty("qpdf")[1]);
    }

    public static Task<PdfReading> Of(Document document) => Of(Pdf.Write(document, new FontFolders([])).Bytes);

    public Task<string> Text() => Sources.Outside("pdftotext", ["-", "-"], Bytes);

    public JsonElement Catalog => At(_objects.GetProperty("trailer").GetProperty("value").GetProperty("/Root"));

    public JsonElement At(JsonElement reference) =>
        reference.ValueKind == JsonValueKind.String
        && _objects.TryGetProperty($"obj:{reference.GetString()}", out var found)
            ? found.TryGetProperty("value", out var value)
                ? value
                : found.GetProperty("stream").GetProperty("dict")
            : reference;

    public string Content(JsonElement stream, Encoding? encoding = null) =>
        (encoding ?? Encoding.Latin1).GetString(
            Convert.FromBase64String(
                _objects.GetProperty($"obj:{stream.GetString()}").GetProperty("stream").GetProperty("data").GetString()!
            )
        );

    public IReadOnlyList<JsonElement> Pages =>
        [.. At(Catalog.GetProperty("/Pages")).GetProperty("/Kids").EnumerateArray()];

    /// <summary>The elements of the structure tree in the order they are read.</summary>
    public IEnumerable<PdfTag> Tags() =>
        Tags(At(At(Catalog.GetProperty("/StructTreeRoot")).GetProperty("/K")), depth: 0);

    private IEnumerable<PdfTag> Tags(JsonElement element, int depth)
    {
        var page = element.TryGetProperty("/Pg", out var first) ? first.GetString() : null;
        var (contents, below) = (new List<(string, int)>(), new List<JsonElement>());
        foreach (var kid in At(element.GetProperty("/K")).EnumerateArray())
            if (kid.ValueKind == JsonValueKind.Number)
                contents.Add((page!, kid.GetInt32()));
            else if (At(kid).TryGetProperty("/MCID", out var number))
                contents.Add((At(kid).GetProperty("/Pg").GetString()!, number.GetInt32()));
            else
                below.Add(At(kid));
        yield return new(element.GetProperty("/S").GetString()![1..], depth, element, contents);
        foreach (var tag in below.SelectMany(b => Tags(b, depth + 1)))
            yield return tag;
    }

    /// <summary>
    /// The numbered pieces of all pages. Whatever is drawn must be in one of them or be an artifact.
    /// </summary>
    public IEnumerable<(string Page, int Number)> Pieces()
    {
        foreach (var page in Pages)
        {
            var open = new Stack<string>();
            foreach (var line in Content(At(page).GetProperty("/Contents")).Split('\n'))
            {
                if (Regex.IsMatch(line, "B[DM]C$"))
                    open.Push(line);
                else if (line == "EMC")
                    open.Pop();
                else if (Regex.IsMatch(line, "(TJ|Tj|Do Q| f| S)$"))
                    Assert.Contains(open, o => o.Contains("/MCID") || o.StartsWith("/Artifact"));
                if (Regex.Match(line, @"/MCID (\d+)") is { Success: true, Groups: [_, var number] })
                    yield return (page.GetString()!, int.Parse(number.Value, CultureInfo.InvariantCulture));
            }
            Assert.Empty(open);
        }
    }
}

internal sealed record PdfTag(
    string Type,
    int Depth,
    JsonElement Element,
    IReadOnlyList<(string Page, int Number)> Contents
)
{
    public string? Value(string key) =>
        Element.TryGetProperty(key, out var value)
            ? value.GetString()?.Replace("u:", "", StringComparison.Ordinal)
            : null;
}
