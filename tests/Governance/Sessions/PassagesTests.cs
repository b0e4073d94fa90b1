using CsCheck;
using DiffPlex.DiffBuilder.Model;
using Plenaria.Sessions.Wording;

namespace Plenaria.Tests.Governance.Sessions;

public class PassagesTests
{
    private const string Text =
        "The plenary adopts the plan of the year.\n\nThe Secretariat carries it out.\n\nIt reports at the next plenary.";

    private static TextChange Replace(int paragraph, string text) => new(ChangeKind.Replace, paragraph, text);

    [Fact]
    public void Changes_of_different_words_of_one_paragraph_stand_together()
    {
        var both = Passages.With(
            Text,
            [
                Replace(1, "The plenary approves the plan of the year."),
                Replace(1, "The plenary adopts the plan of the next year."),
            ]
        );
        Assert.Equal("The plenary approves the plan of the next year.", Passages.Of(both!)[0]);
        // In whichever order they are decided.
        Assert.Equal(
            both,
            Passages.With(
                Text,
                [
                    Replace(1, "The plenary adopts the plan of the next year."),
                    Replace(1, "The plenary approves the plan of the year."),
                ]
            )
        );
    }

    [Fact]
    public void Two_wordings_of_the_same_words_and_a_change_of_what_is_deleted_cannot_stand_together()
    {
        Assert.Null(
            Passages.With(
                Text,
                [
                    Replace(1, "The plenary approves the plan of the year."),
                    Replace(1, "The plenary rejects the plan of the year."),
                ]
            )
        );
        Assert.Null(
            Passages.With(
                Text,
                [new(ChangeKind.Delete, 2, ""), Replace(2, "The Secretariat and the offices carry it out.")]
            )
        );
        Assert.Null(Passages.With(Text, [Replace(4, "There is no fourth.")]));
        Assert.Null(Passages.With(Text, [Replace(0, "Nor a paragraph before the first.")]));
    }

    [Fact]
    public void A_paragraph_is_added_before_the_first_after_the_last_and_where_one_is_deleted()
    {
        Assert.Equal(
            [
                "Before.",
                "The plenary adopts the plan of the year.",
                "Instead.",
                "It reports at the next plenary.",
                "After.",
            ],
            Passages.Of(
                Passages.With(
                    Text,
                    [
                        new(ChangeKind.Insert, 3, "After."),
                        new(ChangeKind.Delete, 2, ""),
                        new(ChangeKind.Insert, 0, "Before."),
                        new(ChangeKind.Insert, 2, "Instead."),
                    ]
                )!
            )
        );
    }

    [Fact]
    public void Paragraphs_that_nobody_changes_stay_as_they_are_whatever_is_changed_in_others()
    {
        var paragraph = Gen.Char["abc ,."].Array[1, 40].Select(c => "x" + new string(c).Trim());
        Gen.Select(paragraph.Array[2, 6], Gen.Int[1, 6], paragraph)
            .Sample(
                (text, n, to) =>
                {
                    var at = Math.Min(n, text.Length);
                    var after = Passages.Of(Passages.With(string.Join("\n\n", text), [Replace(at, to)])!);
                    return after.Count == text.Length
                        && after[at - 1] == to
                        && Enumerable.Range(0, text.Length).All(i => i == at - 1 || after[i] == text[i]);
                }
            );
    }

    [Fact]
    public void A_run_of_changed_words_is_shown_as_one_and_leaves_both_wordings_whole()
    {
        var pieces = Passages.Between("It reports once a year to all.", "It reports every six months to all.");
        Assert.Equal(
            ["It reports ", "-once a year", "+every six months", " to all."],
            pieces.Select(p =>
                p.Type switch
                {
                    ChangeType.Deleted => "-",
                    ChangeType.Inserted => "+",
                    _ => "",
                } + p.Text
            )
        );
        var words = Gen.Char["ab ."].Array[0, 30].Select(c => new string(c));
        Gen.Select(words, words)
            .Sample(
                (before, after) =>
                    string.Concat(
                        Passages.Between(before, after).Where(p => p.Type != ChangeType.Inserted).Select(p => p.Text)
                    ) == before
                    && string.Concat(
                        Passages.Between(before, after).Where(p => p.Type != ChangeType.Deleted).Select(p => p.Text)
                    ) == after
            );
    }

    [Fact]
    public void Numbered_lines_keep_every_character_and_no_line_is_longer_than_its_length()
    {
        var words = Gen.Char["abcdefgh"].Array[1, 14].Select(c => new string(c)).Array[1, 60];
        words.Sample(all =>
        {
            var text = string.Join(' ', all);
            var (html, next) = NumberedLines.Of($"<p>{text}</p>", 7);
            var lines = html.ToString()!
                .Replace("<p>", "")
                .Replace("</p>", "")
                .Split("<span class=\"line\" data-line=\"")
                .Skip(1)
                .Select(l => l[(l.IndexOf("</span>", StringComparison.Ordinal) + 7)..])
                .ToList();
            return string.Concat(lines) == text
                && next == 7 + lines.Count
                && lines.TrueForAll(l => l.TrimEnd().Length <= NumberedLines.Length);
        });
    }

    [Fact]
    public void Each_point_of_a_list_begins_a_line_and_a_mark_within_a_line_does_not()
    {
        var (html, next) = NumberedLines.Of(
            "<p>One <strong>bold</strong> line</p><ul><li>first</li><li>second</li></ul>",
            1
        );
        Assert.Equal(
            "<p><span class=\"line\" data-line=\"1\"></span>One <strong>bold</strong> line</p><ul><li><span class=\"line\" data-line=\"2\"></span>first</li><li><span class=\"line\" data-line=\"3\"></span>second</li></ul>",
            html.ToString()
        );
        Assert.Equal(4, next);
    }
}
