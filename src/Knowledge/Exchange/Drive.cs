using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Exchange;

internal enum DriveState
{
    Draft,
    Open,
    Closed,
}

/// <summary>Chosen members are asked for contributions to a theme by a day.</summary>
internal sealed class Drive : IVersioned
{
    public const int TitleMaxLength = 200,
        TextMaxLength = 5_000;

    public required Guid Id { get; init; }
    public required int Number { get; init; }
    public required LocalizedText Title { get; set; }
    public LocalizedText Text { get; set; } = LocalizedText.Empty;

    /// <summary>The term that a contribution must carry to count by itself.</summary>
    public string? Topic { get; set; }

    /// <summary>The kinds of publication that count; all when empty.</summary>
    public List<string> Kinds { get; set; } = [];
    public required DateOnly Due { get; set; }
    public DriveState State { get; private set; }
    public AccountId? By { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? OpenedAt { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public int Version { get; set; }
    public List<DriveMember> Members { get; } = [];

    public string Path => $"/exchange/drives/{Number}";
    public string Stream => $"drive:{Number}";

    public void Open(DateTimeOffset at)
    {
        if (State != DriveState.Draft)
            throw new RuleViolationException("exchange.drive.not-a-draft");
        if (Members.Count == 0)
            throw new RuleViolationException("exchange.drive.nobody");
        if (Due < DateOnly.FromDateTime(at.UtcDateTime))
            throw new RuleViolationException("exchange.drive.due-past");
        (State, OpenedAt) = (DriveState.Open, at);
    }

    public void Close(DateTimeOffset at)
    {
        DemandOpen();
        (State, ClosedAt) = (DriveState.Closed, at);
    }

    public void DemandOpen()
    {
        if (State != DriveState.Open)
            throw new RuleViolationException("exchange.drive.not-open");
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Drive>
    {
        public void Configure(EntityTypeBuilder<Drive> drive)
        {
            drive.ToTable("exchange_drives");
            drive.Property(d => d.Topic).HasMaxLength(Thread.TopicMaxLength);
            drive.Property(d => d.Kinds).HasJson();
            drive.HasIndex(d => d.Number).IsUnique();
            drive.HasIndex(d => d.State);
            drive.HasMany(d => d.Members).WithOne().HasForeignKey(m => m.Drive).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>
/// A member that a drive asks, and what it answered by hand. What the register says by itself is not kept here.
/// </summary>
internal sealed class DriveMember : IVersioned
{
    public const int NoteMaxLength = 1_000;

    public required Guid Id { get; init; }
    public required Guid Drive { get; init; }
    public required MemberId Member { get; init; }
    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>The publication named as the answer; without one, the member has nothing to contribute.</summary>
    public Reference? Reference { get; private set; }
    public string? Note { get; private set; }
    public DateTimeOffset? RemindedAt { get; set; }
    public int Version { get; set; }

    public void Answer(Reference? reference, string? note, DateTimeOffset at) =>
        (AnsweredAt, Reference, Note) = (at, reference, note);

    public void Undo() => (AnsweredAt, Reference, Note) = (null, null, null);

    internal sealed class Mapping : IEntityTypeConfiguration<DriveMember>
    {
        public void Configure(EntityTypeBuilder<DriveMember> member)
        {
            member.ToTable("exchange_drive_members");
            member.Property(m => m.Note).HasMaxLength(NoteMaxLength);
            member.HasIndex(m => m.Drive);
            member.HasIndex(m => m.Member);
        }
    }
}
