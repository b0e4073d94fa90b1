using System.Xml;
using System.Xml.Linq;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using Plenaria.Platform.Documents;
using W = DocumentFormat.OpenXml.Wordprocessing;

namespace Plenaria.Translation;

/// <summary>A text on its way out to a translator, or back.</summary>
/// <param name="SourceHash">The original it belongs to, as <see cref="LocalizedText.HashOf"/> names it.</param>
internal sealed record SheetText(
    Reference Reference,
    string Name,
    Kernel.Language Source,
    string SourceHash,
    string Original,
    string? Target
);

/// <summary>
/// Texts to translate as a Word file of two columns: above each pair a line that says which text it is, left the
/// original, right the translation. The line is what brings it home, so it must stay.
/// </summary>
internal static class TranslationDocx
{
    private const long MaxUnpacked = 100 << 20;

    public static byte[] Write(string title, string howTo, Kernel.Language target, IReadOnlyList<SheetText> texts)
    {
        using var bytes = new MemoryStream();
        using (var package = WordprocessingDocument.Create(bytes, WordprocessingDocumentType.Document))
        {
            package.PackageProperties.Title = title;
            var main = package.AddMainDocumentPart();
            var border = (EnumValue<W.BorderValues>)W.BorderValues.Single;
            var table = new W.Table(
                new W.TableProperties(
                    new W.TableWidth { Width = "5000", Type = W.TableWidthUnitValues.Pct },
                    new W.TableBorders(
                        new W.TopBorder { Val = border, Size = 4 },
                        new W.LeftBorder { Val = border, Size = 4 },
                        new W.BottomBorder { Val = border, Size = 4 },
                        new W.RightBorder { Val = border, Size = 4 },
                        new W.InsideHorizontalBorder { Val = border, Size = 4 },
                        new W.InsideVerticalBorder { Val = border, Size = 4 }
                    )
                ),
                new W.TableGrid(new W.GridColumn { Width = "4800" }, new W.GridColumn { Width = "4800" })
            );
            foreach (var text in texts)
            {
                table.Append(
                    new W.TableRow(
                        new W.TableRowProperties(new W.CantSplit()),
                        new W.TableCell(
                            new W.TableCellProperties(
                                new W.TableCellWidth { Width = "9600", Type = W.TableWidthUnitValues.Dxa },
                                new W.GridSpan { Val = 2 },
                                new W.Shading { Val = W.ShadingPatternValues.Clear, Fill = "E8ECEE" }
                            ),
                            Line(
                                $"{text.Reference} / {text.Name} / {text.Source}-{target} / {text.SourceHash}",
                                small: true
                            )
                        )
                    )
                );
                table.Append(new W.TableRow(Cell(text.Original), Cell(text.Target ?? "")));
            }
            main.Document = new(
                new W.Body(
                    Line(title, bold: true),
                    Line(howTo),
                    table,
                    new W.Paragraph(),
                    new W.SectionProperties(
                        new W.PageSize { Width = 11906, Height = 16838 },
                        new W.PageMargin
                        {
                            Top = 1134,
                            Bottom = 1134,
                            Left = 1134,
                            Right = 1134,
                        }
                    )
                )
            );
        }
        return bytes.ToArray();
    }

    /// <summary>The translations in such a file; what was left empty is not there.</summary>
    /// <exception cref="RuleViolationException">It is no Word file, or has no such table.</exception>
    public static (Kernel.Language Target, IReadOnlyList<SheetText> Texts) Read(byte[] content)
    {
        var texts = new List<SheetText>();
        Kernel.Language? target = null;
        try
        {
            InputGuard.DemandHarmless(content, MaxUnpacked, new("translation.not-a-sheet"));
            using var package = WordprocessingDocument.Open(new MemoryStream(content), isEditable: false);
            (Reference Reference, string Name, Kernel.Language Source, string Hash)? head = null;
            foreach (var row in package.MainDocumentPart!.Document!.Body!.Descendants<W.TableRow>())
            {
                var cells = row.Elements<W.TableCell>().Select(TextOf).ToList();
                if (
                    cells is [var line]
                    && line.Split('/', StringSplitOptions.TrimEntries) is [var reference, var name, var pair, var hash]
                    && pair.Split('-') is [var from, var to]
                    && Reference.TryParse(reference, null, out var known)
                    && Kernel.Language.TryParse(from, out var source)
                    && Kernel.Language.TryParse(to, out var into)
                )
                    (head, target) = (
                        (known, name, source, hash),
                        target is null || target == into
                            ? into
                            : throw new RuleViolationException("translation.mixed-sheet")
                    );
                else if (head is { } h && cells is [var original, var translation])
                {
                    if (translation.Length > 0)
                        texts.Add(new(h.Reference, h.Name, h.Source, h.Hash, original, translation));
                    head = null;
                }
            }
        }
        catch (Exception fault)
            when (fault
                    is OpenXmlPackageException
                        or FileFormatException
                        or XmlException
                        or InvalidDataException
                        or NullReferenceException
                        or InvalidOperationException
            )
        {
            throw new RuleViolationException("translation.not-a-sheet");
        }
        return target is { } language ? (language, texts) : throw new RuleViolationException("translation.not-a-sheet");
    }

    private static string TextOf(W.TableCell cell) =>
        string.Join('\n', cell.Descendants<W.Paragraph>().Select(TextOf)).Trim();

