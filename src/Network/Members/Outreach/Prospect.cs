using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Members.Outreach;

/// <summary>How far the conversation with an institution has come.</summary>
internal enum OutreachStage
{
    Prospect,
    Contacted,
    Replied,
    Meeting,
    Applied,
    Joined,
    Dropped,
}

/// <summary>How the network came upon it.</summary>
internal enum OutreachSource
{
    Award,
    Event,
    Referral,
    Import,
    Application,
    Mail,
    Other,
}

/// <summary>The network's effort to win an institution, or to win it back: at most one at a time for each.</summary>
internal sealed class Prospect : IVersioned
{
    public const int NoteMaxLength = 300,
        StepMaxLength = 200;

    public required MemberId Member { get; init; }
    public OutreachStage Stage { get; private set; }
    public DateOnly StageSince { get; private set; }
    public required OutreachSource Source { get; set; }
    public string? SourceNote { get; set; }

    /// <summary>The member that brought it.</summary>
    public MemberId? ReferredBy { get; set; }
    public AccountId? Owner { get; set; }
    public string? NextStep { get; set; }
    public DateOnly? NextOn { get; set; }
    public int Version { get; set; }

    public bool IsOpen => Stage is not (OutreachStage.Joined or OutreachStage.Dropped);

    public void MoveTo(OutreachStage stage, DateOnly today)
    {
        if (stage == Stage && StageSince != default)
            return;
        (Stage, StageSince) = (stage, today);
        if (!IsOpen)
            (NextStep, NextOn) = (null, null);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Prospect>
    {
        public void Configure(EntityTypeBuilder<Prospect> prospect)
        {
            prospect.ToTable("members_prospects");
            prospect.HasKey(p => p.Member);
            prospect.HasOne<Member>().WithMany().HasForeignKey(p => p.Member).OnDelete(DeleteBehavior.Restrict);
            prospect.HasOne<Member>().WithMany().HasForeignKey(p => p.ReferredBy).OnDelete(DeleteBehavior.Restrict);
            prospect.Property(p => p.SourceNote).HasMaxLength(NoteMaxLength);
            prospect.Property(p => p.NextStep).HasMaxLength(StepMaxLength);
            prospect.HasIndex(p => new { p.Stage, p.NextOn });
            prospect.HasIndex(p => p.Owner);
        }
    }
}

internal enum ActivityKind
{
    Call,
    Mail,
    Meeting,
    Note,
}

/// <summary>Something that was said or done with an institution: a line of its timeline. Written once.</summary>
internal sealed class Activity
{
    public const int TextMaxLength = 4_000,
        MessageIdMaxLength = 250;

    public required Guid Id { get; init; }
    public required MemberId Member { get; init; }
    public PersonId? Person { get; init; }
    public required ActivityKind Kind { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Text { get; init; }
    public AccountId? By { get; init; }
    public required string ByName { get; init; }

    /// <summary>Of a mail: the same one copied twice is kept once.</summary>
    public string? MessageId { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Activity>
    {
        public void Configure(EntityTypeBuilder<Activity> activity)
        {
            activity.ToTable("members_activities");
            activity.HasOne<Member>().WithMany().HasForeignKey(a => a.Member).OnDelete(DeleteBehavior.Restrict);
            activity.HasOne<People.Person>().WithMany().HasForeignKey(a => a.Person).OnDelete(DeleteBehavior.Restrict);
            activity.Property(a => a.Text).HasMaxLength(TextMaxLength);
            activity.Property(a => a.ByName).HasMaxLength(People.Person.NameMaxLength);
            activity.Property(a => a.MessageId).HasMaxLength(MessageIdMaxLength);
            activity.HasIndex(a => new { a.Member, a.At });
            activity.HasIndex(a => new { a.MessageId, a.Member }).IsUnique();
        }
    }
}

internal enum Confidence
{
    Low,
    Medium,
    High,
}

/// <summary>
/// Something known of an institution, with where it comes from, as of when, and how sure one may be. A newer one stands
/// beside it.
/// </summary>
internal sealed class Fact
{
    public const int FieldMaxLength = 60,
        ValueMaxLength = 500,
        SourceMaxLength = 300;

    public required Guid Id { get; init; }
    public required MemberId Member { get; init; }
    public required string Field { get; init; }
    public required string Value { get; init; }
    public required string Source { get; init; }
    public required PartialDate AsOf { get; init; }
    public required Confidence Confidence { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Fact>
    {
        public void Configure(EntityTypeBuilder<Fact> fact)
        {
            fact.ToTable("members_facts");
            fact.HasOne<Member>().WithMany().HasForeignKey(f => f.Member).OnDelete(DeleteBehavior.Restrict);
            fact.Property(f => f.Field).HasMaxLength(FieldMaxLength);
            fact.Property(f => f.Value).HasMaxLength(ValueMaxLength);
            fact.Property(f => f.Source).HasMaxLength(SourceMaxLength);
        }
    }
}

/// <summary>A way to narrow the list of prospects that somebody gave a name to, for all who work with it.</summary>
internal sealed class Segment
{
    public const int NameMaxLength = 80,
        QueryMaxLength = 400;

    public required Guid Id { get; init; }
    public required string Name { get; init; }

    /// <summary>The query of the list's address.</summary>
    public required string Query { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Segment>
    {
        public void Configure(EntityTypeBuilder<Segment> segment)
        {
            segment.ToTable("members_segments");
            segment.Property(s => s.Name).HasMaxLength(NameMaxLength);
            segment.Property(s => s.Query).HasMaxLength(QueryMaxLength);
            segment.HasIndex(s => s.Name).IsUnique();
        }
    }
}
