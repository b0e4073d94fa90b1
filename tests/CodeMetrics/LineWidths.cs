using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Plenaria.CodeMetrics;

/// <summary>
/// Widths of lines that are not blank. A line cannot be broken when one piece of it alone, at the line's indentation,
/// is over the limit: in C# a string literal (or the text between two holes of one) or a word of a comment, in Razor
/// whatever stands between white space and angle brackets, such as an address.
/// </summary>
internal static class LineWidths
{
    private static readonly int[] Limits = [120, 140];

    public static Distribution Of(string name, IEnumerable<CodeFile> files) =>
        new(
            name,
            files.SelectMany(file =>
                file.Lines.Select((line, i) => new Measured(line.Length, file.At(i)))
                    .Where((_, i) => !string.IsNullOrWhiteSpace(file.Lines[i]))
            )
        );

    public static IEnumerable<Figure> Over(string name, IReadOnlyCollection<CodeFile> files)
    {
        foreach (var limit in Limits)
        {
            var wide = files
                .Where(file => file.Lines.Any(line => line.Length > limit))
                .SelectMany(file =>
                {
                    var pieces = WidestPieces(file);
                    return file
                        .Lines.Select((line, i) => (Width: line.Length, CanBreak: pieces[i] <= limit, At: file.At(i)))
                        .Where(line => line.Width > limit);
                })
                .OrderByDescending(line => line.Width)
                .ToList();
            foreach (var canBreak in (bool[])[true, false])
                yield return new Figure(
                    $"{name} over {limit} that {(canBreak ? "can" : "cannot")} be broken",
                    [.. wide.Where(l => l.CanBreak == canBreak).Select(l => $"{l.Width, 4} {l.At}")]
                );
        }
    }

    /// <summary>Of each line its indentation and its widest piece together.</summary>
    private static int[] WidestPieces(CodeFile file)
    {
        var widest = new int[file.Lines.Length];
        if (file.Root is not { } root)
        {
            for (var i = 0; i < widest.Length; i++)
                widest[i] = Indentation(file.Lines[i]) + LongestWord(file.Lines[i]);
            return widest;
        }
        foreach (var token in file.Tokens.Where(IsText))
            Spread(token.GetLocation(), whole: true);
        foreach (var comment in root.DescendantTrivia().Where(IsComment))
            Spread(comment.GetLocation(), whole: false);
        return widest;

        void Spread(Location location, bool whole)
        {
            var span = location.GetLineSpan();
            var (first, last) = (span.StartLinePosition, span.EndLinePosition);
            for (var i = first.Line; i <= last.Line && i < widest.Length; i++)
            {
                var line = file.Lines[i];
                var from = i == first.Line ? first.Character : 0;
                var to = i == last.Line ? Math.Min(last.Character, line.Length) : line.Length;
                // A comma or semicolon stays on the line of what it ends.
                if (to < line.Length && line[to] is ',' or ';')
                    to++;
                // Within a literal of several lines the white space in front is part of it.
                var indentation = i == first.Line ? Indentation(line) : 0;
                var piece = line[Math.Min(from, to)..to];
                widest[i] = Math.Max(widest[i], indentation + (whole ? piece.Length : LongestWord(piece)));
            }
        }
    }

    private static bool IsText(SyntaxToken token) =>
        token.Kind()
            is SyntaxKind.StringLiteralToken
                or SyntaxKind.SingleLineRawStringLiteralToken
                or SyntaxKind.MultiLineRawStringLiteralToken
                or SyntaxKind.Utf8StringLiteralToken
                or SyntaxKind.Utf8SingleLineRawStringLiteralToken
                or SyntaxKind.Utf8MultiLineRawStringLiteralToken
                or SyntaxKind.InterpolatedStringTextToken;

    private static bool IsComment(SyntaxTrivia trivia) =>
        trivia.Kind()
            is SyntaxKind.SingleLineCommentTrivia
                or SyntaxKind.MultiLineCommentTrivia
                or SyntaxKind.SingleLineDocumentationCommentTrivia
                or SyntaxKind.MultiLineDocumentationCommentTrivia;

    private static int Indentation(string line) => line.Length - line.TrimStart().Length;

    private static int LongestWord(string text) => text.Split([' ', '\t', '<', '>']).Max(word => word.Length);
}
