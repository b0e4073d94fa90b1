using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Plenaria.Plans.Import;
using static Plenaria.Tests.Governance.Plans.Import.WordFile;

namespace Plenaria.Tests.Governance.Plans.Import;

/// <summary>What Word keeps in other ways than as plain paragraphs, and what a plan says with it.</summary>
public class WordReaderTests
{
    private static string[] Lines(byte[] file) =>
        [.. SourceReader.Read(file).Where(l => l.Text.Length > 0).Select(l => (l.IsApart ? "apart: " : "") + l.Text)];

    private static string[] Lines(string body, string styles = Styles, params (string, string, string)[] parts) =>
        Lines(Make(body, styles, parts));

    private static string[] Tree(PlanDraft draft) =>
        [
            .. draft.Directions.SelectMany(d =>
                d.Actions.Select(a =>
                    $"{d.Title.Text} > {a.Title.Text}{string.Concat(a.Text.Select(t => " > " + t.Text))}"
                )
            ),
            .. draft.NotUnderstood.Select(p => "left: " + p.Text),
        ];

    private static PlanDraft Trial(string name)
    {
        var file = Sources.Path("..", "shared", "data", "trials", name);
        Assert.SkipUnless(File.Exists(file), "The trials are not beside this clone.");
        return PlanImport.Read(File.ReadAllBytes(file));
    }

