using System.Text.RegularExpressions;

namespace Plenaria.Plans.Import;

/// <summary>
/// Groups the lines of a plan into blocks: what is a heading, an item, a paragraph, and what goes on over a page break.
/// </summary>
internal static partial class BlockReader
{
    public static List<Block> Read(IReadOnlyList<SourceLine> lines)
    {
        var blocks = new List<Block>();
        var open = false; // does the block above still accept a line?
        foreach (var line in lines)
        {
            var text = line.Text.Trim();
            if (text.Length == 0)
            {
                open = false;
                continue;
            }
            if (open && blocks[^1] is { Shape: Shape.Paragraph } above && Underline().IsMatch(text))
            {
                blocks[^1] = above with
                {
                    Shape = Shape.Heading,
                    Style = text[0] == '=' ? "#1" : "#2",
                    Lines = [.. above.Lines, line.Number],
                };
                open = false;
                continue;
            }
            var block = Classify(line, text);
            if (open && Continues(blocks[^1], block))
                blocks[^1] = Join(blocks[^1], block);
            else
                blocks.Add(block);
            open = blocks[^1].Shape is Shape.Paragraph or Shape.Item || blocks[^1].Style == "caps";
        }
        return ListsToItems(JoinBrokenSentences(blocks));
    }

    private static Block Classify(SourceLine line, string text)
    {
        Block Make(Shape shape, string style, string words, string label = "") =>
            new(shape, style, words.Trim(), [line.Number], Indent(line.Text)) { Label = label.Trim() };

        if (Hash().Match(text) is { Success: true } hash)
            return Make(Shape.Heading, $"#{hash.Groups[1].Length}", Block.Plain(hash.Groups[2].Value));
        if (Ornament().IsMatch(text))
            return Make(Shape.Ornament, "", text);
        if (text.StartsWith('|') && text.Length > 1)
            return Make(TableRule().IsMatch(text) ? Shape.Ornament : Shape.Row, "row", text);
        if (Bullet().Match(text) is { Success: true } bullet)
            return Make(Shape.Item, "item", TickMark().Replace(bullet.Groups[1].Value, ""));
        if (
            Numbered().Match(Block.Plain(text)) is { Success: true } number
            && number.Groups[2].Value.Any(char.IsLetter)
        )
        {
            var style = $"num{number.Groups[1].Value.Split('.', StringSplitOptions.RemoveEmptyEntries).Length}";
            var words =
                text.StartsWith("**", StringComparison.Ordinal) && !text.EndsWith("**", StringComparison.Ordinal)
                    ? "**" + text[2..].TrimStart()[number.Groups[1].Length..].TrimStart(' ', '.', ')', '-')
                    : number.Groups[2].Value;
            return Make(LooksLikeTitle(words) ? Shape.Heading : Shape.Item, style, words, number.Groups[1].Value);
        }
        var plain = Block.Plain(text);
        if (LooksLikeTitle(plain) && WordAndNumber().IsMatch(plain))
            return Make(Shape.Heading, "word", plain);
        if (WholeBold().IsMatch(text) && LooksLikeTitle(plain))
            return Make(Shape.Heading, "bold", plain);
        // In brackets stands a note.
        if (Block.IsCaps(text) && text.Length <= 200 && !text.StartsWith('['))
            return Make(Shape.Heading, "caps", text);
        return Make(Shape.Paragraph, "", text);
    }

    private static bool LooksLikeTitle(string words) =>
        words.Length <= 160
        && (
            Block.IsCaps(words)
            || !words.TrimEnd('*').TrimEnd().TrimEnd(':').Contains(". ", StringComparison.Ordinal)
                && !words.EndsWith('.')
        );

    private static bool Continues(Block above, Block below) =>
        (above.Shape, below.Shape) switch
        {
            (Shape.Paragraph or Shape.Item, Shape.Paragraph) => true,
            // A lead in capitals that was broken over two lines.
            (Shape.Item, Shape.Heading) => below.Style == "caps"
                && Block.IsCaps(above.Text)
                && !EndsSentence(above.Text),
            (Shape.Heading, Shape.Heading) => above.Style == "caps"
                && below.Style == "caps"
                && !EndsSentence(above.Text),
            _ => false,
        };

