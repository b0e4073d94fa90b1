using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;
using Plenaria.Platform.Subjects;

namespace Plenaria.Members.Merging;

/// <summary>
/// That two records were found to be of one institution: what was moved from one to the other, so that it can be moved
/// back.
/// </summary>
internal sealed class Merge : IVersioned
{
    public required Guid Id { get; init; }
    public required MemberId Kept { get; init; }
    public required MemberId Gone { get; init; }
    public required DateTimeOffset At { get; init; }
    public required List<MovedRow> Moves { get; init; }

    /// <summary>The kept record's own fields as they were before, and the other's.</summary>
    public required MergedFields Before { get; init; }
    public required MergedFields Other { get; init; }
    public DateTimeOffset? UndoneAt { get; set; }
    public int Version { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Merge>
    {
        public void Configure(EntityTypeBuilder<Merge> merge)
        {
            merge.ToTable("members_merges");
            merge.Property(m => m.Moves).HasJson();
            merge.Property(m => m.Before).HasJson();
            merge.Property(m => m.Other).HasJson();
            merge.HasIndex(m => m.Kept);
            merge.HasIndex(m => m.Gone);
        }
    }
}

/// <summary>
/// That somebody looked at two records and found them to be of two institutions. The lower key stands first.
/// </summary>
internal sealed class NotDuplicatePair
{
    public required MemberId One { get; init; }
    public required MemberId Other { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<NotDuplicatePair>
    {
        public void Configure(EntityTypeBuilder<NotDuplicatePair> apart)
        {
            apart.ToTable("members_apart");
            apart.HasKey(a => new { a.One, a.Other });
        }
    }
}

/// <summary>What of a member is no row of its own.</summary>
internal sealed record MergedFields(
    LocalizedText Name,
    MemberKind Kind,
    string Country,
    string? City,
    PopulationClass? Population,
    string? Website,
    List<Language> Languages,
    MemberId? Parent,
    PartialDate? ElectionOn,
    DateOnly? ConfirmedOn
)
{
    /// <summary>When the roles that the merge left unconfirmed had been confirmed, by the key of the role.</summary>
    public Dictionary<Guid, DateTimeOffset>? Confirmed { get; init; }
}
