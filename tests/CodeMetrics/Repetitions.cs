using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Plenaria.CodeMetrics;

/// <summary>
/// Passages of C# that stand twice, compared by their tokens, so that indentation and comments do not matter.
/// </summary>
internal static class Repetitions
{
    private const int Passage = 6;

    public static Figure Of(IEnumerable<CodeFile> files)
    {
        var texts = new Dictionary<string, int>();
        var seen = new Dictionary<(int, int, int, int, int, int), string>();
        var twice = new List<string>();
        foreach (var file in files.Where(f => f.Root is not null))
        {
            var lines = LinesOf(file);
            var ids = lines.ConvertAll(line =>
                texts.TryGetValue(line.Text, out var id) ? id : texts[line.Text] = texts.Count
            );
            var last = -Passage;
            for (var i = 0; i + Passage <= lines.Count; i++)
            {
                var passage = (ids[i], ids[i + 1], ids[i + 2], ids[i + 3], ids[i + 4], ids[i + 5]);
                var place = file.At(lines[i].Number);
                if (seen.TryAdd(passage, place) || i < last + Passage)
                    continue;
                twice.Add($"{seen[passage]} and {place}");
                last = i;
            }
        }
        return new Figure($"passages of {Passage} lines that stand twice", twice);
    }

    /// <summary>The lines with more than punctuation on them, without the imports.</summary>
    private static List<(string Text, int Number)> LinesOf(CodeFile file)
    {
        var text = file.Root!.SyntaxTree.GetText().Lines;
        var imports = file.Nodes.OfType<UsingDirectiveSyntax>().LastOrDefault()?.Span.End ?? 0;
        var lines = new List<(string, int)>();
        var tokens = new List<string>();
        var (number, isWords) = (-1, false);
        foreach (var token in file.Tokens.Where(t => t.SpanStart >= imports))
        {
            if (text.IndexOf(token.SpanStart) is var at && at != number)
            {
                Add();
                (number, isWords) = (at, false);
                tokens.Clear();
            }
            tokens.Add(token.Text);
            isWords |= !SyntaxFacts.IsPunctuation(token.Kind());
        }
        Add();
        return lines;

        void Add()
        {
            if (isWords)
                lines.Add((string.Join(' ', tokens), number));
        }
    }
}
