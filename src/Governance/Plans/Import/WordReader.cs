using System.Xml.Linq;
using DocumentFormat.OpenXml.Packaging;
using Plenaria.Platform.Documents;

namespace Plenaria.Plans.Import;

/// <summary>
/// Reads a <c>.docx</c> into the same lines as Markdown would be: a heading style becomes <c>#</c>, a list paragraph
/// <c>-</c>, bold runs <c>**</c>, a table row <c>| … |</c>. One reader of plans then serves all formats. What stands in
/// other parts of the file and belongs to no paragraph (headers, comments, text boxes) follows as lines apart.
/// </summary>
internal static class WordReader
{
    /// <summary>What the parts may unpack to: a document of text is far smaller; a zip bomb is far larger.</summary>
    private const long MaxUnpacked = 100L * 1024 * 1024;

    public static IReadOnlyList<SourceLine> Read(byte[] content)
    {
        List<string> lines,
            apart;
        try
        {
            DemandSize(content);
            InputGuard.DemandHarmless(content, MaxUnpacked, new("plans.import.not-text"));
            using var document = WordprocessingDocument.Open(new MemoryStream(content), isEditable: false);
            var main = document.MainDocumentPart ?? throw new RuleViolationException("plans.import.not-text");
            (lines, apart) = Read(main);
        }
        catch (Exception broken)
            when (broken
                    is InvalidDataException
                        or OpenXmlPackageException
                        or System.Xml.XmlException
                        or FileFormatException
                        or ArgumentException
            )
        {
            throw new RuleViolationException("plans.import.not-text");
        }
        if (lines.TrueForAll(string.IsNullOrWhiteSpace))
            throw new RuleViolationException("plans.import.empty");
        var named = apart.Select(l => l.Trim()).Where(l => l.Length > 0).Distinct();
        return
        [
            .. lines.Select((text, i) => new SourceLine(i + 1, text)),
            .. named.Select((text, i) => new SourceLine(lines.Count + i + 1, text) { IsApart = true }),
        ];
    }

    // What a header says of a part's length is its author's word: this gives the reason to people whose file is too
    // large, the guard counts what is read.
    private static void DemandSize(byte[] content)
    {
        using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(content, writable: false));
        if (zip.Entries.Sum(e => Math.Min(e.Length, MaxUnpacked + 1)) > MaxUnpacked)
            throw new RuleViolationException("plans.import.too-large", ("limit", MaxUnpacked / 1024 / 1024));
    }

    private static (List<string> Lines, List<string> Apart) Read(MainDocumentPart main)
    {
        var root = WordXml.Load(main.GetStream());
        var body = root.Child("body") ?? throw new RuleViolationException("plans.import.not-text");
        static XElement? Load(OpenXmlPart? part) => part is null ? null : WordXml.Load(part.GetStream());
        var styles = new WordStyles(Load(main.StyleDefinitionsPart), Load(main.NumberingDefinitionsPart));
        var apart = new List<string>();
        var embedded = new HashSet<string>();

        List<string> ReadPart(XElement story, Func<XElement, string?> note)
        {
            var reader = new WordStory(styles, note, chunk => Embedded(main, chunk, embedded));
            var lines = reader.Read(story);
            apart.AddRange(reader.Apart);
            return lines;
        }

        var notes = new Dictionary<(string Kind, string Id), string>();
        foreach (var (kind, story) in Notes(main))
            if (story.Value("id") is { } id)
            {
                var words = ReadPart(story, _ => null).Select(l => l.Trim()).Where(l => l.Length > 0);
                notes.TryAdd((kind, id), string.Join(' ', words));
            }

        // A note has one mark; with several, a small file would become a long text.
        var unread = new Dictionary<(string Kind, string Id), string>(notes);
        var lines = ReadPart(body, reference => unread.Remove(Key(reference), out var words) ? words : null);
        // A note whose mark was deleted is deleted with it; one that no mark led to is somebody's text.
        var removed = WordXml
            .Removed(root)
            .SelectMany(e => e.Descendants())
            .Where(e => e.Is("footnoteReference") || e.Is("endnoteReference"))
            .Select(Key)
            .ToHashSet();
        apart.AddRange(unread.Where(n => !removed.Contains(n.Key)).Select(n => n.Value));
        foreach (var story in Asides(main))
            apart.AddRange(ReadPart(story, _ => null));
        foreach (var drawing in Drawings(main))
            apart.AddRange(
                drawing
                    .Descendants()
                    .Where(e => e.Is("p"))
                    .Select(p => string.Concat(p.Descendants().Where(e => e.Is("t")).Select(t => t.Value)))
            );
        return (lines, apart);
    }

    private static (string Kind, string Id) Key(XElement reference) =>
        (reference.Name.LocalName[..^"Reference".Length], reference.Value("id") ?? "");

    private static IEnumerable<(string Kind, XElement Story)> Notes(MainDocumentPart main)
    {
        OpenXmlPart?[] parts = [main.FootnotesPart, main.EndnotesPart];
        return from part in parts
            where part is not null
            from story in WordXml.Load(part.GetStream()).Elements()
            // The lines that separate notes from the text are kept as notes of a type.
            where story.Value("type") is null or "normal"
            select (story.Name.LocalName, story);
    }

    private static IEnumerable<XElement> Asides(MainDocumentPart main) =>
        main
            .HeaderParts.Concat<OpenXmlPart>(main.FooterParts)
            .Select(p => WordXml.Load(p.GetStream()))
            .Concat(
                main.WordprocessingCommentsPart is { } comments ? WordXml.Load(comments.GetStream()).Elements() : []
            );

    /// <summary>The words of diagrams and charts.</summary>
    private static IEnumerable<XElement> Drawings(MainDocumentPart main) =>
        main.DiagramDataParts.Concat<OpenXmlPart>(main.ChartParts).Select(p => WordXml.Load(p.GetStream()));

    /// <summary>A document of another format within this one: its text where it is text, else its name.</summary>
    private static IEnumerable<string> Embedded(MainDocumentPart main, XElement chunk, HashSet<string> read)
    {
        if (chunk.Value("id") is not { } id || !read.Add(id) || !main.TryGetPartById(id, out var part))
            return [];
        var type = part.ContentType;
        if (!type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) && type != "application/xhtml+xml")
            return [part.Uri.OriginalString];
        using var bytes = new MemoryStream();
        using (var stream = part.GetStream())
            stream.CopyTo(bytes);
        var text = SourceReader.Decode(bytes.ToArray());
        return SourceReader.Split(HtmlText.IsHtml(text) ? HtmlText.ToMarkdown(text) : text).Select(l => l.Text);
    }
}
