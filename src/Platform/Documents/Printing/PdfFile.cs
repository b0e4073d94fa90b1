using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using PdfSharp.Pdf;

namespace Plenaria.Platform.Documents.Printing;

/// <summary>A heading, for the bookmarks: its level from 1 and where it stands.</summary>
internal readonly record struct Bookmark(int Level, string Text, int Page, float FromBottom);

/// <summary>
/// Puts pages, structure tree and bookmarks into a file. The same document makes the same bytes: there is no time and
/// no random number in them.
/// </summary>
internal sealed class PdfFile
{
    private const string BeginOfMetadata = "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>",
        EndOfMetadata = "<?xpacket end=\"w\"?>";

    private readonly PdfDocument _file = new();
    private readonly PdfObjects _objects;

    private PdfFile() => _objects = new(_file);

    public static byte[] Write(
        Document document,
        IReadOnlyList<PageCanvas> pages,
        PdfFonts fonts,
        TagNode root,
        IReadOnlyList<Bookmark> bookmarks
    )
    {
        var file = new PdfFile();
        file.Describe(document);
        var contents = pages.Select(p => p.ToBytes()).ToList();
        file.AddPages(pages, contents, fonts);
        file.AddTree(root, pages);
        file.AddBookmarks(bookmarks);
        return file.Save(document, contents);
    }

    private void Describe(Document document)
    {
        _file.Version = 17;
        _file.Info.Title = Property(document.Title);
        _file.Info.Subject = Property(document.Subtitle ?? "");
        _file.Info.Creator = "Plenaria";
        _file.Info.Elements.Remove("/CreationDate");
        _file.Language = document.Language.Culture.Name;
        _file.ViewerPreferences.DisplayDocTitle = true;
    }

    private void AddPages(IReadOnlyList<PageCanvas> pages, List<byte[]> contents, PdfFonts fonts)
    {
        var written = fonts.WriteTo(_objects);
        var pictures = new Dictionary<PrintedPicture, PdfDictionary>();
        for (var i = 0; i < pages.Count; i++)
        {
            var page = _file.AddPage();
            page.Elements["/MediaBox"] = new PdfLiteral($"[0 0 {PageSetup.PageWidth} {PageSetup.PageHeight}]");
            page.Elements.SetReference("/Contents", _objects.Stream(contents[i]));
            page.Elements.SetInteger("/StructParents", i);
            // Who goes through a page by keyboard goes through it as it is read.
            page.Elements.SetName("/Tabs", "/S");
            var resources = new PdfDictionary(_file);
            resources.Elements.SetReference("/Font", written);
            if (pages[i].Pictures.Count > 0)
            {
                var shown = new PdfDictionary(_file);
                foreach (var (name, picture) in pages[i].Pictures)
                {
                    if (!pictures.TryGetValue(picture, out var image))
                        pictures[picture] = image = picture.WriteTo(_objects);
                    shown.Elements.SetReference($"/{name}", image);
                }
                resources.Elements["/XObject"] = shown;
            }
            page.Elements["/Resources"] = resources;
        }
    }

    private void AddTree(TagNode root, IReadOnlyList<PageCanvas> pages)
    {
        var tree = _objects.Add("/StructTreeRoot");
        var written = new Dictionary<TagNode, PdfDictionary>();
        tree.Elements.SetReference("/K", Element(root, tree, written));
        var numbers = new PdfArray(_file);
        for (var i = 0; i < pages.Count; i++)
        {
            var owners = new PdfArray(_file);
            foreach (var owner in pages[i].Owners)
                owners.Elements.Add(written[owner].Reference!);
            _file.Internals.AddObject(owners);
            numbers.Elements.Add(new PdfInteger(i));
            numbers.Elements.Add(owners.Reference!);
        }
        var parents = _objects.Dictionary();
        parents.Elements["/Nums"] = numbers;
        tree.Elements.SetReference("/ParentTree", parents);
        tree.Elements.SetInteger("/ParentTreeNextKey", pages.Count);
        // The title is no heading: as in the Word file, headings begin below it.
        tree.Elements["/RoleMap"] = new PdfLiteral("<</Title /P>>");
        _file.Internals.Catalog.Elements.SetReference("/StructTreeRoot", tree);
        _file.Internals.Catalog.Elements["/MarkInfo"] = new PdfLiteral("<</Marked true>>");
    }