    [Fact]
    public void Tracked_changes_read_as_if_they_were_accepted()
    {
        const string Gone = "<w:del w:id=\"1\"><w:r><w:delText>gone</w:delText></w:r></w:del>";
        const string Mark = "<w:rPr><w:del w:id=\"2\"/></w:rPr>";
        string Deleted(string row) =>
            row.Replace("<w:tr>", "<w:tr><w:trPr><w:del w:id=\"3\"/></w:trPr>", StringComparison.Ordinal);
        Assert.Equal(
            ["stays new", "moved here"],
            Lines(
                Paragraph(
                    Text("stays")
                        + Gone
                        + $"<w:ins w:id=\"4\">{Text(" new")}</w:ins><w:moveFrom>{Text(" moved here")}</w:moveFrom>"
                ) + Paragraph($"<w:moveTo>{Text("moved here")}</w:moveTo>")
            )
        );
        // A deleted paragraph mark joins two paragraphs; the properties of the mark that stays are those of both.
        Assert.Equal(
            ["## one two three"],
            Lines(
                Paragraph(Text("one "), properties: Mark) + Paragraph(Text("two "), properties: Mark) + Heading("three")
            )
        );
        Assert.Equal(["last"], Lines(Paragraph(Gone, properties: Mark) + Paragraph(Text("last"), properties: Mark)));
        Assert.Equal(
            ["| a | c |", "| e | f |"],
            Lines(
                Table(
                    Row(Cell("a"), Cell("b", "<w:cellDel w:id=\"5\"/>"), Cell("c")),
                    Deleted(Row(Cell("x"), Cell("y"))),
                    Row(Cell("e"), $"<w:tc>{Paragraph(Gone + $"<w:ins w:id=\"6\">{Text("f")}</w:ins>")}</w:tc>")
                )
            )
        );
        // An earlier formatting is no formatting.
        Assert.Equal(
            ["plain"],
            Lines(
                Paragraph(
                    "<w:r><w:rPr><w:rPrChange w:id=\"7\"><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr><w:t>plain</w:t></w:r>",
                    properties: "<w:pPrChange w:id=\"8\"><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr></w:pPrChange>"
                )
            )
        );
    }

    [Fact]
    public void A_note_stands_with_its_paragraph_and_never_in_a_title()
    {
        const string Mark = "<w:r><w:footnoteReference w:id=\"1\"/></w:r>";
        string[] Noted(string body) =>
            Lines(
                body,
                parts: (
                    "footnotes",
                    "footnotes",
                    $"<w:footnote w:type=\"separator\" w:id=\"-1\">{Paragraph(Text("rule"))}</w:footnote>"
                        + $"<w:footnote w:id=\"1\">{Paragraph(Text("Only then."))}{Paragraph(Text("Not before."))}</w:footnote>"
                )
            );
        Assert.Equal(
            ["- **Visit** Five visits [Only then. Not before.] a year."],
            Noted(Item(Bold("Visit") + Text(" Five visits") + Mark + Text(" a year.")))
        );
        Assert.Equal(
            ["First. Second [Only then. Not before.] one."],
            Noted(Paragraph(Text("First. Second") + Mark + Text(" one.")))
        );
        Assert.Equal(
            ["- **Visit cities** Five.", "[Only then. Not before.]"],
            Noted(Item(Bold("Visit") + Mark + Bold(" cities") + Text(" Five.")))
        );
        Assert.Equal(
            ["- Visit cities.", "[Only then. Not before.]"],
            Noted(Item(Text("Visit cities") + Mark + Text(".")))
        );
        Assert.Equal(["## Growing", "[Only then. Not before.]"], Noted(Paragraph(Text("Growing") + Mark, "Heading1")));
        Assert.Equal(
            ["| Visit | May |", "[Only then. Not before.]"],
            Noted(Table(Row($"<w:tc>{Paragraph(Text("Visit") + Mark)}</w:tc>", Cell("May"))))
        );
        // A second mark leads to the same note; the only mark was deleted; there is no mark at all.
        Assert.Equal(
            ["One", "[Only then. Not before.]", "Two"],
            Noted(Paragraph(Text("One") + Mark) + Paragraph(Text("Two") + Mark))
        );
        Assert.Equal(["Text"], Noted(Paragraph(Text("Text") + $"<w:del>{Mark}</w:del>")));
        Assert.Equal(["Text", "apart: Only then. Not before."], Noted(Paragraph(Text("Text"))));
    }

    [Fact]
    public void A_note_in_a_table_leaves_its_rows_a_table()
    {
        var draft = PlanImport.Read(
            Make(
                Paragraph(Text("Plan"))
                    + Table(
                        Row(Cell("Axis"), Cell("Action")),
                        Row(
                            Cell("Growing"),
                            $"<w:tc>{Paragraph(Text("Visit") + "<w:r><w:endnoteReference w:id=\"2\"/></w:r>")}</w:tc>"
                        ),
                        Row(Cell("Sharing"), Cell("Meet"))
                    ),
                Styles,
                ("endnotes", "endnotes", $"<w:endnote w:id=\"2\">{Paragraph(Text("paid by the region"))}</w:endnote>")
            )
        );
        Assert.Equal(["Growing > Visit > [paid by the region]", "Sharing > Meet"], Tree(draft));
    }

    [Fact]
    public void Content_controls_links_and_custom_markup_are_transparent_at_every_level()
    {
        string In(string content) =>
            $"<w:sdt><w:sdtPr><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>";
        string Custom(string content) => $"<w:customXml w:element=\"x\"><w:customXmlPr/>{content}</w:customXml>";
        Assert.Equal(
            ["one two three four five six seven", "| a | b | c |", "| d | e | f |", "last"],
            Lines(
                In(
                    In(
                        Paragraph(
                            Text("one ")
                                + In(Text("two "))
                                + $"<w:smartTag>{Text("three ")}</w:smartTag><w:hyperlink w:anchor=\"x\">{Text("four ")}</w:hyperlink>"
                                + $"<w:fldSimple w:instr=\"DATE\">{Text("five ")}</w:fldSimple><w:bdo w:val=\"rtl\">{Text("six ")}</w:bdo><w:dir>{Text("seven")}</w:dir>"
                        )
                    )
                )
                    + Table(
                        Row(In(Cell("a")), Custom(Cell("b")), Cell("c")),
                        In(Row(Cell("d"), Cell("e"), In(Cell("f"))))
                    )
                    + Custom(Paragraph(Text("last")))
            )
        );
        // What a control shows while it is empty is no text of anybody.
        Assert.Equal(
            ["| a |  | c |", "apart: Choose a date"],
            Lines(
                Table(
                    Row(
                        Cell("a"),
                        $"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{Cell("Choose a date")}</w:sdtContent></w:sdt>",
                        Cell("c")
                    )
                )
            )
        );
    }

    [Fact]
    public void Merged_cells_leave_the_others_in_their_columns()
    {
        const string Wide = "<w:gridSpan w:val=\"2\"/>";
        string[] Merged(params string[] rows) => Lines(Table(rows));
        Assert.Equal(
            [
                "| Axis | Action | Due | Who |",
                "| x |  | May | me |",
                "| y | Write | all year |  |",
                "|  | Meet | June | you |",
            ],
            Merged(
                Row(Cell("Axis"), Cell("Action"), Cell("Due"), Cell("Who")),
                Row(Cell("x", Wide), Cell("May"), Cell("me")),
                Row(Cell("y", "<w:vMerge w:val=\"restart\"/>"), Cell("Write"), Cell("all year", Wide)),
                Row(Cell("", "<w:vMerge/>"), Cell("Meet"), Cell("June"), Cell("you"))
            )
        );
        // A heading over all columns; a row that begins in the second column; borders that were moved.
        Assert.Equal(
            ["| The plan |  |", "| Action | Due |", "|  | May |", "| Visit | June |"],
            Merged(
                Row(Cell("The plan", "<w:gridSpan w:val=\"3\"/>")),
                Row(Cell("Action", Wide), Cell("Due")),
                "<w:tr><w:trPr><w:gridBefore w:val=\"2\"/></w:trPr>" + Cell("May") + "</w:tr>",
                Row(Cell("Visit"), Cell("June", Wide))
            )
        );
        // A width that nobody means.
        Assert.Equal(
            ["| a | b |", "| c |  |"],
            Merged(Row(Cell("a"), Cell("b")), Row(Cell("c", "<w:gridSpan w:val=\"2000000000\"/>")))
        );
        var all = string.Concat(Enumerable.Range(0, 200).Select(i => Cell($"c{i}")));
        Assert.Equal(200, Regex.Count(Merged(Row(all), Row(Cell("x")))[0], @"c\d+"));
    }

    [Fact]
    public void A_heading_is_told_by_its_style_those_it_is_based_on_and_its_outline_level()
    {
        string Style(string id, string name, string basedOn = "", string level = "") =>
            $"<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>"
            + (basedOn.Length > 0 ? $"<w:basedOn w:val=\"{basedOn}\"/>" : "")
            + (level.Length > 0 ? $"<w:pPr><w:outlineLvl w:val=\"{level}\"/></w:pPr>" : "")
            + "</w:style>";
        var styles =
            Style("H2", "heading 2")
            + Style("Axis", "Network Axis", "Mid")
            + Style("Mid", "Middle", "H2")
            + Style("Contents", "TOC Heading", "H2", "9")
            + Style("Own", "My own", "Body", "0")
            + Style("Body", "Body")
            + Style("A", "One", "B")
            + Style("B", "Two", "A")
            + Style("Sub", "Subtitle", "T")
            + Style("T", "Title")
            + Style("TOC1", "toc 1");
        string Line(string style, string properties = "") => Paragraph(Text("Some words"), style, properties);
        Assert.Equal(
            [
                "### Some words",
                "### Some words",
                "## Some words",
                "# Some words",
                "Some words",
                "Some words",
                "Some words",
                "Some words",
                "### Some words",
                "Some words",
                "###### Some words",
                "apart: Some words",
            ],
            Lines(
                Line("Axis")
                    + Line("H2")
                    + Line("Own")
                    + Line("T")
                    + Line("Body")
                    + Line("Contents")
                    + Line("A")
                    + Line("Sub")
                    + Line("Body", "<w:outlineLvl w:val=\"1\"/>")
                    + Line("H2", "<w:outlineLvl w:val=\"9\"/>")
                    + Line("heading 8")
                    + Line("TOC1"),
                styles
            )
        );
    }

    [Fact]
    public void Bold_by_style_is_bold_and_a_list_by_style_is_a_list()
    {
        const string More =
            Styles
            + """
                <w:style w:type="character" w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="Strong"/></w:style>
                <w:style w:type="paragraph" w:styleId="Lead"><w:name w:val="Lead"/><w:rPr><w:b/></w:rPr></w:style>
                <w:style w:type="paragraph" w:styleId="Point"><w:name w:val="Point"/>
                <w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
                <w:style w:type="paragraph" w:styleId="SubPoint"><w:name w:val="Sub"/><w:basedOn w:val="Point"/></w:style>
                """;
        string Run(string style, string more = "") =>
            $"<w:r><w:rPr><w:rStyle w:val=\"{style}\"/>{more}</w:rPr><w:t>Visit</w:t></w:r>";
        Assert.Equal(["- **Visit** cities."], Lines(Item(Run("Mine") + Text(" cities.")), More));
        Assert.Equal(["- Visit cities."], Lines(Item(Run("Mine", "<w:b w:val=\"0\"/>") + Text(" cities.")), More));
        Assert.Equal(
            ["**Visit**", "Visit"],
            Lines(Paragraph(Text("Visit"), "Lead") + Paragraph(Run("Strong"), "Lead"), More)
        );
        Assert.Equal(
            ["  - Visit", "Visit", "Visit"],
            Lines(
                Paragraph(Text("Visit"), "SubPoint")
                    + Paragraph(Text("Visit"), "SubPoint", "<w:numPr><w:numId w:val=\"0\"/></w:numPr>")
                    + Paragraph(Text("Visit"), "ListParagraph", "<w:numPr><w:numId w:val=\"0\"/></w:numPr>"),
                More
            )
        );
    }

    [Fact]
    public void Fields_show_their_result_and_drawings_their_text_once()
    {
        string Mark(string kind) => $"<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>";
        string Field(string instruction, string result) =>
            Mark("begin")
            + $"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
            + Mark("separate")
            + Text(result)
            + Mark("end");
        Assert.Equal(["page 7 of it"], Lines(Paragraph(Text("page ") + Field("PAGE", "7") + Text(" of it"))));
        var nested =
            Mark("begin")
            + "<w:r><w:instrText>IF </w:instrText></w:r>"
            + Field("MERGEFIELD x", "hidden")
            + Mark("separate")
            + Text("shown")
            + Mark("end");
        Assert.Equal(["shown"], Lines(Paragraph(nested)));
        Assert.Equal(["all the rest"], Lines(Paragraph(Mark("begin") + Text("all the rest"))));
        string Box(string content) =>
            $"""
                <w:r><mc:AlternateContent>
                <mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>
                <mc:Fallback><w:pict><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></w:pict></mc:Fallback>
                </mc:AlternateContent></w:r>
                """;
        Assert.Equal(
            ["beside", "apart: In the box"],
            Lines(Paragraph(Text("beside") + Box(Paragraph(Text("In the box")))))
        );
        Assert.Equal(["## Growing", "after"], Lines(Paragraph(Box(Heading("Growing"))) + Paragraph(Text("after"))));
        Assert.Equal(
            ["share a/b now"],
            Lines(
                Paragraph(
                    Text("share ")
                        + "<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath>"
                        + Text(" now")
                )
            )
        );
    }

    [Fact]
    public void Breaks_hyphens_tabs_and_symbols_read_as_they_look()
    {
        string Run(string content) => $"<w:r>{content}</w:r>";
        Assert.Equal(
            ["- **Visit cities** and\ttowns-by-train"],
            Lines(
                Item(
                    Run("<w:rPr><w:b/></w:rPr><w:t>Visit</w:t><w:cr/><w:t>ci\u00adties</w:t>")
                        + Run(
                            "<w:t xml:space=\"preserve\"> and</w:t><w:tab/><w:t>to</w:t><w:softHyphen/><w:t>wns</w:t><w:noBreakHyphen/><w:t>by-train</w:t>"
                        )
                )
            )
        );
        Assert.Equal(["## One Two"], Lines(Paragraph(Run("<w:t>One</w:t><w:br/><w:t>Two</w:t>"), "Heading1")));
        Assert.Equal(["One", "Two"], Lines(Paragraph(Run("<w:t>One</w:t><w:br w:type=\"page\"/><w:t>Two</w:t>"))));
        Assert.Equal(["One Two"], Lines(Paragraph(Run("<w:t>One&#xD;\nTwo</w:t>"))));
        Assert.Equal(
            ["✓ ≥ ½ \uFFFD"],
            Lines(
                Paragraph(
                    Run("<w:sym w:font=\"Wingdings\" w:char=\"F0FC\"/>")
                        + Text(" ")
                        + Run("<w:sym w:font=\"Symbol\" w:char=\"F0B3\"/>")
                        + Text(" ")
                        + Run("<w:sym w:font=\"Arial\" w:char=\"00BD\"/>")
                        + Text(" ")
                        + Run("<w:sym w:font=\"Webdings\" w:char=\"F041\"/>")
                )
            )
        );
    }

    /// <summary>Each word of each part is in the tree or in what was not understood, once.</summary>
    [Fact]
    public void No_word_of_any_part_is_gone()
    {
        var number = 0;
        string Word() => $"w{++number:000}x";
        string Box() =>
            $"<w:r><w:pict><v:textbox><w:txbxContent>{Paragraph(Text(Word()))}</w:txbxContent></v:textbox></w:pict></w:r>";
        string Note(int id) => $"<w:r><w:footnoteReference w:id=\"{id}\"/></w:r>";
        string Control(string content) => $"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>";
        var body = string.Concat(
            Enumerable
                .Range(1, 3)
                .Select(i =>
                    Heading(Word())
                    + Paragraph(Text(Word()) + Box() + Note(i))
                    + Control(
                        Item(
                            Bold(Word())
                                + Text(" " + Word() + ".")
                                + Note(i + 10)
                                + $"<w:hyperlink>{Text(" " + Word())}</w:hyperlink>"
                        )
                    )
                    + Item(Control(Text(Word())) + Box())
                    + Table(
                        Row(Cell("Action"), Cell("Due")),
                        Control(Row(Control(Cell(Word())), Cell(Word(), "<w:vMerge w:val=\"restart\"/>"))),
                        Row(Cell(Word(), "<w:gridSpan w:val=\"2\"/>")),
                        Row(
                            $"<w:tc>{Table(Row(Cell(Word()), Cell(Word())))}{Paragraph(Box() + Note(i + 20))}</w:tc>",
                            Cell(Word(), "<w:vMerge/>")
                        )
                    )
                    + Paragraph(Box())
                )
        );
        var notes = string.Concat(
            Enumerable.Range(0, 30).Select(i => $"<w:footnote w:id=\"{i}\">{Paragraph(Text(Word()))}</w:footnote>")
        );
        var file = Make(
            body,
            Styles,
            ("footnotes", "footnotes", notes),
            ("comments", "comments", $"<w:comment w:id=\"1\">{Paragraph(Text(Word()))}</w:comment>"),
            ("endnotes", "endnotes", $"<w:endnote w:id=\"1\">{Paragraph(Text(Word()))}</w:endnote>"),
            ("header", "hdr", Paragraph(Text(Word())) + Table(Row(Cell(Word())))),
            ("footer", "ftr", Paragraph(Box()))
        );
        Assert.InRange(number, 80, 200);
        AssertComplete(file);
        var found = Regex
            .Matches(DryRun.Json(PlanImport.Read(file), 2030, Language.English), @"w\d{3}x")
            .Select(m => m.Value)
            .ToList();
        Assert.Equal(Enumerable.Range(1, number).Select(i => $"w{i:000}x"), found.Order());
    }

    [Fact]
    public void Bold_items_of_a_numbered_list_are_headings_where_actions_follow_them_and_no_style_makes_headings()
    {
        const string Numbering = """
            <w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
            <w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
            <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
            <w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
            """;
        string In(int list, string runs) =>
            Paragraph(runs, properties: $"<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{list}\"/></w:numPr>");
        var plan =
            In(1, Bold("Knowledge"))
            + In(2, Bold("Meet") + Text(" in July."))
            + In(2, Bold("Award"))
            + In(1, Bold("Growth"))
            + In(2, Bold("Visit") + Text(" cities."));
        string[] Read(string body) => Lines(body, Styles, ("numbering", "numbering", Numbering));
        Assert.Equal(
            ["## Knowledge", "- **Meet** in July.", "- **Award**", "## Growth", "- **Visit** cities."],
            Read(plan)
        );
        Assert.Equal("## One", Read(Heading("One") + plan)[0]);
        Assert.Equal("- **Knowledge**", Read(Heading("One") + plan)[1]);
        Assert.Equal(
            ["- **Meet**", "In July.", "- **Award**", "- by hand"],
            Read(In(1, Bold("Meet")) + Paragraph(Text("In July.")) + In(1, Bold("Award")) + In(2, Text("by hand")))
        );
    }

    /// <summary>Its namespaces differ in every part.</summary>
    [Fact]
    public void The_strict_variant_is_read_as_well()
    {
        var file = Make(Heading("Growing") + Item(Bold("Visit") + Text(" cities.")));
        using var bytes = new MemoryStream();
        bytes.Write(file);
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Update, leaveOpen: true))
            foreach (var name in zip.Entries.Select(e => e.FullName).ToList())
            {
                string text;
                using (var reader = new StreamReader(zip.GetEntry(name)!.Open()))
                    text = reader.ReadToEnd();
                zip.GetEntry(name)!.Delete();
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(
                    text.Replace(
                            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                            "http://purl.oclc.org/ooxml/wordprocessingml/main",
                            StringComparison.Ordinal
                        )
                        .Replace(
                            "http://schemas.openxmlformats.org/officeDocument/2006/",
                            "http://purl.oclc.org/ooxml/officeDocument/",
                            StringComparison.Ordinal
                        )
                );
            }
        Assert.Equal(["## Growing", "- **Visit** cities."], Lines(bytes.ToArray()));
    }

    /// <summary>Small files that would cost much: read or refused in time.</summary>
    [Theory]
    [InlineData("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:t>x</w:t></w:r>", 100_000)]
    [InlineData("<w:r><w:footnoteReference w:id=\"1\"/></w:r>", 100_000)]
    [InlineData("<w:r><w:rPr><w:b/></w:rPr><w:t>x</w:t></w:r><w:r><w:t xml:space=\"preserve\"> y</w:t></w:r>", 100_000)]
    [InlineData("<w:bookmarkStart w:id=\"1\"/>", 200_000)]
    public async Task What_stands_in_a_paragraph_very_often_is_read_in_time(string runs, int times)
    {
        var file = Make(
            Item(Bold("Visit") + Text(" us. ") + string.Concat(Enumerable.Repeat(runs, times))),
            Styles,
            (
                "footnotes",
                "footnotes",
                $"<w:footnote w:id=\"1\">{Paragraph(Text(new string('n', 100_000)))}</w:footnote>"
            )
        );
        var lines = await Task.Run(() => Lines(file)).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.InRange(lines.Sum(l => l.Length), 10, 2_000_000);
    }

    [Fact]
    public async Task A_table_of_very_many_cells_is_read_in_time()
    {
        var wide = Row(string.Concat(Enumerable.Repeat("<w:tc/>", 200_000)));
        var file = Make(Heading("Growing") + Table(wide, string.Concat(Enumerable.Repeat(Row(Cell("x")), 20_000))));
        await Task.Run(() => Lines(file)).WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Words_of_documents_within_the_document_are_read()
    {
        var file = Make(Heading("Growing") + "<w:altChunk r:id=\"chunk\"/>");
        using var bytes = new MemoryStream();
        bytes.Write(file);
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Update, leaveOpen: true))
        {
            void Rewrite(string name, string before, string after)
            {
                string text;
                using (var reader = new StreamReader(zip.GetEntry(name)!.Open()))
                    text = reader.ReadToEnd();
                zip.GetEntry(name)!.Delete();
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(text.Replace(before, after, StringComparison.Ordinal));
            }
            Rewrite(
                "[Content_Types].xml",
                "</Types>",
                "<Default Extension=\"htm\" ContentType=\"text/html\"/></Types>"
            );
            Rewrite(
                "word/_rels/document.xml.rels",
                "</Relationships>",
                "<Relationship Id=\"chunk\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk\" Target=\"chunk.htm\"/></Relationships>"
            );
            using var chunk = new StreamWriter(zip.CreateEntry("word/chunk.htm").Open());
            chunk.Write("<ul><li><b>Visit</b> cities.</li></ul>");
        }
        Assert.Equal(["## Growing", "- **Visit** cities."], Lines(bytes.ToArray()));
    }

    public static TheoryData<string> Trials =>
        [
            "05-docx-tracked-changes/plan.docx",
            "07-docx-footnotes/plan.docx",
            "08-docx-content-controls/plan.docx",
            "09-docx-merged-cells/plan.docx",
            "10-docx-malformed-link/plan.docx",
            "10-docx-malformed-link/plan-b.docx",
            "10-docx-malformed-link/plan-c.docx",
            "10-docx-malformed-link/plan-d.docx",
            "10-docx-malformed-link/plan-e.docx",
            "11-docx-inherited-heading/plan.docx",
            "35-docx-strong-style/plan.docx",
        ];

    [Theory, MemberData(nameof(Trials))]
    public void No_word_of_a_trial_is_gone(string name)
    {
        var draft = Trial(name);
        AssertComplete(File.ReadAllBytes(Sources.Path("..", "shared", "data", "trials", name)));
        Assert.Equal("Work plan of the network for 2030", draft.Title!.Text);
    }

    [Fact]
    public void The_trials_give_the_plans_that_people_see()
    {
        Assert.Equal(
            [
                "Sharing what we know > Open the bank of practices > Cities send two practices a year.",
                "Sharing what we know > Publish the bulletin > It appears every quarter in five languages.",
                "Sharing what we know > Moved action",
                "Sharing what we know > Meet in spring > OLDPLACE sentence that was moved away.",
                "Growing > Visit candidate cities > Deadline: September 2030",
            ],
            Tree(Trial("05-docx-tracked-changes/plan.docx"))
        );
        Assert.Equal(
            [
                "Sharing what we know > Visit candidate cities > Five visits [Only if the region pays the travel.] a year.",
                "Sharing what we know > Open the bank of practices > Two a year.",
                "Growing > Write to mayors > Ten letters.",
            ],
            Tree(Trial("07-docx-footnotes/plan.docx"))
        );
        Assert.Equal(
            [
                "Growing > Visit candidate cities > Due: 30 June > Who: Regional office",
                "Growing > Write to mayors > Due: 1 March > Who: Secretariat",
                "Sharing > Open the bank of practices > Due: 1 May > Who: Secretariat",
            ],
            Tree(Trial("08-docx-content-controls/plan.docx"))
        );
        Assert.Equal(
            [
                "Growing > Visit candidate cities > Due: 30 June > Who: Regional office",
                "Growing > Write to mayors > Due: All year, whoever is asked",
                "left: | Sharing: open the bank of practices |  | 1 May | Secretariat |",
            ],
            Tree(Trial("09-docx-merged-cells/plan.docx"))
        );
        Assert.Equal(
            [
                "Sharing what we know > Open the bank of practices > Two a year.",
                "Sharing what we know > Hold the conference > In spring.",
                "Growing in every region > Visit candidate cities > Five visits.",
                "Growing in every region > Write to mayors > Ten letters.",
            ],
            Tree(Trial("11-docx-inherited-heading/plan.docx"))
        );
        Assert.Equal(
            [
                "Sharing what we know > Open the bank of practices > Cities send two a year. It is open to all. > - Details that belong to it.",
                "Sharing what we know > Hold the conference > In spring. Three days.",
                "Growing > Write to mayors > Ten letters. In June.",
            ],
            Tree(Trial("35-docx-strong-style/plan.docx"))
        );
    }

    private static void AssertComplete(byte[] file)
    {
        var json = DryRun.Json(PlanImport.Read(file), 2030, Language.English);
        var read = Words(json.Replace("\\n", " ", StringComparison.Ordinal)).ToHashSet();
        var written = new List<string>();
        using var zip = new ZipArchive(new MemoryStream(file));
        foreach (
            var part in zip.Entries.Where(e =>
                e.FullName.StartsWith("word/", StringComparison.Ordinal)
                && e.FullName.EndsWith(".xml", StringComparison.Ordinal)
            )
        )
        {
            using var stream = part.Open();
            written.AddRange(
                XDocument
                    .Load(stream)
                    .Descendants()
                    .Where(e => e.Name.LocalName == "t" && !e.Ancestors().Any(a => a.Name.LocalName == "moveFrom"))
                    .SelectMany(t => Words(t.Value))
            );
        }
        Assert.Empty(written.Except(read));
        Assert.NotEmpty(written);
    }

    private static IEnumerable<string> Words(string text) => Regex.Matches(text, @"[\p{L}\d]+").Select(m => m.Value);
}
