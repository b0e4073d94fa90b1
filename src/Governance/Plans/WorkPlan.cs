using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Plans;

/// <summary>How far a plan, or a version of it, has come; only versions are proposed.</summary>
internal enum PlanStage
{
    Draft,
    Adopted,
    Amended,
    Proposed,
}

/// <summary>
/// A paragraph before the directions. The standing mandate is the one that says what the whole plan serves.
/// </summary>
internal sealed record PlanPassage(LocalizedText Text, bool IsMandate = false);

/// <summary>A year's work plan: its opening text, its directions and their actions, as they stand now.</summary>
internal sealed class WorkPlan : IVersioned
{
    public const int FirstYear = 1900,
        LastYear = 2200,
        SourceNameMaxLength = 200;

    public required Guid Id { get; init; }
    public required int Year { get; init; }
    public required Reference Reference { get; init; }
    public required Language Language { get; init; }
    public required LocalizedText Title { get; set; }
    public List<PlanPassage> Preamble { get; set; } = [];
    public PlanStage Stage { get; set; }
    public required Period ValidFor { get; set; }
    public PartialDate? ApprovedOn { get; set; }

    /// <summary>An earlier year's plan kept as history: nobody works on it any more.</summary>
    public bool IsHistory { get; set; }
    public string? SourceName { get; init; }

    /// <summary>SHA-256 of the file it was imported from.</summary>
    public byte[]? SourceHash { get; init; }
    public int Version { get; set; }
    public List<Direction> Directions { get; } = [];
    public List<PlanAction> Actions { get; } = [];

    public string Stream => $"plan:{Reference}";
    public string Path => $"/plans/{Year}";

    /// <summary>A plan is commented once it is more than a draft.</summary>
    public bool TakesComments => Stage != PlanStage.Draft;

    public string PathOf(PlanAction action) => PathOf(Year, action.Number);

    /// <summary>The page of an action, of which only the year and the number are known.</summary>
    public static string PathOf(int year, int action) => $"/plans/{year}/actions/{action}";

    public Direction DirectionOf(PlanAction action) => Directions.Single(d => d.Id == action.DirectionId);

    public IEnumerable<PlanAction> ActionsOf(Direction direction) =>
        Actions.Where(a => a.DirectionId == direction.Id).OrderBy(a => a.Number);

    /// <summary>
    /// True when the action was carried out before the members approved the plan: for the plenary to ratify.
    /// </summary>
    public bool PrecedesApproval(PlanAction action) =>
        action.RatifiedBy is null
        && ApprovedOn is { } approved
        && action.CarriedOut?.To is { } done
        && done.Last < approved.First;

    internal sealed class Mapping : IEntityTypeConfiguration<WorkPlan>
    {
        public void Configure(EntityTypeBuilder<WorkPlan> plan)
        {
            plan.ToTable("plans_plans");
            plan.Property(p => p.Preamble).HasJson();
            plan.Property(p => p.SourceName).HasMaxLength(SourceNameMaxLength);
            plan.HasIndex(p => p.Year).IsUnique();
            plan.HasIndex(p => p.Reference).IsUnique();
            plan.HasMany(p => p.Directions).WithOne().HasForeignKey(d => d.PlanId).OnDelete(DeleteBehavior.Cascade);
            plan.HasMany(p => p.Actions).WithOne().HasForeignKey(a => a.PlanId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>
/// One of the plan's priority areas. <see cref="SecondTitle"/> is its other name, where the plan's own summary says it
/// differently.
/// </summary>
internal sealed class Direction
{
    public required Guid Id { get; init; }
    public required Guid PlanId { get; init; }
    public required int Number { get; init; }
    public required LocalizedText Title { get; set; }
    public LocalizedText SecondTitle { get; set; } = LocalizedText.Empty;
    public LocalizedText Text { get; set; } = LocalizedText.Empty;

    internal sealed class Mapping : IEntityTypeConfiguration<Direction>
    {
        public void Configure(EntityTypeBuilder<Direction> direction)
        {
            direction.ToTable("plans_directions");
            direction.HasIndex(d => new { d.PlanId, d.Number }).IsUnique();
        }
    }
}
