using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Plenaria.Plans.Import;

namespace Plenaria.Tests.Governance.Plans.Import;

public class SourceReaderTests
{
    private static string Refusal(byte[] content) =>
        Assert.Throws<RuleViolationException>(() => PlanImport.Read(content)).Key;

    [Fact]
    public void What_is_no_readable_plan_is_refused_with_its_reason()
    {
        Assert.Equal("plans.import.empty", Refusal([]));
        Assert.Equal("plans.import.empty", Refusal(" \n\t\n"u8.ToArray()));
        Assert.Equal("plans.import.not-text", Refusal([1, 2, 0, 4, 200, 0, 0, 9]));
        Assert.Equal("plans.import.not-text", Refusal("%PDF-1.7 and so on"u8.ToArray()));
        Assert.Equal("plans.import.locked-or-old-word", Refusal([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]));
        Assert.Equal("plans.import.too-large", Refusal(new byte[SourceReader.MaxBytes + 1]));
        Assert.Equal("plans.import.no-actions", Refusal("Dear members,\n\nall went well.\n"u8.ToArray()));
        Assert.Equal("plans.import.not-text", Refusal(Zip(("readme.txt", "hello"))));
        Assert.Equal("plans.import.not-text", Refusal("PK\u0003\u0004 broken"u8.ToArray()));
    }

    [Fact]
    public void A_document_that_unpacks_to_a_hundred_times_its_size_is_refused()
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var part = archive.CreateEntry("word/document.xml", CompressionLevel.SmallestSize).Open();
            var chunk = new byte[1024 * 1024];
            for (var i = 0; i < 101; i++)
                part.Write(chunk);
        }
        Assert.Equal("plans.import.too-large", Refusal(bytes.ToArray()));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("windows-1252")]
    public void Text_is_read_in_the_encodings_that_people_save(string encoding)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var used = Encoding.GetEncoding(encoding);
        byte[] content =
        [
            .. used.GetPreamble(),
            .. used.GetBytes("# Plan\r\n\r\n## Participación\r\n\r\n- **Acción.** Año próximo.\r\n"),
        ];
        var direction = Assert.Single(PlanImport.Read(content).Directions);
        Assert.Equal("Participación", direction.Title.Text);
        Assert.Equal("Año próximo.", DryRun.Text(direction.Actions[0].Text));
    }

    [Fact]
    public void Markdown_that_word_processors_write_is_read_without_its_escapes_and_anchors()
    {
        string[] Lines(string text) =>
            [.. SourceReader.Read(Encoding.UTF8.GetBytes(text)).Select(l => (l.IsApart ? "apart: " : "") + l.Text)];
        Assert.Equal(
            [
                "# **Plan**",
                "## **1. One & two**",
                "Text {#not-an-anchor}",
                "- **A.** (2030-2031)!",
                "| a/b | c |",
                @"C:\\share a|b",
                "apart: [^1]: A note.",
                "apart: [image1]: <data:image/png",
            ],
            Lines(
                """
                # **Plan** {#plan}
                ## **1\. One \& two** {#1.-one}
                Text {#not-an-anchor}
                - **A\.** \(2030\-2031\)\!
                | a\|b | c |
                C:\\share a\|b
                [^1]: A note.
                [image1]: <data:image/png;base64,iVBORw0KGgo>
                """
            )
        );
        var file = Sources.Path("..", "shared", "data", "trials", "13-md-google-docs", "plan.md");
        Assert.SkipUnless(File.Exists(file), "The trials are not beside this clone.");
        var draft = PlanImport.Read(File.ReadAllBytes(file));
        Assert.Equal("Work plan of the network for 2031", draft.Title!.Text);
        Assert.Equal(["1. Sharing what we know", "2. Growing"], draft.Directions.Select(d => d.Title.Text));
        Assert.Equal(
            ["Open the bank of practices", "Hold the conference", "Visit candidate cities & towns"],
            draft.Directions.SelectMany(d => d.Actions).Select(a => a.Title.Text)
        );
        Assert.Equal("Cities send two practices a year (2030-2031).", DryRun.Text(draft.Directions[0].Actions[0].Text));
        Assert.Empty(draft.NotUnderstood);
    }

    [Fact]
    public void A_word_document_is_read_by_its_styles_lists_bold_runs_and_tables()
    {
        using var bytes = new MemoryStream();
        using (var document = WordprocessingDocument.Create(bytes, WordprocessingDocumentType.Document))
        {
            var main = document.AddMainDocumentPart();
            static Paragraph Styled(string style, string text) =>
                new(new ParagraphProperties(new ParagraphStyleId { Val = style }), new Run(new Text(text)));
            static Paragraph Item(string bold, string text) =>
                new(
                    new ParagraphProperties(
                        new NumberingProperties(new NumberingLevelReference { Val = 0 }, new NumberingId { Val = 1 })
                    ),
                    new Run(
                        new RunProperties(new Bold()),
                        new Text(bold) { Space = SpaceProcessingModeValues.Preserve }
                    ),
                    new Run(new Text(text) { Space = SpaceProcessingModeValues.Preserve })
                );
            static TableRow Row(params string[] cells) =>
                new(cells.Select(c => new TableCell(new Paragraph(new Run(new Text(c))))));
            main.Document = new(
                new Body(
                    Styled("Title", "Plan 2030"),
                    new Paragraph(new Run(new Text("As agreed."))),
                    Styled("Heading1", "Knowledge"),
                    Item("Conference. ", "In July."),
                    new Paragraph(new Run(new Text("More about it."))),
                    Item("Award.", ""),
                    Styled("Ttulo1", "Growth"),
                    new Table(Row("Action", "When"), Row("Offices", "May"))
                )
            );
        }
        var draft = PlanImport.Read(bytes.ToArray());
        Assert.Equal("Plan 2030", draft.Title!.Text);
        Assert.Equal(["Knowledge", "Growth"], draft.Directions.Select(d => d.Title.Text));
        Assert.Equal(["Conference", "Award"], draft.Directions[0].Actions.Select(a => a.Title.Text));
        Assert.Equal("In July.\n\nMore about it.", DryRun.Text(draft.Directions[0].Actions[0].Text));
        Assert.Equal("Offices", Assert.Single(draft.Directions[1].Actions).Title.Text);
        Assert.Equal("When: May", DryRun.Text(draft.Directions[1].Actions[0].Text));
    }

    private static byte[] Zip((string Name, string Text) entry)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        using (var writer = new StreamWriter(archive.CreateEntry(entry.Name).Open()))
            writer.Write(entry.Text);
        return bytes.ToArray();
    }
}
