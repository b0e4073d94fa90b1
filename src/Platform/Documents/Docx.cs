using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using W = DocumentFormat.OpenXml.Wordprocessing;

namespace Plenaria.Platform.Documents;

/// <summary>
/// Writes a <see cref="Document"/> as a Word file with real heading styles, lists and tables, to be worked on further.
/// </summary>
public static class Docx
{
    public static byte[] Write(Document document)
    {
        using var bytes = new MemoryStream();
        using (var package = WordprocessingDocument.Create(bytes, WordprocessingDocumentType.Document))
        {
            package.PackageProperties.Title = document.Title;
            package.PackageProperties.Language = document.Language.Code;
            var main = package.AddMainDocumentPart();
            main.AddNewPart<StyleDefinitionsPart>().Styles = Styles(document.Language);
            main.AddNewPart<NumberingDefinitionsPart>().Numbering = Numbering(
                document.Parts.Count(p => p is Listing { IsNumbered: true })
            );
            var pictures = new DocxPictures(main);
            var body = new W.Body(Opening(document, pictures));
            var lists = 0;
            foreach (var part in document.Parts)
                body.Append(Elements(part, pictures, part is Listing { IsNumbered: true } ? ++lists : 0));
            if (document.Link is { } link)
                body.Append(Styled("Quiet", link));
            body.Append(
                new W.SectionProperties(
                    new W.PageSize { Width = 11906, Height = 16838 },
                    new W.PageMargin
                    {
                        Top = 1134,
                        Bottom = 1134,
                        Left = 1247,
                        Right = 1247,
                    }
                )
            );
            main.Document = new(body);
        }
        return bytes.ToArray();
    }

    private static IEnumerable<OpenXmlElement> Opening(Document document, DocxPictures pictures)
    {
        if (document.Cover?.Logo is { } logo)
            yield return pictures.Paragraph(logo);
        yield return Styled("Title", document.Title);
        if (document.Subtitle is { } subtitle)
            yield return Styled("Subtitle", subtitle);
        if (document.Cover is not { } cover)
            yield break;
        foreach (var line in cover.Lines)
            yield return Styled("Subtitle", line);
        yield return new W.Paragraph(new W.Run(new W.Break { Type = W.BreakValues.Page }));
    }

    /// <param name="number">Which of the numbered lists it is: each begins at 1.</param>
    private static IEnumerable<OpenXmlElement> Elements(Part part, DocxPictures pictures, int number) =>
        part switch
        {
            Heading heading => [Styled($"Heading{heading.Level}", heading.Text)],
            Paragraph paragraph => [Styled(paragraph.IsQuiet ? "Quiet" : "Normal", paragraph.Text)],
            Listing list => list.Items.Select(item =>
                Styled(
                    "ListParagraph",
                    item,
                    new W.NumberingProperties(
                        new W.NumberingLevelReference { Val = 0 },
                        new W.NumberingId { Val = number + 1 }
                    )
                )
            ),
            Illustration picture => picture.Caption is { } caption
                ? [pictures.Paragraph(picture), Styled("Quiet", caption)]
                : [pictures.Paragraph(picture)],
            SignatureBlock signatures => signatures.Signatories.SelectMany(signatory =>
                (OpenXmlElement[])[Styled("Signature", signatory.Name), Styled("Quiet", signatory.Role)]
            ),
            // Two tables in a row would grow together without a paragraph between them.
            Table table => [Grid(table), new W.Paragraph()],
            _ => throw new ArgumentOutOfRangeException(nameof(part)),
        };

    private static W.Paragraph Styled(string style, string text, OpenXmlElement? more = null)
    {
        var properties = new W.ParagraphProperties(new W.ParagraphStyleId { Val = style });
        if (more is not null)
            properties.Append(more);
        return new(properties, new W.Run(new W.Text(Clean(text)) { Space = SpaceProcessingModeValues.Preserve }));
    }

