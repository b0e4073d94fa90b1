using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Plans;

internal enum ActionState
{
    NotStarted,
    UnderWay,
    WellAdvanced,
    Complete,
    Dropped,
    CarriedOver,
}

/// <summary>What the network itself does in an action that others may own.</summary>
internal enum OurRole
{
    Lead,
    Support,
    TakePart,
    Represent,
    Disseminate,
}

/// <summary>Somebody with a part in an action: named, and where known a member or a regional office.</summary>
internal sealed record ActionParty(LocalizedText Name, Guid? Member = null, Guid? Office = null);

/// <summary>A step on the way, with the date it is due and the date it was met.</summary>
internal sealed record Milestone(LocalizedText Text, PartialDate? Due = null, PartialDate? Met = null);

/// <summary>
/// What the members decided should become of an action that was not completed, and by which decision.
/// </summary>
internal sealed record DecidedFate(Reports.ActionOutcome Fate, Reference By);

/// <summary>A line of the work plan: what was promised, by whom, on what terms, and how far it has come.</summary>
internal sealed class PlanAction : IVersioned
{
    public const int TitleMaxLength = 500,
        TextMaxLength = 20_000,
        NameMaxLength = 200,
        BudgetLineMaxLength = 60,
        PersonMaxLength = 120;

    public required Guid Id { get; init; }
    public required Guid PlanId { get; init; }
    public required Guid DirectionId { get; set; }

    /// <summary>Counts through the whole plan and never changes: it is part of the reference.</summary>
    public required int Number { get; init; }
    public required Reference Reference { get; init; }
    public required LocalizedText Title { get; set; }
    public LocalizedText Text { get; set; } = LocalizedText.Empty;
    public LocalizedText Purpose { get; set; } = LocalizedText.Empty;
    public OurRole OurRole { get; set; }
    public ActionParty? Lead { get; set; }
    public List<ActionParty> Partners { get; set; } = [];
    public Period? Planned { get; set; }
    public Period? CarriedOut { get; set; }
    public LocalizedText Place { get; set; } = LocalizedText.Empty;

    /// <summary>UN M49 codes of the regions the action is about; none means the whole network.</summary>
    public List<string> Regions { get; set; } = [];
    public bool IsPriority { get; set; }

    /// <summary>By whose act it is a priority.</summary>
    public LocalizedText PriorityBy { get; set; } = LocalizedText.Empty;
    public LocalizedText Condition { get; set; } = LocalizedText.Empty;
    public LocalizedText Exclusion { get; set; } = LocalizedText.Empty;

    /// <summary>"And others of interest": what the plan leaves open on purpose.</summary>
    public LocalizedText OpenList { get; set; } = LocalizedText.Empty;
    public List<Milestone> Milestones { get; set; } = [];
    public string? BudgetLine { get; set; }
    public string? Responsible { get; set; }

    /// <summary>The action of an earlier plan that this one continues.</summary>
    public Guid? ContinuesId { get; set; }
    public PlanAction? Continues { get; set; }
    public ActionState State { get; private set; }

    /// <summary>The decision that approved it after it had been carried out.</summary>
    public Reference? RatifiedBy { get; set; }
    public DecidedFate? Decided { get; set; }
    public int Version { get; set; }
    public List<ActionOrigin> Origins { get; } = [];
    public List<StateChange> Changes { get; } = [];
    public List<Evidence> Evidence { get; } = [];

    /// <summary>A claim of progress that nothing supports yet. Never refused; shown as it is.</summary>
    public bool IsToBeDocumented =>
        State is ActionState.UnderWay or ActionState.WellAdvanced or ActionState.Complete && Evidence.Count == 0;