    private PdfDictionary Element(TagNode node, PdfDictionary parent, Dictionary<TagNode, PdfDictionary> written)
    {
        var element = written[node] = _objects.Dictionary();
        element.Elements.SetName("/S", $"/{node.Type}");
        element.Elements.SetReference("/P", parent);
        if (node.Alternative is { } alternative)
            element.Elements["/Alt"] = new PdfString(alternative, PdfStringEncoding.Unicode);
        if (Attributes(node) is { } attributes)
            element.Elements["/A"] = new PdfLiteral(attributes);
        var kids = new PdfArray(_file);
        foreach (var (page, number) in node.Contents)
        {
            var first = _file.Pages[node.Contents[0].Page].Reference!;
            element.Elements["/Pg"] = first;
            if (page == node.Contents[0].Page)
                kids.Elements.Add(new PdfInteger(number));
            else
            {
                var piece = new PdfDictionary(_file);
                piece.Elements.SetName("/Type", "/MCR");
                piece.Elements["/Pg"] = _file.Pages[page].Reference!;
                piece.Elements.SetInteger("/MCID", number);
                kids.Elements.Add(piece);
            }
        }
        foreach (var child in node.Elements)
            kids.Elements.Add(Element(child, element, written).Reference!);
        element.Elements["/K"] = kids;
        return element;
    }

    private static string? Attributes(TagNode node) =>
        node switch
        {
            { Bounds: { } bounds } =>
                $"<</O /Layout /Placement /Block /BBox [{string.Join(' ', bounds.Select(Number))}]>>",
            { Type: "TH" } => "<</O /Table /Scope /Column>>",
            { Type: "L" } => node.IsNumbered
                ? "<</O /List /ListNumbering /Decimal>>"
                : "<</O /List /ListNumbering /Disc>>",
            _ => null,
        };

    private static string Number(float points) => points.ToString("0.##", CultureInfo.InvariantCulture);

    private void AddBookmarks(IReadOnlyList<Bookmark> bookmarks)
    {
        var open = new Stack<(int Level, PdfOutline Outline)>();
        foreach (var bookmark in bookmarks)
        {
            while (open.TryPeek(out var above) && above.Level >= bookmark.Level)
                open.Pop();
            var siblings = open.TryPeek(out var parent) ? parent.Outline.Outlines : _file.Outlines;
            var outline = siblings.Add(bookmark.Text, _file.Pages[bookmark.Page], opened: bookmark.Level == 1);
            outline.Top = bookmark.FromBottom;
            open.Push((bookmark.Level, outline));
        }
    }

    private byte[] Save(Document document, List<byte[]> contents)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{document.Title}\n{document.Subtitle}"));
        foreach (var content in contents)
            hash.AppendData(content);
        var identity = hash.GetHashAndReset();
        var name = Convert.ToHexStringLower(identity)[..16];
        _file.Internals.FirstDocumentID = name;
        _file.Internals.SecondDocumentID = name;
        using var stream = new MemoryStream();
        _file.Save(stream, closeStream: false);
        var bytes = stream.ToArray();
        ReplaceMetadata(document, bytes);
        return bytes;
    }

    // What a program looks for is not to be found in a title.
    private static string Property(string text) => Docx.Clean(text).Replace("<?", "‹?", StringComparison.Ordinal);

    /// <summary>
    /// The library's metadata have random numbers and the time in them, and a title with an ampersand makes them no
    /// XML: there is no setting for that. Ours take their place, filled up to the same length, so that what stands
    /// behind them stays where it is.
    /// </summary>
    private static void ReplaceMetadata(Document document, Span<byte> bytes)
    {
        var begin = bytes.LastIndexOf("<?xpacket begin"u8);
        var end = bytes.LastIndexOf(Encoding.UTF8.GetBytes(EndOfMetadata));
        if (begin < 0 || end < begin)
            throw new InvalidDataException("The metadata are not where they were expected.");
        var room = bytes[begin..end];
        room.Fill((byte)' ');
        string?[][] choices =
        [
            [document.Title, document.Subtitle],
            [document.Title, null],
            ["", null],
        ];
        var packet = choices
            .Select(c => Encoding.UTF8.GetBytes(BeginOfMetadata + Metadata(c[0]!, c[1])))
            .First(p => p.Length <= end - begin);
        packet.CopyTo(room);
    }

    private static string Metadata(string title, string? subject)
    {
        XNamespace meta = "adobe:ns:meta/",
            rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
            dc = "http://purl.org/dc/elements/1.1/",
            xmp = "http://ns.adobe.com/xap/1.0/";
        XElement Text(string name, string text) =>
            new(
                dc + name,
                new XElement(
                    rdf + "Alt",
                    new XElement(rdf + "li", new XAttribute(XNamespace.Xml + "lang", "x-default"), Docx.Clean(text))
                )
            );
        var described = new XElement(
            rdf + "Description",
            new XAttribute(rdf + "about", ""),
            new XAttribute(XNamespace.Xmlns + "dc", dc),
            new XAttribute(XNamespace.Xmlns + "xmp", xmp),
            Text("title", title),
            subject is null ? null : Text("description", subject),
            new XElement(xmp + "CreatorTool", "Plenaria")
        );
        return new XElement(
            meta + "xmpmeta",
            new XAttribute(XNamespace.Xmlns + "x", meta),
            new XElement(rdf + "RDF", new XAttribute(XNamespace.Xmlns + "rdf", rdf), described)
        ).ToString(SaveOptions.DisableFormatting);
    }
}
