using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Members.Composition;

/// <summary>
/// How many memberships began and ended in a country in a year; the year 0 is "nobody remembers". Kept like
/// <see cref="MemberCount"/>, so that the past costs no more than the present.
/// </summary>
internal sealed class MemberFlow : INotJournaled
{
    public required int Year { get; init; }
    public required string Country { get; init; }
    public long Joined { get; set; }
    public long Ended { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<MemberFlow>
    {
        public void Configure(EntityTypeBuilder<MemberFlow> flow)
        {
            flow.ToTable("members_flows");
            flow.HasKey(f => new { f.Year, f.Country });
            flow.Property(f => f.Year).ValueGeneratedNever();
            flow.Property(f => f.Country).HasMaxLength(2);
        }
    }
}

/// <summary>
/// What is wanted of the composition: members of a place, of a kind or in a language, subregions with a member, or the
/// part that the three largest countries hold (in percent, at most).
/// </summary>
internal enum TargetMeasure
{
    MembersIn,
    MembersOfKind,
    MembersWorkingIn,
    SubregionsCovered,
    LargestThree,
}

/// <summary>A target for the composition of the network, which a plan's action can be bound to.</summary>
internal sealed class CompositionTarget : IVersioned
{
    public required Guid Id { get; init; }
    public required TargetMeasure Measure { get; init; }

    /// <summary>
    /// For members of a place: M49 code, ISO 3166 code, or a named set as <c>set:slug</c>. For members of a kind or in
    /// a language: which.
    /// </summary>
    public string? Place { get; init; }
    public required long Value { get; set; }
    public required PartialDate Due { get; set; }
    public int Version { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<CompositionTarget>
    {
        public void Configure(EntityTypeBuilder<CompositionTarget> target)
        {
            target.ToTable("members_targets");
            target.Property(t => t.Place).HasMaxLength(Member.SlugMaxLength);
        }
    }
}
