using System.Text;

namespace Plenaria.Plans.Import;

/// <summary>
/// Writes a tree as the Markdown that reads back as the same tree: what a person corrects before accepting a plan.
/// </summary>
internal static class Outline
{
    public static string Write(PlanDraft draft)
    {
        var text = new StringBuilder();
        void Block(string block) => text.Append(block).Append("\n\n");
        if (draft.Title is { } title)
            Block($"# {title.Text}");
        foreach (var passage in draft.Preamble)
            Block(passage.Text);
        if (draft.Directions.Any(d => d.SummaryTitle is not null))
            Block(string.Join('\n', draft.Directions.Select(d => $"- {(d.SummaryTitle ?? d.Title).Text}")));
        foreach (var direction in draft.Directions)
        {
            Block($"## {direction.Title.Text}");
            foreach (var passage in direction.Text)
                Block(passage.Text);
            foreach (var action in direction.Actions)
            {
                Block($"- **{action.Title.Text}.** {action.Text.FirstOrDefault()?.Text}".TrimEnd());
                foreach (var passage in action.Text.Skip(1))
                    Block(passage.Text);
            }
        }
        return text.ToString().TrimEnd() + "\n";
    }
}
