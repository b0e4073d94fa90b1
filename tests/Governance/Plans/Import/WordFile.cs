using System.IO.Compression;
using System.Text;

namespace Plenaria.Tests.Governance.Plans.Import;

/// <summary>A Word file made of its parts, as small as a reader takes it.</summary>
internal static class WordFile
{
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string WordType = "application/vnd.openxmlformats-officedocument.wordprocessingml";

    private const string Namespaces = """
        xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
        xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
        xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"
        xmlns:v="urn:schemas-microsoft-com:vml"
        """;

    public const string Styles = """
        <w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>
        <w:style w:type="paragraph" w:styleId="ListParagraph"><w:name w:val="List Paragraph"/></w:style>
        <w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
        """;

    /// <param name="body">The content of the body.</param>
    /// <param name="styles">The styles of the document.</param>
    /// <param name="parts">Further parts: name, such as <c>header</c>, root element, such as <c>hdr</c>,
    /// content.</param>
    public static byte[] Make(
        string body,
        string styles = Styles,
        params (string Name, string Root, string Content)[] parts
    )
    {
        (string Name, string Root, string Content)[] all = [("styles", "styles", styles), .. parts];
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Write(string name, string content)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open(), new UTF8Encoding(false));
                writer.Write(content);
            }
            var overrides = string.Concat(
                all.Select(p => $"<Override PartName=\"/word/{p.Name}.xml\" ContentType=\"{WordType}.{p.Name}+xml\"/>")
            );
            Write(
                "[Content_Types].xml",
                $"""
                <Types xmlns="{Package}/content-types">
                <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
                <Override PartName="/word/document.xml" ContentType="{WordType}.document.main+xml"/>{overrides}</Types>
                """
            );
            string Relations(string content) =>
                $"<Relationships xmlns=\"{Package}/relationships\">{content}</Relationships>";
            Write("_rels/.rels", Relations(Relation("officeDocument", "word/document.xml")));
            Write(
                "word/_rels/document.xml.rels",
                Relations(string.Concat(all.Select(p => Relation(p.Name, p.Name + ".xml"))))
            );
            Write("word/document.xml", $"<w:document {Namespaces}><w:body>{body}</w:body></w:document>");
            foreach (var (name, root, content) in all)
                Write($"word/{name}.xml", $"<w:{root} {Namespaces}>{content}</w:{root}>");
        }
        return bytes.ToArray();
    }

    public static string Text(string text) => $"<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>";

    public static string Bold(string text) =>
        $"<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>";

    public static string Paragraph(string runs, string style = "", string properties = "") =>
        $"<w:p><w:pPr>{(style.Length > 0 ? $"<w:pStyle w:val=\"{style}\"/>" : "")}{properties}</w:pPr>{runs}</w:p>";

    public static string Heading(string text) => Paragraph(Text(text), "Heading1");

    public static string Item(string runs) => Paragraph(runs, "ListParagraph");

    public static string Cell(string text, string properties = "") =>
        $"<w:tc><w:tcPr>{properties}</w:tcPr>{Paragraph(Text(text))}</w:tc>";

    public static string Row(params string[] cells) => $"<w:tr>{string.Concat(cells)}</w:tr>";

    public static string Table(params string[] rows) => $"<w:tbl>{string.Concat(rows)}</w:tbl>";

    private static string Relation(string type, string target) =>
        $"<Relationship Id=\"{type}\" Type=\"{Office}/{type}\" Target=\"{target}\"/>";
}
