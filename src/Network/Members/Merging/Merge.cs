using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;
using Plenaria.Platform.Subjects;

namespace Plenaria.Members.Merging;

/// <summary>What a record said in fields of its own, before a merge.</summary>
internal interface IMergedFields
{
    /// <summary>When the roles that the merge left unconfirmed had been confirmed, by the key of the role.</summary>
    Dictionary<Guid, DateTimeOffset>? Confirmed { get; }
}

/// <summary>
/// That two records were found to be of one: who made one of them, and what was moved, so that it can be moved back.
/// </summary>
internal abstract class MergeRecord<TId, TFields> : IVersioned
    where TFields : class, IMergedFields
{
    public required Guid Id { get; init; }
    public required TId Kept { get; init; }
    public required TId Gone { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Who merged them; null where the system did, or nobody remembers.</summary>
    public AccountId? By { get; init; }
    public required List<MovedRow> Moves { get; init; }

    /// <summary>The kept record's own fields as they were before, and the other's.</summary>
    public required TFields Before { get; init; }
    public required TFields Other { get; init; }
    public DateTimeOffset? UndoneAt { get; set; }
    public int Version { get; set; }

    protected static void Map<TMerge>(EntityTypeBuilder<TMerge> merge, string table)
        where TMerge : MergeRecord<TId, TFields>
    {
        merge.ToTable(table);
        merge.Property(m => m.Moves).HasJson();
        merge.Property(m => m.Before).HasJson();
        merge.Property(m => m.Other).HasJson();
        merge.HasIndex(m => m.Kept);
        merge.HasIndex(m => m.Gone);
    }
}

/// <summary>Two records of one institution.</summary>
internal sealed class Merge : MergeRecord<MemberId, MergedFields>
{
    internal sealed class Mapping : IEntityTypeConfiguration<Merge>
    {
        public void Configure(EntityTypeBuilder<Merge> merge) => Map(merge, "members_merges");
    }
}

/// <summary>
/// Two records of one person. The one that went is kept whole here: once either is erased, so is this, and nothing can
/// be undone.
/// </summary>
internal sealed class PeopleMerge : MergeRecord<PersonId, PersonFields>
{
    internal sealed class Mapping : IEntityTypeConfiguration<PeopleMerge>
    {
        public void Configure(EntityTypeBuilder<PeopleMerge> merge) => Map(merge, "members_people_merges");
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
) : IMergedFields
{
    public Dictionary<Guid, DateTimeOffset>? Confirmed { get; init; }
}

/// <summary>What of a person is no row of its own.</summary>
internal sealed record PersonFields(
    string Name,
    string? Email,
    string? Phone,
    string Language,
    Guid? Account,
    bool ShowsName,
    bool ShowsEmail,
    bool ShowsPhone,
    bool DoNotContact
) : IMergedFields
{
    public Dictionary<Guid, DateTimeOffset>? Confirmed { get; init; }
}
