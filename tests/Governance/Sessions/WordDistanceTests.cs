using DiffPlex.DiffBuilder.Model;
using Plenaria.Sessions.Wording;

namespace Plenaria.Tests.Governance.Sessions;

/// <summary>
/// Comparing two texts takes bounded work, whatever they are; measured in steps, which are the same on every machine.
/// </summary>
public class WordDistanceTests
{
    private const int Characters = 49_000;

    // Linear in the texts, and the square of the differences that are followed.
    private const long MostSteps = 4L * Characters + (long)WordDistance.Most * WordDistance.Most * 2;

    private static string Text(Func<int, string> word) =>
        string.Join(' ', Enumerable.Range(0, Characters / 2 + 1).Select(word))[..Characters];

    private static string[] Hostile(int seed)
    {
        var random = new Random(seed);
        var letters = Enumerable
            .Range(0, Characters / 2 + 1)
            .Select(_ => ((char)('a' + random.Next(3))).ToString())
            .ToArray();
        var shuffled = letters.ToArray();
        random.Shuffle(shuffled);
        // The same words in another order, words that differ all, words that repeat out of step, and one paragraph a
        // letter.
        return
        [
            string.Join(' ', letters),
            string.Join(' ', shuffled),
            Text(i => "abc"[i % 3].ToString()),
            Text(i => "cab"[i % 2].ToString()),
            Text(i => $"x{i}"),
            string.Join("\n\n", letters)[..Characters],
            string.Join("\n\n", shuffled)[..Characters],
        ];
    }

    [Fact]
    public void Two_hostile_texts_of_49_000_characters_are_compared_in_bounded_steps()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var texts = Hostile(seed);
        foreach (var one in texts)
        foreach (var other in texts)
        {
            WordDistance.IsWithin(one.Split(' '), other.Split(' '), WordDistance.Most, out var steps);
            Assert.True(steps <= MostSteps, $"{steps} steps (seed {seed})");
            var pieces = Passages.Between(one, other);
            // Whatever is shown, what goes and stays is the one text, what comes and stays the other.
            Assert.Equal(one, string.Concat(pieces.Where(p => p.Type != ChangeType.Inserted).Select(p => p.Text)));
            Assert.Equal(other, string.Concat(pieces.Where(p => p.Type != ChangeType.Deleted).Select(p => p.Text)));
        }
    }

    [Fact]
    public void What_is_too_different_goes_and_comes_in_whole_paragraphs_and_does_not_merge()
    {
        string Paragraph(string word) => string.Join(' ', Enumerable.Range(0, 2_000).Select(i => $"{word}{i}"));
        var (before, after) = ($"First.\n\n{Paragraph("a")}\n\nLast.", $"First.\n\n{Paragraph("b")}\n\nLast.");
        Assert.Equal(
            [
                (ChangeType.Unchanged, "First.\n\n"),
                (ChangeType.Deleted, Paragraph("a") + "\n\n"),
                (ChangeType.Inserted, Paragraph("b") + "\n\n"),
                (ChangeType.Unchanged, "Last."),
            ],
            Passages.Between(before, after).Select(p => (p.Type, p.Text))
        );
        Assert.Null(Passages.Merged(Paragraph("a"), Paragraph("b"), Paragraph("a") + " more"));
        Assert.Equal(
            Paragraph("a") + " more",
            Passages.Merged(Paragraph("a"), Paragraph("a"), Paragraph("a") + " more")
        );
    }

    [Fact]
    public void A_long_text_with_few_changes_is_compared_word_by_word()
    {
        var before = Text(i => (i % 7).ToString(System.Globalization.CultureInfo.InvariantCulture));
        var after = before.Insert(20_000, " new ");
        Assert.Equal(
            [ChangeType.Unchanged, ChangeType.Inserted, ChangeType.Unchanged],
            Passages.Between(before, after).Select(p => p.Type)
        );
        Assert.True(WordDistance.IsWithin(["a", "b", "c"], ["a", "x", "c"], 2, out _));
        Assert.False(WordDistance.IsWithin(["a", "b", "c"], ["a", "x", "c"], 1, out _));
        Assert.False(WordDistance.IsWithin(["a", "b", "a", "b"], ["b", "a", "b", "a"], 1, out _));
        Assert.True(WordDistance.IsWithin([], [], 0, out _));
    }
}
