using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using DocumentFormat.OpenXml.Packaging;
using Microsoft.Extensions.Logging;
using Plenaria.Platform.Documents;
using Plenaria.Platform.Documents.Printing;
using SkiaSharp;
using W = DocumentFormat.OpenXml.Wordprocessing;

namespace Plenaria.Tests.Platform.Documents;

public class PdfTests
{
    private static readonly FontFolders None = new([]);

    private static byte[] Logo()
    {
        using var bitmap = new SKBitmap(120, 60);
        bitmap.Erase(SKColors.Teal);
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static Document Whole =>
        new(
            "Annual report & balance",
            Language.English,
            [
                new Heading(1, "Plans"),
                new Paragraph("What was promised."),
                new Heading(2, "Direction one"),
                new Heading(3, "Action 1"),
                new Listing(["First point", "Second point"]),
                new Listing(["One", "Two"], IsNumbered: true),
                new Illustration(Logo(), "The logo of the network") { Caption = "As members show it" },
                new Table(
                    ["City", "Members"],
                    [
                        ["Barcelona", "12"],
                        ["Thiès", "3"],
                    ]
                ),
                new Heading(1, "Signed"),
                new SignatureBlock([("Ada Pérez", "Secretary"), ("Ibrahima Sow", "President")]),
            ]
        )
        {
            Subtitle = "2026",
            Link = "https://example.org/r/OIDP-2026",
            Cover = new(new(Logo(), "OIDP"), ["Approved by the plenary"]),
        };

    private static Document Of(params Part[] parts) => new("Document", Language.English, parts);

    private static Document OfNames(params string[] names) =>
        Of([
            new Table(["Name", "City"], [.. names.Select(n => (string[])[n, "Porto"])]),
            .. names.Select(Part (n) => new Paragraph(n)),
        ]);

    private static Table TableOf(int rows) =>
        new(
            ["Reference", "Action", "Who", "Members"],
            [
                .. Enumerable
                    .Range(1, rows)
                    .Select(i =>
                        (string[])
                            [$"A-{i}", $"Conference number {i} on participation in small cities", "Secretariat", $"{i}"]
                    ),
            ]
        );

    [Fact]
    public async Task Every_part_is_tagged_and_what_is_no_content_is_an_artifact()
    {
        var pdf = await PdfReading.Of(Whole);
        var tags = pdf.Tags().ToList();
        Assert.Equal(
            "Document Figure Title P P Figure P H1 P H2 H3 L LI Lbl LBody LI Lbl LBody L LI Lbl LBody LI Lbl LBody "
                + "Figure Caption Table TR TH TH TR TD TD TR TD TD H1 P P P P",
            string.Join(' ', tags.Select(t => t.Type))
        );
        Assert.Equal(
            ["OIDP", "https://example.org/r/OIDP-2026", "The logo of the network"],
            tags.Where(t => t.Type == "Figure").Select(t => t.Value("/Alt"))
        );
        Assert.Equal(pdf.Pieces().Order(), tags.SelectMany(t => t.Contents).Order());
        Assert.All(
            tags.Where(t => t.Type is not ("Document" or "L" or "LI" or "Table" or "TR")),
            t => Assert.NotEmpty(t.Contents)
        );
        Assert.Equal("u:en", pdf.Catalog.GetProperty("/Lang").GetString()![..4]);
        Assert.True(pdf.At(pdf.Catalog.GetProperty("/MarkInfo")).GetProperty("/Marked").GetBoolean());
        Assert.True(pdf.At(pdf.Catalog.GetProperty("/ViewerPreferences")).GetProperty("/DisplayDocTitle").GetBoolean());
    }

    [Fact]
    public async Task Headings_are_bookmarks()
    {
        var pdf = await PdfReading.Of(Whole);
        var outlines = pdf.At(pdf.Catalog.GetProperty("/Outlines"));
        var plans = pdf.At(outlines.GetProperty("/First"));
        Assert.Equal("u:Plans", plans.GetProperty("/Title").GetString());
        var below = pdf.At(plans.GetProperty("/First"));
        Assert.Equal("u:Direction one", below.GetProperty("/Title").GetString());
        Assert.Equal("u:Action 1", pdf.At(below.GetProperty("/First")).GetProperty("/Title").GetString());
        Assert.Equal("u:Signed", pdf.At(outlines.GetProperty("/Last")).GetProperty("/Title").GetString());
    }

    [Fact]
    public async Task The_Word_file_has_the_same_structure()
    {
        var tags = (await PdfReading.Of(Whole)).Tags().ToList();
        using var file = WordprocessingDocument.Open(new MemoryStream(Docx.Write(Whole)), isEditable: false);
        var body = file.MainDocumentPart!.Document!.Body!;
        var styles = body.Descendants<W.ParagraphStyleId>().Select(s => s.Val!.Value!).ToList();
        Assert.Equal(
            tags.Where(t => Regex.IsMatch(t.Type, @"^H\d$")).Select(t => $"Heading{t.Type[1..]}"),
            styles.Where(s => s.StartsWith("Heading", StringComparison.Ordinal))
        );
        Assert.Equal(tags.Count(t => t.Type == "LI"), styles.Count(s => s == "ListParagraph"));
        Assert.Equal(tags.Count(t => t.Type == "TR"), body.Descendants<W.TableRow>().Count());
        Assert.Single(body.Descendants<W.TableHeader>());
        Assert.Equal(
            ["OIDP", "The logo of the network"],
            body.Descendants<DocumentFormat.OpenXml.Drawing.Wordprocessing.DocProperties>()
                .Select(d => d.Description!.Value)
        );
        Assert.Empty(
            new DocumentFormat.OpenXml.Validation.OpenXmlValidator().Validate(file).Select(f => f.Description)
        );
    }

    [Fact]
    public async Task Latin_Greek_and_Cyrillic_need_no_font_of_the_machine()
    {
        string[] texts =
        [
            "Acció, ação, œuvre, Nguyễn Thị Hồng",
            "Δημοτικό συμβούλιο Θεσσαλονίκης",
            "Городской совет, місто Київ",
        ];
        var (bytes, missing) = Pdf.Write(Of([.. texts.Select(Part (t) => new Paragraph(t))]), None);
        Assert.Empty(missing);
        var text = await (await PdfReading.Of(bytes)).Text();
        var places = texts.Select(t => text.IndexOf(t, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Theory]
    [InlineData("محمد العربي")]
    [InlineData("王小明")]
    [InlineData("अदिति")]
    [InlineData("Ana 🎉")]
    public async Task What_no_font_has_is_told_and_can_still_be_read_aloud(string name)
    {
        var (bytes, missing) = Pdf.Write(OfNames(name), None);
        Assert.Equal(name.EnumerateRunes().Where(r => r.Value > 0x2FF).Distinct().Order(), missing);
        var pdf = await PdfReading.Of(bytes);
        var written = string.Concat(pdf.Pages.Select(p => pdf.Content(pdf.At(p).GetProperty("/Contents"))));
        foreach (var word in name.Split(' ').Where(w => w[0] > 0x2FF))
            Assert.Contains(
                $"/ActualText <FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(word))}>",
                written
            );
    }

    [Theory]
    [InlineData("محمد العربي")]
    [InlineData("王小明")]
    [InlineData("Ana 🎉")]
    public async Task A_font_of_the_machine_writes_what_ours_cannot(string name)
    {
        var (bytes, missing) = Pdf.Write(OfNames(name), new FontFolders(FontFolders.OnTheMachine));
        var text = await (await PdfReading.Of(bytes)).Text();
        // Which scripts it has depends on the machine; that it does not fall silent does not.
        if (missing.Count == 0)
            Assert.All(name.Split(' '), word => Assert.Contains(word, text));
        else
            Assert.Subset(name.EnumerateRunes().ToHashSet(), missing.ToHashSet());
    }

    [Fact]
    public void Who_keeps_the_server_learns_which_character_of_which_document_no_font_has()
    {
        using var log = new LogBook();
        using var factory = LoggerFactory.Create(l => l.AddProvider(log));
        using var rendered = new RenderedDocuments(None, factory.CreateLogger<RenderedDocuments>());
        rendered.Print(Of(new Paragraph("Plain")));
        Assert.Empty(log.Lines);
        rendered.Print(Of(new Paragraph("王")) with { Title = "Minutes" });
        var line = Assert.Single(log.Lines);
        Assert.Contains("王 (U+738B)", line);
        Assert.Contains("Minutes", line);
    }

    private sealed class LogBook : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Lines.Add(formatter(state, exception));

        public void Dispose() { }
    }

    [Fact]
    public void A_file_that_is_no_font_does_no_harm()
    {
        var folder = Databases.Folder().FullName;
        File.WriteAllBytes(Path.Combine(folder, "empty.ttf"), []);
        File.WriteAllText(Path.Combine(folder, "text.otf"), "no font");
        File.WriteAllBytes(Path.Combine(folder, "half.ttc"), [.. "ttcf"u8, 0, 1, 0, 0, 0, 0, 0, 9]);
        var (_, missing) = Pdf.Write(
            Of(new Paragraph("王")),
            new FontFolders([folder, Path.Combine(folder, "absent")])
        );
        Assert.Single(missing);
    }

    [Fact]
    public async Task The_title_is_read_before_the_code_beside_it()
    {
        var pdf = await PdfReading.Of(Whole with { Cover = null });
        Assert.Equal(["Document", "Title", "P", "Figure", "H1"], pdf.Tags().Take(5).Select(t => t.Type));
    }

    [Fact]
    public async Task Letters_that_have_a_plain_form_are_written_in_it()
    {
        var (bytes, missing) = Pdf.Write(Of(new Paragraph("𝐀𝐛𝐜")), None);
        Assert.Equal(3, missing.Count);
        Assert.Contains("𝐀𝐛𝐜", await (await PdfReading.Of(bytes)).Text());
    }

    [Fact]
    public async Task A_name_of_two_hundred_letters_stays_whole()
    {
        var name = string.Concat(Enumerable.Range(0, 200).Select(i => (char)('a' + i % 26)));
        var pdf = await PdfReading.Of(OfNames(name));
        var text = Regex.Replace(await pdf.Text(), @"\s", "");
        Assert.Equal(2, Regex.Count(text.Replace("Porto", "", StringComparison.Ordinal), name));
    }

    [Fact]
    public async Task Words_in_columns_are_not_broken()
    {
        string[] heads =
        [
            "Institution",
            "Responsibilities",
            "Municipality",
            "Participation",
            "Representatives",
            "Date",
        ];
        string[] cells =
        [
            "Ayuntamiento de Santiago",
            "Internationalisation",
            "Villefranche-de-Rouergue",
            "deliberative",
            "representatives",
            "2026-01-12",
        ];
        var text = await (await PdfReading.Of(Of(new Table(heads, [cells])))).Text();
        foreach (var word in heads.Concat(cells.SelectMany(c => c.Split(' '))))
            Assert.Contains(word, text);
    }

    [Fact]
    public async Task The_head_of_a_table_is_on_every_page_and_no_row_is_cut()
    {
        var pdf = await PdfReading.Of(Of(TableOf(200)));
        var tags = pdf.Tags().ToList();
        Assert.Equal(4, tags.Count(t => t.Type == "TH"));
        Assert.Equal(800, tags.Count(t => t.Type == "TD"));
        Assert.Equal(pdf.Pieces().Order(), tags.SelectMany(t => t.Contents).Order());
        var rows = tags.Where(t => t.Type == "TD").Chunk(4);
        Assert.All(rows, row => Assert.Single(row.SelectMany(t => t.Contents).Select(c => c.Page).Distinct()));
        Assert.True(pdf.Pages.Count > 3);
        Assert.Equal(pdf.Pages.Count, Regex.Count(await pdf.Text(), "^Reference$", RegexOptions.Multiline));
    }

    [Fact]
    public async Task A_row_higher_than_a_page_goes_on_over_pages()
    {
        var words = string.Join(' ', Enumerable.Range(0, 3000).Select(i => $"w{i}"));
        var pdf = await PdfReading.Of(
            Of(
                new Table(
                    ["A", "B"],
                    [
                        [words, "x"],
                    ]
                )
            )
        );
        var text = await pdf.Text();
        Assert.Contains("w2999", text);
        Assert.Equal(2, pdf.Tags().Count(t => t.Type == "TD"));
        Assert.Equal(pdf.Pieces().Order(), pdf.Tags().SelectMany(t => t.Contents).Order());
    }

    [Fact]
    public void The_same_document_is_the_same_bytes()
    {
        var first = Pdf.Write(Whole, None).Bytes;
        Assert.Equal(first, Pdf.Write(Whole, new FontFolders([])).Bytes);
        var text = Encoding.Latin1.GetString(first);
        Assert.DoesNotContain("Date", text);
        Assert.DoesNotContain("uuid", text);
    }

    [Theory]
    [InlineData("Annual report & balance")]
    [InlineData("<b> && <?xpacket begin <?xpacket end=\"w\"?>")]
    [InlineData("Δημοτικό & 王小明")]
    public async Task Metadata_are_XML_whatever_the_title_is(string title)
    {
        foreach (var name in (string[])[title, string.Concat(Enumerable.Repeat(title + "&&&", 60))])
        {
            var pdf = await PdfReading.Of(Whole with { Title = name });
            var metadata = XDocument.Parse(pdf.Content(pdf.Catalog.GetProperty("/Metadata"), Encoding.UTF8));
            var titles = metadata.Descendants("{http://purl.org/dc/elements/1.1/}title");
            Assert.Contains(Assert.Single(titles).Value, (string[])[name, ""]);
            if (name == title)
                Assert.Equal(title, titles.Single().Value);
        }
    }

    [Fact]
    public async Task A_long_table_and_a_long_report_take_less_than_two_seconds()
    {
        var paragraph = string.Join(' ', Enumerable.Repeat("Cities decide together about what concerns them all.", 14));
        var report = Of([
            .. Enumerable
                .Range(1, 60)
                .SelectMany(i =>
                    (Part[])[new Heading(1, $"Chapter {i}"), .. Enumerable.Repeat(new Paragraph(paragraph), 7)]
                ),
        ]);
        foreach (var document in (Document[])[Of(TableOf(2000)), report])
        {
            var best = TimeSpan.MaxValue;
            byte[] bytes = [];
            // The best of some: what else the machine does is not measured.
            for (var i = 0; i < 5 && best >= TimeSpan.FromSeconds(2); i++)
            {
                var begin = Stopwatch.GetTimestamp();
                bytes = Pdf.Write(document, None).Bytes;
                var taken = Stopwatch.GetElapsedTime(begin);
                best = taken < best ? taken : best;
            }
            Assert.InRange(best, TimeSpan.Zero, TimeSpan.FromSeconds(2));
            Assert.InRange((await PdfReading.Of(bytes)).Pages.Count, 50, 200);
        }
    }
}
