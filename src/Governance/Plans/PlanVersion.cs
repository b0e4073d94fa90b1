using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plenaria.Plans;

/// <summary>
/// A plan as it stood when the members approved it, or an amendment: its text in the plan's own language, one line per
/// statement, so that two versions can be laid side by side.
/// </summary>
internal sealed class PlanVersion
{
    public required Guid Id { get; init; }
    public required Guid PlanId { get; init; }
    public required int Number { get; init; }

    /// <summary>Proposed until the members have decided on it.</summary>
    public required PlanStage Stage { get; set; }
    public required PartialDate On { get; set; }

    /// <summary>The decision that approved it, where a session took one in this house.</summary>
    public Reference? Resolution { get; set; }
    public required string Text { get; init; }

    /// <summary>SHA-256 of <see cref="Text"/> in UTF-8.</summary>
    public required byte[] Hash { get; init; }
    public required DateTimeOffset At { get; init; }

    public bool IsApproved => Stage is PlanStage.Adopted or PlanStage.Amended;

    /// <summary>Keeps the plan as it stands, for the members to decide on.</summary>
    public static PlanVersion Of(WorkPlan plan, int number, PartialDate on, DateTimeOffset at)
    {
        var text = Describe(plan);
        return new()
        {
            Id = Guid.CreateVersion7(at),
            PlanId = plan.Id,
            Number = number,
            Stage = PlanStage.Proposed,
            On = on,
            Text = text,
            Hash = SHA256.HashData(Encoding.UTF8.GetBytes(text)),
            At = at,
        };
    }

    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public static string Describe(WorkPlan plan)
    {
        var text = new StringBuilder().Append("# ").AppendLine(plan.Title.ToString());
        foreach (var passage in plan.Preamble)
            text.AppendLine().AppendLine(passage.Text.ToString());
        foreach (var direction in plan.Directions.OrderBy(d => d.Number))
        {
            text.AppendLine().Append("## ").AppendLine(direction.Title.ToString());
            if (!direction.Text.IsEmpty)
                text.AppendLine().AppendLine(direction.Text.ToString());
            foreach (var action in plan.ActionsOf(direction))
                text.AppendLine().Append(Describe(action));
        }
        return text.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>
    /// What an action promises, a line per statement, without how far it has come and without who of the staff sees to
    /// it: the text is public and cannot be taken back.
    /// </summary>
    public static string Describe(PlanAction action)
    {
        var text = new StringBuilder()
            .Append("### ")
            .Append(action.Reference)
            .Append(' ')
            .AppendLine(action.Title.ToString());
        void Line(string label, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                text.Append("- ").Append(label).Append(": ").AppendLine(value);
        }
        Line("purpose", action.Purpose.ToString());
        Line("text", action.Text.ToString());
        Line("role", action.OurRole.ToString());
        Line("lead", action.Lead?.Name.ToString());
        Line("partners", string.Join("; ", action.Partners.Select(p => p.Name.ToString())));
        Line("planned", action.Planned?.ToString());
        Line("carried out", action.CarriedOut?.ToString());
        Line("place", action.Place.ToString());
        Line("regions", string.Join("; ", action.Regions));
        Line(
            "priority",
            action.IsPriority
                ? action.PriorityBy.IsEmpty
                    ? "yes"
                    : action.PriorityBy.ToString()
                : null
        );
        Line("condition", action.Condition.ToString());
        Line("exclusion", action.Exclusion.ToString());
        Line("open list", action.OpenList.ToString());
        Line("budget line", action.BudgetLine);
        Line("continues", action.Continues?.Reference.ToString());
        foreach (var origin in action.Origins.InOrder())
            Line(
                "origin",
                string.Join(
                    ' ',
                    (
                        (string[])
                            [
                                origin.Kind.ToString(),
                                origin.Resolution?.Reference.ToString() ?? "",
                                origin.Text.ToString(),
                                origin.Date?.ToString() ?? "",
                                origin.Figure ?? "",
                            ]
                    ).Where(p => p.Length > 0)
                )
            );
        foreach (var milestone in action.Milestones)
            Line("milestone", $"{milestone.Text} {milestone.Due}");
        return text.ToString().ReplaceLineEndings("\n");
    }

    internal sealed class Mapping : IEntityTypeConfiguration<PlanVersion>
    {
        public void Configure(EntityTypeBuilder<PlanVersion> version)
        {
            version.ToTable("plans_versions");
            version.HasOne<WorkPlan>().WithMany().HasForeignKey(v => v.PlanId).OnDelete(DeleteBehavior.Cascade);
            version.HasIndex(v => new { v.PlanId, v.Number }).IsUnique();
        }
    }
}