    private static W.Table Grid(Table table)
    {
        static W.TableRow Row(IEnumerable<string> cells, bool isHead) =>
            new([
                .. isHead ? (OpenXmlElement[])[new W.TableRowProperties(new W.TableHeader())] : [],
                .. cells.Select(cell => new W.TableCell(Styled(isHead ? "TableHead" : "Normal", cell))),
            ]);
        var border = (EnumValue<W.BorderValues>)W.BorderValues.Single;
        return new([
            new W.TableProperties(
                new W.TableWidth { Width = "5000", Type = W.TableWidthUnitValues.Pct },
                new W.TableBorders(
                    new W.TopBorder { Val = border, Size = 4 },
                    new W.BottomBorder { Val = border, Size = 4 },
                    new W.InsideHorizontalBorder { Val = border, Size = 4 }
                )
            ),
            new W.TableGrid(table.Columns.Select(_ => new W.GridColumn())),
            Row(table.Columns, isHead: true),
            .. table.Rows.Select(r => Row(r, isHead: false)),
        ]);
    }

    private static W.Styles Styles(Kernel.Language language)
    {
        static W.Style Style(
            string id,
            string name,
            int halfPoints,
            bool bold = false,
            int before = 0,
            int? outline = null,
            string? colour = null
        )
        {
            var run = new W.StyleRunProperties();
            if (bold)
                run.Append(new W.Bold());
            if (colour is not null)
                run.Append(new W.Color { Val = colour });
            run.Append(new W.FontSize { Val = $"{halfPoints}" });
            var paragraph = new W.StyleParagraphProperties(
                new W.SpacingBetweenLines { Before = $"{before}", After = "120" }
            );
            if (outline is { } level)
            {
                paragraph.PrependChild(new W.KeepNext());
                paragraph.Append(new W.OutlineLevel { Val = level });
            }
            return new W.Style(new W.StyleName { Val = name }, paragraph, run)
            {
                Type = W.StyleValues.Paragraph,
                StyleId = id,
                Default = id == "Normal",
            };
        }
        return new(
            new W.DocDefaults(
                new W.RunPropertiesDefault(
                    new W.RunPropertiesBaseStyle(
                        new W.RunFonts { Ascii = "Calibri", HighAnsi = "Calibri" },
                        new W.Languages { Val = language.Culture.Name }
                    )
                )
            ),
            Style("Normal", "Normal", 22),
            Style("Title", "Title", 52, bold: true),
            Style("Subtitle", "Subtitle", 24, colour: "5A5D64"),
            Style("Heading1", "heading 1", 32, bold: true, before: 360, outline: 0),
            Style("Heading2", "heading 2", 26, bold: true, before: 280, outline: 1),
            Style("Heading3", "heading 3", 22, bold: true, before: 200, outline: 2),
            Style("ListParagraph", "List Paragraph", 22),
            // Room to sign above the name.
            Style("Signature", "Signature", 22, bold: true, before: 1200),
            Style("Quiet", "Quiet", 18, colour: "5A5D64"),
            Style("TableHead", "Table Head", 20, bold: true)
        );
    }

    private static W.Numbering Numbering(int numberedLists)
    {
        static W.AbstractNum Kind(int id, W.NumberFormatValues format, string text) =>
            new(
                new W.Level(
                    new W.StartNumberingValue { Val = 1 },
                    new W.NumberingFormat { Val = format },
                    new W.LevelText { Val = text },
                    new W.PreviousParagraphProperties(new W.Indentation { Left = "360", Hanging = "300" })
                )
                {
                    LevelIndex = 0,
                }
            )
            {
                AbstractNumberId = id,
            };
        var numbering = new W.Numbering(
            Kind(1, W.NumberFormatValues.Bullet, "•"),
            Kind(2, W.NumberFormatValues.Decimal, "%1."),
            new W.NumberingInstance(new W.AbstractNumId { Val = 1 }) { NumberID = 1 }
        );
        for (var list = 1; list <= numberedLists; list++)
            numbering.Append(
                new W.NumberingInstance(
                    new W.AbstractNumId { Val = 2 },
                    new W.LevelOverride(new W.StartOverrideNumberingValue { Val = 1 }) { LevelIndex = 0 }
                )
                {
                    NumberID = list + 1,
                }
            );
        return numbering;
    }

    /// <summary>The text without the characters that XML cannot hold.</summary>
    public static string Clean(string text) => string.Concat(text.Where(c => c >= ' ' || c is '\n' or '\t'));
}
