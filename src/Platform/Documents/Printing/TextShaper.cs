using System.Globalization;
using System.Text;

namespace Plenaria.Platform.Documents.Printing;

/// <summary>A part of a word in one font and one direction; widths in ems.</summary>
/// <param name="IsMarked">Whether the glyphs alone do not say the text: it is then written beside them.</param>
internal sealed record Piece(PrintFont Font, string Text, int Level, IReadOnlyList<Glyph> Glyphs, bool IsMarked)
{
    public float Width { get; } = Glyphs.Sum(g => g.Advance);
}

internal sealed record Word(IReadOnlyList<Piece> Pieces)
{
    public float Width { get; } = Pieces.Sum(p => p.Width);
}

/// <summary>
/// Turns the words of one document into glyphs. What no font has is written in its plain form where Unicode has one,
/// else as <see cref="Replacement"/>, and remembered.
/// </summary>
internal sealed class TextShaper(FontFolders fonts)
{
    public const string Replacement = "[?]";

    private readonly Dictionary<(string Text, bool IsBold, int Level), Word> _words = [];
    private readonly SortedSet<Rune> _missing = [];

    /// <summary>The characters that none of the fonts has.</summary>
    public IReadOnlyCollection<Rune> Missing => _missing;

    public Word Shape(string text, bool isBold, int level = 0)
    {
        if (!_words.TryGetValue((text, isBold, level), out var word))
            _words[(text, isBold, level)] = word = Make(text, isBold, _ => level);
        return word;
    }

    /// <summary>A word of a paragraph in which not everything runs from left to right.</summary>
    public Word Shape(string text, bool isBold, ReadOnlySpan<int> levels)
    {
        if (!levels.ContainsAnyExcept(levels[0]))
            return Shape(text, isBold, levels[0]);
        var each = levels.ToArray();
        return Make(text, isBold, i => each[i]);
    }

    private Word Make(string text, bool isBold, Func<int, int> levelAt)
    {
        var pieces = new List<Piece>();
        var begin = 0;
        var (font, level) = ((PrintFont?)null, 0);
        for (var i = 0; i < text.Length; )
        {
            var length = StringInfo.GetNextTextElementLength(text, i);
            var (nextFont, nextLevel) = (fonts.For(text.Substring(i, length), isBold), levelAt(i));
            if (i > 0 && (nextFont != font || nextLevel != level))
            {
                pieces.AddRange(Run(text[begin..i], font, level, isBold));
                begin = i;
            }
            (font, level) = (nextFont, nextLevel);
            i += length;
        }
        if (text.Length > 0)
            pieces.AddRange(Run(text[begin..], font, level, isBold));
        return new(pieces);
    }

    private IEnumerable<Piece> Run(string text, PrintFont? font, int level, bool isBold)
    {
        if (font is not null)
        {
            var glyphs = font.Shape(text, level % 2 == 1);
            return [new(font, text, level, glyphs, IsMarked: !IsPlain(glyphs))];
        }
        _missing.UnionWith(text.EnumerateRunes());
        return Substitute(text, level, isBold);
    }

    // The letters that Unicode calls compatible (a bold mathematical A, a number in a circle) stand for the text.
    private static IEnumerable<Piece> Substitute(string text, int level, bool isBold)
    {
        var own = isBold ? BundledFonts.Bold : BundledFonts.Regular;
        var plain = text.Normalize(NormalizationForm.FormKD);
        var shown = new StringBuilder();
        foreach (var rune in plain.EnumerateRunes())
            if (own.Has(rune.ToString()))
                shown.Append(rune);
            else if (!shown.ToString().EndsWith(Replacement, StringComparison.Ordinal))
                shown.Append(Replacement);
        return [new(own, text, level, own.Shape(shown.ToString(), rightToLeft: false), IsMarked: true)];
    }

    // Whoever reads the file puts the letters of Arabic and Hebrew in order themselves.
    private static bool IsPlain(IReadOnlyList<Glyph> glyphs) => glyphs.All(g => g.Text.Length > 0);
}
