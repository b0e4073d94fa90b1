using System.Globalization;
using System.Text;

namespace Plenaria.Platform.Documents.Printing;

/// <summary>How a text looks: size and distance of lines in points, ink as red, green, blue.</summary>
internal sealed record TextStyle(float Size, float Leading, string Ink, bool IsBold = false);

/// <summary>What stands on one line, from left to right.</summary>
internal sealed record TextLine(IReadOnlyList<Piece> Pieces, float Width, bool IsRightToLeft);

/// <summary>Breaks texts into lines between words; a word that no line can hold is broken.</summary>
internal sealed class TextBreaker(TextShaper shaper)
{
    /// <summary>More characters than the narrowest letters leave room for on the widest line.</summary>
    private const int MostOnLine = 400;

    public List<TextLine> Break(string text, TextStyle style, float width)
    {
        var lines = new List<TextLine>();
        foreach (var paragraph in Clean(text).Split('\n'))
        {
            var filling = new Filling(lines, WritingDirection.LevelOf(paragraph));
            var levels = WritingDirection.Levels(paragraph);
            foreach (var (begin, end) in Words(paragraph))
            {
                var isNew = true;
                foreach (var word in Fit(paragraph, begin, end, levels, style, width / style.Size))
                {
                    var space = isNew && begin > 0 ? Space(style, levels?[begin - 1] ?? 0) : null;
                    filling.Add(word, space, width / style.Size);
                    isNew = false;
                }
            }
            filling.End();
        }
        return lines;
    }

    /// <summary>How wide the longest word is, and the text without a break; the former at most
    /// <paramref name="most"/>.</summary>
    public (float Word, float Text) Measure(string text, TextStyle style, float most)
    {
        var (longest, whole) = (0f, 0f);
        foreach (var paragraph in Clean(text).Split('\n'))
        {
            var length = 0f;
            foreach (var (begin, end) in Words(paragraph))
            {
                // What is over-long is broken anyway: there is no need to know by how much.
                var word = shaper.Shape(paragraph[begin..Math.Min(end, begin + MostOnLine)], style.IsBold);
                longest = Math.Max(longest, word.Width * style.Size);
                length += (word.Width + Space(style, 0).Width) * style.Size;
            }
            whole = Math.Max(whole, length);
        }
        return (Math.Min(longest, most), whole);
    }

    private Piece Space(TextStyle style, int level) => shaper.Shape(" ", style.IsBold, level).Pieces[0];

    private IEnumerable<Word> Fit(string text, int begin, int end, int[]? levels, TextStyle style, float width)
    {
        while (begin < end)
        {
            var upTo = Math.Min(end, begin + MostOnLine);
            var word = Shape(text, begin, upTo, levels, style);
            if (word.Width > width)
            {
                upTo = begin + LengthThatFits(text[begin..upTo], word, width);
                word = Shape(text, begin, upTo, levels, style);
            }
            yield return word;
            begin = upTo;
        }
    }

    private Word Shape(string text, int begin, int end, int[]? levels, TextStyle style) =>
        levels is null
            ? shaper.Shape(text[begin..end], style.IsBold)
            : shaper.Shape(text[begin..end], style.IsBold, levels.AsSpan(begin, end - begin));

    private static int LengthThatFits(string text, Word word, float width)
    {
        var advances = new float[text.Length];
        var begin = 0;
        foreach (var piece in word.Pieces)
        {
            foreach (var glyph in piece.Glyphs)
                advances[begin + Math.Min(glyph.Index, piece.Text.Length - 1)] += glyph.Advance;
            begin += piece.Text.Length;
        }
        var (fitting, used) = (0, 0f);
        while (fitting < text.Length)
        {
            var length = StringInfo.GetNextTextElementLength(text, fitting);
            used += advances.AsSpan(fitting, length).ToArray().Sum();
            if (used > width && fitting > 0)
                return fitting;
            fitting += length;
        }
        return fitting;
    }

    private static IEnumerable<(int Begin, int End)> Words(string paragraph)
    {
        for (var i = 0; i < paragraph.Length; )
        {
            var begin = i;
            while (i < paragraph.Length && paragraph[i] != ' ')
                i++;
            if (i > begin)
                yield return (begin, i);
            i++;
        }
    }

    // Composed, as fonts have their letters; without what only steers a screen.
    private static string Clean(string text)
    {
        text = text.ReplaceLineEndings("\n");
        if (text.Any(char.IsSurrogate))
            text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        var kept = new StringBuilder(text.Length);
        foreach (var c in text.Normalize())
            if (c == '\n')
                kept.Append(c);
            else if (c == '\t' || (char.GetUnicodeCategory(c) == UnicodeCategory.SpaceSeparator && !IsNoBreak(c)))
                kept.Append(' ');
            else if (!char.IsControl(c) && !(char.GetUnicodeCategory(c) == UnicodeCategory.Format && !IsJoiner(c)))
                kept.Append(c);
        return kept.ToString();
    }

    private static bool IsNoBreak(char c) => c is '\u00A0' or '\u202F';

    private static bool IsJoiner(char c) => c is '\u200C' or '\u200D';

    /// <summary>The line that words are put on until it is full.</summary>
    private sealed class Filling(List<TextLine> lines, int level)
    {
        private List<Piece> _pieces = [];
        private float _width;

        public void Add(Word word, Piece? space, float most)
        {
            var gap = _pieces.Count > 0 ? space?.Width ?? 0 : 0;
            if (_pieces.Count > 0 && _width + gap + word.Width > most)
            {
                End();
                gap = 0;
            }
            if (gap > 0)
                _pieces.Add(space!);
            _pieces.AddRange(word.Pieces);
            _width += gap + word.Width;
        }

        public void End()
        {
            WritingDirection.Reorder(_pieces, p => p.Level);
            lines.Add(new(_pieces, _width, level == 1));
            _pieces = [];
            _width = 0;
        }
    }
}
