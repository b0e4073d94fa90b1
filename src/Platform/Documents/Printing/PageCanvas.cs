using System.Globalization;
using System.Text;

namespace Plenaria.Platform.Documents.Printing;

/// <summary>
/// The operators of one page. Everything drawn is part of an element or is an artifact; lengths are in points from the
/// top left corner.
/// </summary>
internal sealed class PageCanvas(int index, float height, PdfFonts fonts)
{
    private static readonly CultureInfo Numbers = CultureInfo.InvariantCulture;

    private readonly StringBuilder _operators = new();
    private string? _ink;

    /// <summary>The elements that the numbered pieces of this page belong to.</summary>
    public List<TagNode> Owners { get; } = [];

    /// <summary>The pictures on the page by the name they have there.</summary>
    public Dictionary<string, PrintedPicture> Pictures { get; } = [];

    public byte[] ToBytes() => Encoding.ASCII.GetBytes(_operators.ToString());

    public void Begin(TagNode node)
    {
        _operators.Append(Numbers, $"/{node.Type} <</MCID {Owners.Count}>> BDC\n");
        node.Contents.Add((index, Owners.Count));
        Owners.Add(node);
    }

    /// <summary>What follows is no content: a rule, a page number, the head of a table that is there again.</summary>
    public void BeginArtifact(string? type = null) =>
        _operators.Append(Numbers, $"/Artifact {(type is null ? "BMC" : $"<</Type /{type}>> BDC")}\n");

    public void End() => _operators.Append("EMC\n");

    public void Rectangle(float x, float y, float width, float tall, string ink)
    {
        Ink(ink);
        _operators.Append(Numbers, $"{x:0.##} {height - y - tall:0.##} {width:0.##} {tall:0.##} re f\n");
    }

    public void Picture(PrintedPicture picture, float x, float y, float width, float tall)
    {
        var name = $"P{Pictures.Count}";
        Pictures[name] = picture;
        _operators.Append(
            Numbers,
            $"q {width:0.##} 0 0 {tall:0.##} {x:0.##} {height - y - tall:0.##} cm /{name} Do Q\n"
        );
    }

    public void Line(TextLine line, TextStyle style, float x, float baseline)
    {
        if (line.Pieces.Count == 0)
            return;
        Ink(style.Ink);
        _operators.Append(Numbers, $"BT 1 0 0 1 {x:0.##} {height - baseline:0.##} Tm\n");
        PrintFont? font = null;
        for (var i = 0; i < line.Pieces.Count; )
        {
            var piece = line.Pieces[i];
            if (piece.Font != font)
                _operators.Append(Numbers, $"/{fonts.NameOf(font = piece.Font)} {style.Size:0.##} Tf\n");
            var end = i + 1;
            if (piece.IsMarked)
                Marked(piece, style);
            else
            {
                while (end < line.Pieces.Count && line.Pieces[end].Font == font && !line.Pieces[end].IsMarked)
                    end++;
                Show(font!, line.Pieces.Skip(i).Take(end - i).SelectMany(p => p.Glyphs), style);
            }
            i = end;
        }
        _operators.Append("ET\n");
    }

    private void Marked(Piece piece, TextStyle style)
    {
        _operators.Append(
            Numbers,
            $"/Span <</ActualText <FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(piece.Text))}>>> BDC\n"
        );
        Show(piece.Font, piece.Glyphs, style, areNamed: false);
        End();
    }

    // Glyphs follow each other by the widths the font gives them; what shaping moved is put in between, in
    // thousandths of an em.
    private void Show(PrintFont font, IEnumerable<Glyph> glyphs, TextStyle style, bool areNamed = true)
    {
        _operators.Append("[<");
        var owed = 0f;
        foreach (var glyph in glyphs)
        {
            var width = fonts.Use(font, glyph, areNamed);
            if (glyph.Up != 0)
                _operators.Append(Numbers, $">] TJ {glyph.Up * style.Size:0.##} Ts [<");
            owed -= glyph.Right * 1000;
            if (Math.Abs(owed) >= 0.5f)
                _operators.Append(Numbers, $">{owed:0.#}<");
            _operators.Append(Numbers, $"{glyph.Id:X4}");
            owed = (Math.Abs(owed) >= 0.5f ? 0 : owed) + width - (glyph.Advance - glyph.Right) * 1000;
            if (glyph.Up != 0)
                _operators.Append(">] TJ 0 Ts [<");
        }
        if (Math.Abs(owed) >= 0.5f)
            _operators.Append(Numbers, $">{owed:0.#}<");
        _operators.Append(">] TJ\n");
    }

    private void Ink(string ink)
    {
        if (_ink == ink)
            return;
        _ink = ink;
        _operators.Append(Numbers, $"{ink} rg\n");
    }
}