    private static string TextOf(W.Paragraph paragraph)
    {
        var text = string.Concat(
            paragraph
                .Descendants()
                .Where(d => !IsDeleted(d))
                .Select(d =>
                    d switch
                    {
                        W.Text t => t.Text,
                        W.Break or W.CarriageReturn => "\n",
                        W.TabChar => "\t",
                        W.NoBreakHyphen => "\u2011",
                        W.SoftHyphen => "\u00ad",
                        _ => "",
                    }
                )
        );
        // A translator's program makes a list of lines that begin with a hyphen: it comes back as one.
        var list = paragraph.ParagraphProperties?.NumberingProperties;
        return list is null || text.Length == 0 || list.NumberingId?.Val?.Value == 0
            ? text
            : new string(' ', 2 * (list.NumberingLevelReference?.Val?.Value ?? 0)) + "- " + text;
    }

    // Tracked changes are read as if they were accepted.
    private static bool IsDeleted(OpenXmlElement element) =>
        element.Ancestors().Any(a => a is W.DeletedRun or W.MoveFromRun);

    private static W.TableCell Cell(string text) =>
        new([
            new W.TableCellProperties(new W.TableCellWidth { Width = "4800", Type = W.TableWidthUnitValues.Dxa }),
            .. text.Split('\n').Select(l => Line(l)),
        ]);

    private static W.Paragraph Line(string text, bool small = false, bool bold = false) =>
        new(
            new W.Run([
                .. small
                    ? (OpenXmlElement[])
                        [new W.RunProperties(new W.Color { Val = "555555" }, new W.FontSize { Val = "16" })]
                : bold ? [new W.RunProperties(new W.Bold())]
                : [],
                new W.Text(Docx.Clean(text)) { Space = SpaceProcessingModeValues.Preserve },
            ])
        );
}

/// <summary>
/// Texts to translate as XLIFF 1.2 (OASIS, 2008), which translators' programs open: a file per record, a unit per text.
/// </summary>
internal static class Xliff
{
    private static readonly XNamespace Ns = "urn:oasis:names:tc:xliff:document:1.2";

    public static byte[] Write(Kernel.Language target, IReadOnlyList<SheetText> texts)
    {
        var document = new XDocument(
            new XElement(
                Ns + "xliff",
                new XAttribute("version", "1.2"),
                texts
                    .GroupBy(t => (t.Reference, t.Source))
                    .Select(g => new XElement(
                        Ns + "file",
                        new XAttribute("original", g.Key.Reference),
                        new XAttribute("source-language", g.Key.Source.Code),
                        new XAttribute("target-language", target.Code),
                        new XAttribute("datatype", "plaintext"),
                        new XElement(
                            Ns + "body",
                            g.Select(t => new XElement(
                                Ns + "trans-unit",
                                new XAttribute("id", t.Name),
                                new XAttribute("resname", t.SourceHash),
                                new XAttribute(XNamespace.Xml + "space", "preserve"),
                                new XElement(Ns + "source", Docx.Clean(t.Original)),
                                new XElement(
                                    Ns + "target",
                                    new XAttribute(
                                        "state",
                                        t.Target is null ? "needs-translation" : "needs-review-translation"
                                    ),
                                    Docx.Clean(t.Target ?? "")
                                )
                            ))
                        )
                    ))
            )
        );
        using var bytes = new MemoryStream();
        using (
            var writer = XmlWriter.Create(
                bytes,
                new() { Indent = false, Encoding = new System.Text.UTF8Encoding(false) }
            )
        )
            document.Save(writer);
        return bytes.ToArray();
    }

    /// <summary>The translations in such a file; what was left empty is not there.</summary>
    /// <exception cref="RuleViolationException">It is no such file.</exception>
    public static (Kernel.Language Target, IReadOnlyList<SheetText> Texts) Read(byte[] content)
    {
        try
        {
            var document = InputGuard.LoadXml(
                new MemoryStream(content),
                new("translation.not-a-sheet"),
                LoadOptions.PreserveWhitespace
            );
            var files = document.Root?.Elements(Ns + "file").ToList() ?? [];
            if (files.Select(f => LanguageOf(f, "target-language")).Distinct().Count() > 1)
                throw new RuleViolationException("translation.mixed-sheet");
            if (files.Count == 0 || LanguageOf(files[0], "target-language") is not { } target)
                throw new RuleViolationException("translation.not-a-sheet");
            return (target, [.. files.SelectMany(TextsOf)]);
        }
        catch (XmlException)
        {
            throw new RuleViolationException("translation.not-a-sheet");
        }
    }

    // XLIFF 1.2, section 2.4.3: states in which the target is no translation yet.
    private static readonly HashSet<string> Untranslated =
    [
        "new",
        "needs-translation",
        "needs-adaptation",
        "needs-l10n",
    ];

    private static IEnumerable<SheetText> TextsOf(XElement file)
    {
        if (
            !Reference.TryParse((string?)file.Attribute("original"), null, out var reference)
            || LanguageOf(file, "source-language") is not { } source
        )
            yield break;
        foreach (var unit in file.Descendants(Ns + "trans-unit"))
        {
            string Said(string name) => (string?)unit.Attribute(name) ?? "";
            var target = unit.Element(Ns + "target");
            var text = ((string?)target ?? "").Trim();
            if (
                text.Length > 0
                && !Untranslated.Contains((string?)target!.Attribute("state") ?? "")
                && Said("translate") != "no"
            )
                yield return new(
                    reference,
                    Said("id"),
                    source,
                    Said("resname"),
                    (string?)unit.Element(Ns + "source") ?? "",
                    text
                );
        }
    }

    // RFC 5646: a region says nothing to us; "fr-FR" is French.
    private static Kernel.Language? LanguageOf(XElement file, string attribute) =>
        Kernel.Language.TryParse(
            ((string?)file.Attribute(attribute))?.Split('-', '_')[0].ToLowerInvariant(),
            out var language
        )
            ? language
            : null;
}