    /// <summary>
    /// Moves the action to another state and keeps who said so and when. The same state again is refused.
    /// </summary>
    public StateChange Become(ActionState state, Platform.Access.OperationContext acting, string note)
    {
        if (state == State)
            throw new RuleViolationException("plans.state-is-the-same");
        var change = new StateChange
        {
            Id = Guid.CreateVersion7(acting.At),
            ActionId = Id,
            From = State,
            To = state,
            At = acting.At,
            By = acting.Actor.Name,
            InTheNameOf = acting.OnBehalfOf?.Name,
            Note = note,
        };
        State = state;
        Changes.Add(change);
        return change;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<PlanAction>
    {
        public void Configure(EntityTypeBuilder<PlanAction> action)
        {
            action.ToTable("plans_actions");
            action.Property(a => a.Lead).HasJson();
            action.Property(a => a.Partners).HasJson();
            action.Property(a => a.Regions).HasJson();
            action.Property(a => a.Milestones).HasJson();
            action.Property(a => a.Decided).HasJson();
            action.Property(a => a.BudgetLine).HasMaxLength(BudgetLineMaxLength);
            action.Property(a => a.Responsible).HasMaxLength(PersonMaxLength);
            action.HasIndex(a => a.Reference).IsUnique();
            action.HasIndex(a => new { a.PlanId, a.Number }).IsUnique();
            action.HasOne<Direction>().WithMany().HasForeignKey(a => a.DirectionId).OnDelete(DeleteBehavior.Restrict);
            action
                .HasOne(a => a.Continues)
                .WithMany()
                .HasForeignKey(a => a.ContinuesId)
                .OnDelete(DeleteBehavior.Restrict);
            action.HasMany(a => a.Origins).WithOne().HasForeignKey(o => o.ActionId).OnDelete(DeleteBehavior.Cascade);
            action.HasMany(a => a.Changes).WithOne().HasForeignKey(c => c.ActionId).OnDelete(DeleteBehavior.Cascade);
            action.HasMany(a => a.Evidence).WithOne().HasForeignKey(e => e.ActionId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>A step of an action from one state to the next, signed by a person in the name of an institution.</summary>
internal sealed class StateChange
{
    public const int NoteMaxLength = 2_000;

    public required Guid Id { get; init; }
    public required Guid ActionId { get; init; }
    public required ActionState From { get; init; }
    public required ActionState To { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string By { get; init; }
    public string? InTheNameOf { get; init; }
    public required string Note { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<StateChange>
    {
        public void Configure(EntityTypeBuilder<StateChange> change)
        {
            change.ToTable("plans_state_changes");
            change.Property(c => c.Note).HasMaxLength(NoteMaxLength);
            change.HasIndex(c => c.ActionId);
        }
    }
}

internal enum EvidenceKind
{
    Link,
    File,
    Published,
    Indicator,
    Declaration,
}

/// <summary>
/// A dated fact that supports what an action claims. A declaration is only somebody's word and shows as such.
/// </summary>
internal sealed class Evidence
{
    public const int LinkMaxLength = 2_000,
        TextMaxLength = 4_000;

    /// <summary>Where a reader of this language can look at it; null for somebody's word.</summary>
    public static string? AddressOf(EvidenceKind kind, string? target, Language reader) =>
        kind switch
        {
            EvidenceKind.Link => target,
            EvidenceKind.Indicator => $"/{reader}{target}",
            EvidenceKind.Published => $"/r/{target}",
            EvidenceKind.File => $"/files/{target}",
            _ => null,
        };

    /// <inheritdoc cref="AddressOf"/>
    public string? AddressFor(Language reader) => AddressOf(Kind, Target, reader);

    public required Guid Id { get; init; }
    public required Guid ActionId { get; init; }
    public required EvidenceKind Kind { get; init; }
    public required LocalizedText Text { get; init; }
    public required PartialDate Date { get; init; }

    /// <summary>
    /// The address of a link, the reference of a published thing, the hash of a file, or the key of an indicator.
    /// </summary>
    public string? Target { get; init; }
    public string? FileName { get; init; }
    public required string By { get; init; }
    public string? InTheNameOf { get; init; }
    public required DateTimeOffset AddedAt { get; init; }

    public bool IsWeak => Kind == EvidenceKind.Declaration;

    internal sealed class Mapping : IEntityTypeConfiguration<Evidence>
    {
        public void Configure(EntityTypeBuilder<Evidence> evidence)
        {
            evidence.ToTable("plans_evidence");
            evidence.Property(e => e.Target).HasMaxLength(LinkMaxLength);
            evidence.HasIndex(e => e.ActionId);
        }
    }
}

internal enum OriginKind
{
    Resolution,
    Proposal,
    Finding,
    Obligation,
    StandingWork,
}

/// <summary>
/// Why an action is in the plan: what the members decided or proposed, what was found, what an agreement obliges to, or
/// standing work.
/// </summary>
internal sealed class ActionOrigin
{
    public const int TextMaxLength = 2_000,
        FigureMaxLength = 200;

    public required Guid Id { get; init; }
    public required Guid ActionId { get; init; }
    public required OriginKind Kind { get; init; }
    public Guid? ResolutionId { get; init; }
    public Resolution? Resolution { get; init; }
    public LocalizedText Text { get; init; } = LocalizedText.Empty;
    public PartialDate? Date { get; init; }
    public string? Figure { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ActionOrigin>
    {
        public void Configure(EntityTypeBuilder<ActionOrigin> origin)
        {
            origin.ToTable("plans_origins");
            origin
                .HasOne(o => o.Resolution)
                .WithMany()
                .HasForeignKey(o => o.ResolutionId)
                .OnDelete(DeleteBehavior.Restrict);
            origin.HasIndex(o => o.ResolutionId);
        }
    }
}

internal static class OriginOrder
{
    /// <summary>Decisions in the order of their references, then the others as they were entered.</summary>
    public static IEnumerable<ActionOrigin> InOrder(this IEnumerable<ActionOrigin> origins) =>
        origins
            .OrderBy(o => o.Resolution is null)
            .ThenBy(o => o.Resolution?.Reference.ToString(), StringComparer.Ordinal)
            .ThenBy(o => o.Id);
}