    private static Block Join(Block above, Block below) =>
        above with
        {
            Text = above.Text + " " + below.Text,
            Lines = [.. above.Lines, .. below.Lines],
        };

    /// <summary>
    /// A sentence without its end, and after a break a paragraph that begins small: one paragraph, whatever page number
    /// stands between.
    /// </summary>
    private static List<Block> JoinBrokenSentences(List<Block> blocks)
    {
        var joined = new List<Block>();
        foreach (var block in blocks)
        {
            var last = joined.FindLastIndex(b => b.Shape != Shape.Ornament);
            if (
                last >= 0
                && block.Shape == Shape.Paragraph
                && char.IsLower(block.Text[0])
                && joined[last].Shape is Shape.Paragraph or Shape.Item
                && !EndsSentence(joined[last].Text)
            )
                joined[last] = Join(joined[last], block);
            else
                joined.Add(block);
        }
        return joined;
    }

    /// <summary>
    /// Short numbered or worded lines that follow each other with nothing in between are a list, not headings without
    /// content.
    /// </summary>
    private static List<Block> ListsToItems(List<Block> blocks)
    {
        for (var start = 0; start < blocks.Count; start++)
        {
            var end = start;
            while (
                end < blocks.Count
                && blocks[end].Shape == Shape.Heading
                && blocks[end].Style == blocks[start].Style
                && (blocks[start].Style.StartsWith("num", StringComparison.Ordinal) || blocks[start].Style == "word")
                // Counting begins anew: the list is over and the headings that it announced begin.
                && (end == start || LastNumber(blocks[end]) > LastNumber(blocks[end - 1]))
            )
                end++;
            if (end - start < 2)
                continue;
            for (var i = start; i < end; i++)
                blocks[i] = blocks[i] with { Shape = Shape.Item };
            start = end - 1;
        }
        return blocks;
    }

    private static int LastNumber(Block block) =>
        Number().Matches(block.Label.Length > 0 ? block.Label : block.Text).LastOrDefault() is { } match
            ? int.Parse(match.Value, System.Globalization.CultureInfo.InvariantCulture)
            : 0;

    private static bool EndsSentence(string text) =>
        text.Length > 0 && ".:;!?…)]\"”»'’".Contains(text.TrimEnd('*', '_')[^1..], StringComparison.Ordinal);

    private static int Indent(string line) => line.TakeWhile(char.IsWhiteSpace).Sum(c => c == '\t' ? 4 : 1);

    [GeneratedRegex(@"^(=|-){3,}$")]
    private static partial Regex Underline();

    [GeneratedRegex(@"^(#{1,6})\s+(.*?)\s*#*$", RegexOptions.NonBacktracking)]
    private static partial Regex Hash();

    // Rules, page numbers, "page 3 of 12".
    [GeneratedRegex(
        @"^([-–—_*=·.\s]{3,}|[-–—\s]*\d{1,4}[-–—\s]*|(p[áàa]g(e|ina)?\.?)\s*\d+(\s*(/|de|of|sur)\s*\d+)?)$",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Ornament();

    [GeneratedRegex(@"^\|[\s:|-]+\|?$")]
    private static partial Regex TableRule();

    [GeneratedRegex(@"^(?:[-*+•‣◦▪■●○–—✓✔➢►→]|[a-zA-Z]\))\s+(.+)$")]
    private static partial Regex Bullet();

    [GeneratedRegex(@"^[✓✔☑►•]\s*")]
    private static partial Regex TickMark();

    [GeneratedRegex(@"^((?:\d{1,2}\.)*\d{1,2}[.)]?|[IVX]{1,5}[.)])(?:\s*[-–—])?\s+(.+)$")]
    private static partial Regex Numbered();

    [GeneratedRegex(
        @"^((?:eje|l[íi]nea|direcci[óo]n|axe|axis|direction|priority area|strategic line|objectiu|objetivo|objectif|eix|eixo|linha|[àa]rea|orientation|pillar|pilar)(?:\s+\p{L}{5,12})?\s+(?:\d{1,2}|[IVX]{1,5}))\s*[.:–—-]\s*(.+)$",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex WordAndNumber();

    [GeneratedRegex(@"^(\*\*|__)(?:(?!\1).)+\1[:.]?$")]
    private static partial Regex WholeBold();

    [GeneratedRegex(@"\d{1,4}")]
    private static partial Regex Number();
}
