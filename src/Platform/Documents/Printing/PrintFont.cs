using System.Buffers.Binary;
using System.Text;
using HarfBuzzSharp;
using Buffer = HarfBuzzSharp.Buffer;

namespace Plenaria.Platform.Documents.Printing;

/// <summary>A glyph in its place; lengths in ems. <see cref="Text"/> is what it stands for, empty where the glyph
/// before it says so already.</summary>
internal readonly record struct Glyph(ushort Id, int Index, string Text, float Advance, float Right, float Up);

/// <summary>One font, opened for shaping and for embedding. It is shared by all documents and never closed.</summary>
internal sealed class PrintFont
{
    // Numbers stand below each other in tables, and "->" does not become the glyph of another character.
    private static readonly Feature[] Plain = [new(Tag.Parse("tnum")), new(Tag.Parse("calt"), 0)];
    private static readonly Tag[] Outlines = [Tag.Parse("glyf"), Tag.Parse("CFF ")];

    private readonly Blob _blob;
    private readonly Face _face;
    private readonly Font _font;

    private PrintFont(string name, Blob blob, Face face)
    {
        (Name, _blob, _face) = (name, blob, face);
        _font = new(face);
        _font.SetFunctionsOpenType();
        UnitsPerEm = face.UnitsPerEm;
        _font.SetScale(UnitsPerEm, UnitsPerEm);
        _font.TryGetHorizontalFontExtents(out var extents);
        (Ascent, Descent) = ((float)extents.Ascender / UnitsPerEm, (float)extents.Descender / UnitsPerEm);
        HasCubicOutlines = !face.Tables.Contains(Outlines[0]);
    }

    public string Name { get; }
    public int UnitsPerEm { get; }
    public float Ascent { get; }
    public float Descent { get; }

    /// <summary>Whether the outlines are in the Compact Font Format rather than in TrueType's.</summary>
    public bool HasCubicOutlines { get; }

    /// <summary>Null when the file is no font, or one of pictures instead of outlines.</summary>
    public static PrintFont? TryOpen(string name, Blob blob)
    {
        var face = new Face(blob, 0);
        if (face.GlyphCount > 0 && face.UnitsPerEm > 0 && face.Tables.Intersect(Outlines).Any())
            return new(name, blob, face);
        face.Dispose();
        blob.Dispose();
        return null;
    }

    /// <summary>Whether it draws all characters of a grapheme; those that never show do not count.</summary>
    public bool Has(string grapheme)
    {
        foreach (var rune in grapheme.EnumerateRunes())
            if (!IsInvisible(rune) && !_font.TryGetNominalGlyph(rune.Value, out _))
                return false;
        return true;
    }

    private static bool IsInvisible(Rune rune) => rune.Value is 0x200C or 0x200D or (>= 0xFE00 and <= 0xFE0F);

    public float NominalAdvance(ushort glyph) => (float)_font.GetHorizontalGlyphAdvance(glyph) / UnitsPerEm;

    /// <summary>The bounds of all glyphs, in ems: left, bottom, right, top.</summary>
    public float[] Bounds()
    {
        using var head = _face.ReferenceTable(Tag.Parse("head"));
        var bytes = head.AsSpan();
        var bounds = new float[4];
        for (var i = 0; i < 4; i++)
            bounds[i] = (float)BinaryPrimitives.ReadInt16BigEndian(bytes[(36 + 2 * i)..]) / UnitsPerEm;
        return bounds;
    }

    /// <summary>The glyphs of a text in one direction, from left to right on the page.</summary>
    public IReadOnlyList<Glyph> Shape(string text, bool rightToLeft)
    {
        using var buffer = new Buffer();
        buffer.AddUtf16(text);
        buffer.GuessSegmentProperties();
        buffer.Direction = rightToLeft ? Direction.RightToLeft : Direction.LeftToRight;
        _font.Shape(buffer, rightToLeft ? [] : Plain);
        var infos = buffer.GetGlyphInfoSpan();
        var places = buffer.GetGlyphPositionSpan();
        var ends = EndsOfClusters(infos, text.Length);
        var glyphs = new Glyph[infos.Length];
        for (var i = 0; i < glyphs.Length; i++)
        {
            var index = (int)infos[i].Cluster;
            var isFirst = i == 0 || infos[i - 1].Cluster != infos[i].Cluster;
            glyphs[i] = new(
                (ushort)infos[i].Codepoint,
                index,
                isFirst ? text[index..ends[index]] : "",
                (float)places[i].XAdvance / UnitsPerEm,
                (float)places[i].XOffset / UnitsPerEm,
                (float)places[i].YOffset / UnitsPerEm
            );
        }
        return glyphs;
    }

    private static int[] EndsOfClusters(ReadOnlySpan<GlyphInfo> infos, int length)
    {
        var begins = new bool[length + 1];
        foreach (var info in infos)
            begins[info.Cluster] = true;
        var ends = new int[length];
        for (int i = length - 1, end = length; i >= 0; i--)
        {
            ends[i] = end;
            if (begins[i])
                end = i;
        }
        return ends;
    }

    /// <summary>The font with the outlines of these glyphs only, which keep their numbers.</summary>
    public byte[] Subset(IEnumerable<ushort> glyphs) => FontSubset.Of(_face, glyphs);
}
