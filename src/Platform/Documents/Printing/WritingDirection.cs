using System.Globalization;

namespace Plenaria.Platform.Documents.Printing;

/// <summary>
/// Which way the characters of a paragraph run: the Unicode bidirectional algorithm without its explicit controls,
/// which are taken out beforehand.
/// </summary>
internal static class WritingDirection
{
    private enum Kind
    {
        Left,
        Right,
        Number,
        Neutral,
    }

    /// <summary>
    /// A level for each character, odd where it runs from right to left; null when the whole text runs from left to
    /// right.
    /// </summary>
    public static int[]? Levels(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\u0590', '\u08FF') && !text.Any(IsRight))
            return null;
        var kinds = Kinds(text);
        var begin = kinds.FirstOrDefault(k => k is Kind.Left or Kind.Right, Kind.Left);
        Numbers(text, kinds, begin);
        return Resolve(kinds, begin);
    }

    /// <summary>The level of a text by the first letter that has a direction.</summary>
    public static int LevelOf(string text) =>
        text.Select(c => KindOf(c)).FirstOrDefault(k => k is Kind.Left or Kind.Right, Kind.Left) == Kind.Right ? 1 : 0;

    private static Kind[] Kinds(string text)
    {
        var kinds = new Kind[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            var follows =
                char.IsLowSurrogate(text[i]) || char.GetUnicodeCategory(text[i]) == UnicodeCategory.NonSpacingMark;
            kinds[i] = follows && i > 0 ? kinds[i - 1] : KindOf(text[i]);
        }
        return kinds;
    }

    private static Kind KindOf(char c) =>
        char.IsDigit(c) ? Kind.Number
        : IsRight(c) ? Kind.Right
        : char.IsLetter(c) ? Kind.Left
        : Kind.Neutral;

    // Surrogates: the planes of old Semitic scripts, Adlam and the Arabic mathematical letters.
    private static bool IsRight(char c) =>
        c is (>= '\u0590' and <= '\u08FF') or (>= '\uFB1D' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFC')
        || c is '\uD802' or '\uD803' or '\uD83A' or '\uD83B';

    // Digits after Latin letters belong to them; after Arabic ones they are a number that runs from left to right.
    private static void Numbers(string text, Kind[] kinds, Kind begin)
    {
        for (var i = 1; i < kinds.Length - 1; i++)
            if (
                kinds[i - 1] == Kind.Number
                && kinds[i + 1] == Kind.Number
                && text[i] is '.' or ',' or ':' or '/' or '-'
            )
                kinds[i] = Kind.Number;
        var last = begin;
        for (var i = 0; i < kinds.Length; i++)
            if (kinds[i] is Kind.Left or Kind.Right)
                last = kinds[i];
            else if (kinds[i] == Kind.Number && last == Kind.Left)
                kinds[i] = Kind.Left;
    }

    private static int[] Resolve(Kind[] kinds, Kind begin)
    {
        var levels = new int[kinds.Length];
        var (onLeft, onBase) = begin == Kind.Right ? (2, 1) : (0, 0);
        for (var i = 0; i < kinds.Length; )
        {
            var end = i + 1;
            while (end < kinds.Length && kinds[end] == kinds[i])
                end++;
            var before = Direction(i == 0 ? begin : kinds[i - 1]);
            var after = Direction(end == kinds.Length ? begin : kinds[end]);
            var level = kinds[i] switch
            {
                Kind.Left => onLeft,
                Kind.Right => 1,
                Kind.Number => 2,
                _ when before != after => onBase,
                _ => before == Kind.Right ? 1 : onLeft,
            };
            Array.Fill(levels, level, i, end - i);
            i = end;
        }
        return levels;
    }

    private static Kind Direction(Kind kind) => kind == Kind.Number ? Kind.Right : kind;

    /// <summary>What stands on a line, given in the order it is read, in the order it is seen.</summary>
    public static void Reorder<T>(List<T> items, Func<T, int> levelOf)
    {
        for (var level = items.Count == 0 ? 0 : items.Max(levelOf); level > 0; level--)
        for (var i = 0; i < items.Count; i++)
        {
            var end = i;
            while (end < items.Count && levelOf(items[end]) >= level)
                end++;
            items.Reverse(i, end - i);
            i = Math.Max(i, end - 1);
        }
    }
}
