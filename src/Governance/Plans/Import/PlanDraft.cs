namespace Plenaria.Plans.Import;

/// <summary>One line of the text being read, as the reader of the source would count it.</summary>
internal sealed record SourceLine(int Number, string Text)
{
    /// <summary>Outside the running text, such as a header or a comment, and so no part of the tree.</summary>
    public bool IsApart { get; init; }
}

/// <summary>
/// What was made of a work plan: a tree, and whatever no place was found for. Every non-blank line of the source is the
/// property of exactly one node; <see cref="Owners"/> says which lines each one holds.
/// </summary>
internal sealed record PlanDraft(
    Passage? Title,
    IReadOnlyList<Passage> Preamble,
    IReadOnlyList<DraftDirection> Directions,
    IReadOnlyList<Passage> NotUnderstood
)
{
    public int ActionCount => Directions.Sum(d => d.Actions.Count);

    /// <summary>The line numbers of every node, for checking that nothing was lost or counted twice.</summary>
    public IEnumerable<int> Owners =>
        Preamble
            .Concat(NotUnderstood)
            .Concat(Title is null ? [] : [Title])
            .Concat(
                Directions.SelectMany(d =>
                    (IEnumerable<Passage>)
                        [d.Title, .. d.Text, .. d.SummaryTitle is null ? (Passage[])[] : [d.SummaryTitle]]
                )
            )
            .Concat(Directions.SelectMany(d => d.Actions).SelectMany(a => a.Text.Prepend(a.Title)))
            .SelectMany(p => p.Lines)
            .Distinct();
}

/// <summary>
/// A run of text and the source lines it came from. A line that gave a title and a text is named by both.
/// </summary>
internal sealed record Passage(string Text, IReadOnlyList<int> Lines)
{
    public bool IsMandate { get; init; }
}

/// <summary>
/// <paramref name="SummaryTitle"/> is the direction's name in the list at the top, where it reads differently.
/// </summary>
internal sealed record DraftDirection(
    Passage Title,
    Passage? SummaryTitle,
    List<Passage> Text,
    List<DraftAction> Actions
);

internal sealed record DraftAction(Passage Title, List<Passage> Text);
