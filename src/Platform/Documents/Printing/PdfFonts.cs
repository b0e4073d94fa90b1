using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PdfSharp.Pdf;

namespace Plenaria.Platform.Documents.Printing;

/// <summary>The fonts that one document uses, and of each the glyphs: no others are embedded.</summary>
internal sealed class PdfFonts
{
    private readonly Dictionary<PrintFont, UsedFont> _used = [];

    private sealed record UsedFont(string Name)
    {
        public SortedDictionary<ushort, (float Width, string Text)> Glyphs { get; } = [];
    }

    public string NameOf(PrintFont font) => Of(font).Name;

    private UsedFont Of(PrintFont font)
    {
        if (!_used.TryGetValue(font, out var used))
            _used[font] = used = new($"F{_used.Count}");
        return used;
    }

    /// <summary>Notes that a glyph is drawn, and what it says where that is not written beside it.</summary>
    /// <returns>Its width in the font, in thousandths of an em.</returns>
    public float Use(PrintFont font, Glyph glyph, bool isNamed)
    {
        var glyphs = Of(font).Glyphs;
        var text = isNamed ? glyph.Text : "";
        if (!glyphs.TryGetValue(glyph.Id, out var known))
            known = (MathF.Round(font.NominalAdvance(glyph.Id) * 1000, 2), "");
        glyphs[glyph.Id] = (known.Width, known.Text.Length > 0 ? known.Text : text);
        return known.Width;
    }

    /// <summary>Writes the fonts into the file.</summary>
    /// <returns>The dictionary of fonts that the pages share.</returns>
    public PdfDictionary WriteTo(PdfObjects objects)
    {
        var fonts = objects.Dictionary();
        foreach (var (font, used) in _used)
            fonts.Elements.SetReference($"/{used.Name}", Composite(objects, font, used));
        return fonts;
    }

    private static PdfDictionary Composite(PdfObjects objects, PrintFont font, UsedFont used)
    {
        var file = font.Subset(used.Glyphs.Keys);
        // A subset has a name of its own; made from what is in it, so that the same document is the same bytes.
        var letters = SHA256.HashData(file).Take(6).Select(b => (char)('A' + b % 26));
        var name = $"/{string.Concat(letters)}+{font.Name}";
        var composite = objects.Add("/Font", "/Type0");
        composite.Elements.SetName("/BaseFont", name);
        composite.Elements.SetName("/Encoding", "/Identity-H");
        var descendants = new PdfArray(objects.File);
        descendants.Elements.Add(Descendant(objects, font, used, name, file).Reference!);
        composite.Elements["/DescendantFonts"] = descendants;
        composite.Elements.SetReference("/ToUnicode", objects.Stream(ToUnicode(used)));
        return composite;
    }

    private static PdfDictionary Descendant(PdfObjects objects, PrintFont font, UsedFont used, string name, byte[] file)
    {
        var descendant = objects.Add("/Font", font.HasCubicOutlines ? "/CIDFontType0" : "/CIDFontType2");
        descendant.Elements.SetName("/BaseFont", name);
        var system = new PdfDictionary(objects.File);
        system.Elements.SetString("/Registry", "Adobe");
        system.Elements.SetString("/Ordering", "Identity");
        system.Elements.SetInteger("/Supplement", 0);
        descendant.Elements["/CIDSystemInfo"] = system;
        if (!font.HasCubicOutlines)
            descendant.Elements.SetName("/CIDToGIDMap", "/Identity");
        descendant.Elements.SetInteger("/DW", 0);
        var widths = used.Glyphs.Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Key}[{g.Value.Width}]"));
        descendant.Elements["/W"] = new PdfLiteral($"[{string.Join(' ', widths)}]");
        descendant.Elements.SetReference("/FontDescriptor", Descriptor(objects, font, name, file));
        return descendant;
    }

    private static PdfDictionary Descriptor(PdfObjects objects, PrintFont font, string name, byte[] file)
    {
        const int symbolic = 4;
        var descriptor = objects.Add("/FontDescriptor");
        descriptor.Elements.SetName("/FontName", name);
        descriptor.Elements.SetInteger("/Flags", symbolic);
        descriptor.Elements["/FontBBox"] = new PdfLiteral($"[{string.Join(' ', font.Bounds().Select(Thousandths))}]");
        descriptor.Elements.SetInteger("/ItalicAngle", 0);
        descriptor.Elements.SetInteger("/Ascent", Thousandths(font.Ascent));
        descriptor.Elements.SetInteger("/Descent", Thousandths(font.Descent));
        descriptor.Elements.SetInteger("/CapHeight", 700);
        descriptor.Elements.SetInteger("/StemV", 80);
        var embedded = objects.Stream(file);
        if (font.HasCubicOutlines)
            embedded.Elements.SetName("/Subtype", "/OpenType");
        else
            embedded.Elements.SetInteger("/Length1", file.Length);
        descriptor.Elements.SetReference(font.HasCubicOutlines ? "/FontFile3" : "/FontFile2", embedded);
        return descriptor;
    }

    private static int Thousandths(float ems) => (int)MathF.Round(ems * 1000);

    private static byte[] ToUnicode(UsedFont used)
    {
        const int mostInBlock = 100;
        var map = new StringBuilder(
            """
            /CIDInit /ProcSet findresource begin 12 dict begin begincmap
            /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
            /CMapName /Adobe-Identity-UCS def /CMapType 2 def
            1 begincodespacerange <0000> <FFFF> endcodespacerange

            """
        );
        foreach (var block in used.Glyphs.Where(g => g.Value.Text.Length > 0).Chunk(mostInBlock))
        {
            map.Append(CultureInfo.InvariantCulture, $"{block.Length} beginbfchar\n");
            foreach (var (glyph, (_, text)) in block)
            {
                var code = Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text));
                map.Append(CultureInfo.InvariantCulture, $"<{glyph:X4}> <{code}>\n");
            }
            map.Append("endbfchar\n");
        }
        map.Append("endcmap CMapName currentdict /CMap defineresource pop end end\n");
        return Encoding.ASCII.GetBytes(map.ToString());
    }
}
