using System.IO.Compression;
using System.Text;
using Plenaria.Platform.Documents;
using Plenaria.Platform.Documents.Printing;
using Plenaria.Thesaurus;
using Plenaria.Translation;

namespace Plenaria.Tests.Platform.Documents;

/// <summary>Files that are small and cost much: refused before a library follows them.</summary>
public class InputGuardTests
{
    private const string W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    internal static byte[] WordFile(string body)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Part(string name, string content)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open(), new UTF8Encoding(false));
                writer.Write(content);
            }
            Part(
                "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"
            );
            Part(
                "_rels/.rels",
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
            );
            Part("word/document.xml", $"<w:document xmlns:w=\"{W}\"><w:body>{body}</w:body></w:document>");
        }
        return bytes.ToArray();
    }

    internal static string Nested(string open, string close, int times) =>
        string.Concat(Enumerable.Repeat(open, times)) + string.Concat(Enumerable.Repeat(close, times));

    [Fact]
    public void A_word_file_of_tables_within_tables_is_refused_and_the_process_goes_on()
    {
        var file = WordFile(Nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 20_000));
        Assert.InRange(file.Length, 0, 10_000);
        Assert.Equal(
            "translation.not-a-sheet",
            Assert.Throws<RuleViolationException>(() => TranslationDocx.Read(file)).Key
        );
    }

    [Fact]
    public void Xml_that_is_nested_too_deeply_is_refused_by_every_reader()
    {
        var xliff = Encoding.UTF8.GetBytes(
            $"<xliff xmlns=\"urn:oasis:names:tc:xliff:document:1.2\">{Nested("<g>", "</g>", 100_000)}</xliff>"
        );
        Assert.Equal("translation.not-a-sheet", Assert.Throws<RuleViolationException>(() => Xliff.Read(xliff)).Key);
        var skos = Encoding.UTF8.GetBytes(
            $"<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">{Nested("<rdf:li>", "</rdf:li>", 100_000)}</rdf:RDF>"
        );
        Assert.StartsWith(
            "thesaurus.import",
            Assert.Throws<RuleViolationException>(() => Skos.Read(new MemoryStream(skos))).Key
        );
    }

    [Fact]
    public void What_unpacks_to_more_than_was_agreed_is_refused_whatever_its_header_says()
    {
        var file = WordFile(new string(' ', 3 << 20));
        Assert.Throws<RuleViolationException>(() => InputGuard.DemandHarmless(file, 1 << 20, new("too-much")));
        InputGuard.DemandHarmless(file, 8 << 20, new("too-much"));
    }

    [Theory]
    [InlineData("<div>")]
    [InlineData("<b><i>")]
    [InlineData("<table><tr><td>")]
    [InlineData("<ul><li>")]
    [InlineData("<blockquote>")]
    [InlineData("<!-- -->")]
    [InlineData("<p>")]
    public async Task Html_that_is_nested_without_end_is_read_in_time(string unit)
    {
        var html = string.Concat(Enumerable.Repeat(unit, 100_000)) + "words";
        var text = await Task.Run(() => HtmlText.ToMarkdown(html)).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True(HtmlText.IsHtml(html));
        Assert.InRange(text.Length, 0, html.Length);
    }

    [Fact]
    public void Xliff_units_whose_state_says_so_are_no_translations_and_a_region_is_reduced_to_its_language()
    {
        string File(string state, string target) =>
            $"<xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\"><file original=\"NET-E-00001\" source-language=\"es-ES\" target-language=\"{target}\" datatype=\"plaintext\"><body><trans-unit id=\"title\" resname=\"0123\"><source>Uno</source><target{state}>Un</target></trans-unit></body></file></xliff>";
        foreach (var state in (string[])["new", "needs-translation", "needs-adaptation", "needs-l10n"])
            Assert.Empty(Xliff.Read(Encoding.UTF8.GetBytes(File($" state=\"{state}\"", "fr"))).Texts);
        foreach (
            var state in (string[])
                ["", " state=\"translated\"", " state=\"final\"", " state=\"needs-review-translation\""]
        )
            Assert.Single(Xliff.Read(Encoding.UTF8.GetBytes(File(state, "fr-FR"))).Texts);
        Assert.Equal(Language.French, Xliff.Read(Encoding.UTF8.GetBytes(File("", "fr_CA"))).Target);
    }

    [Fact]
    public void A_long_word_takes_time_in_proportion_to_its_length()
    {
        var measured = 0L;
        byte[] Print(int length) =>
            Pdf.Write(
                new Document(
                    "Title",
                    Language.English,
                    [
                        new Paragraph(new string('x', length)),
                        new Table(
                            ["a", "b"],
                            [
                                ["1", new string('y', length)],
                            ]
                        ),
                    ]
                )
            );
        foreach (var length in (int[])[8_000, 100_000])
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Print(length);
            var taken = GC.GetAllocatedBytesForCurrentThread() - before;
            // A cubic wrap copies the word once for each letter of each line.
            Assert.InRange(taken, 0, 2_000L * length + 20_000_000);
            measured = Math.Max(measured, taken);
        }
        Assert.NotEqual(0, measured);
    }
}
