using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Plans;

/// <summary>What force a session gave to what it produced. Only what was agreed or decided is a resolution.</summary>
internal enum Force
{
    Raised,
    Proposed,
    Agreed,
    Decided,
}

/// <summary>A date for a session as some text gives it. Two texts may disagree: both are kept.</summary>
internal sealed record Citation(PartialDate Date, string Source);

/// <summary>How the members voted, as far as it is known.</summary>
internal sealed record Vote(int? For, int? Against, int? Abstentions, bool ByConsensus = false);

/// <summary>What a session of the members raised, proposed, agreed or decided.</summary>
internal sealed class Resolution : IVersioned
{
    public const int SessionMaxLength = 200,
        WordingMaxLength = 50_000,
        TitleLength = 200;

    public required Guid Id { get; init; }
    public required Reference Reference { get; init; }
    public required Force Force { get; set; }
    public required LocalizedText Wording { get; set; }
    public required LocalizedText Session { get; set; }
    public required List<Citation> Citations { get; set; }
    public Vote? Vote { get; set; }

    /// <summary>The plan, report or action that it decides about.</summary>
    public Reference? About { get; init; }
    public int Version { get; set; }

    public bool IsBinding => Force is Force.Agreed or Force.Decided;
    public bool DatesConflict => Citations.Select(c => c.Date).Distinct().Count() > 1;

    /// <summary>By any of the dates it is cited with: a partial date counts when it may lie within.</summary>
    public bool FallsWithin(DateOnly from, DateOnly to) =>
        Citations.Exists(c => c.Date.First <= to && from <= c.Date.Last);

    /// <exception cref="RuleViolationException">It says nothing, or not which session said it.</exception>
    public void DemandWords()
    {
        if (Wording.IsEmpty)
            throw new RuleViolationException("plans.resolution.wording-missing");
        if (Session.IsEmpty)
            throw new RuleViolationException("plans.resolution.session-missing");
    }

    /// <summary>The beginning of the wording, for lists and headings.</summary>
    public LocalizedText Title => Wording.CutTo(TitleLength);

    public string Stream => $"resolution:{Reference}";
    public string Path => $"/resolutions/{Reference}";

    internal sealed class Mapping : IEntityTypeConfiguration<Resolution>
    {
        public void Configure(EntityTypeBuilder<Resolution> resolution)
        {
            resolution.ToTable("plans_resolutions");
            resolution.Ignore(r => r.Title);
            resolution.Property(r => r.Citations).HasJson();
            resolution.Property(r => r.Vote).HasJson();
            resolution.HasIndex(r => r.Reference).IsUnique();
        }
    }
}
