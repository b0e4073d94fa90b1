using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Comments;

/// <summary>What somebody wrote about a record, or about a paragraph of it.</summary>
internal sealed class Comment : IVersioned
{
    public const int TextMaxLength = 10_000,
        NameMaxLength = 200,
        MessageIdMaxLength = 250,
        ReasonMaxLength = 2_000;

    public required Guid Id { get; init; }
    public required Guid Discussion { get; init; }

    /// <summary>Number of the version of the text it is about; 0 where the record has none.</summary>
    public int TextVersion { get; init; }

    /// <summary>From 1; 0 is the whole.</summary>
    public int Paragraph { get; init; }

    /// <summary>Empty once it is withdrawn.</summary>
    public required LocalizedText Text { get; set; }
    public AccountId? By { get; init; }

    /// <summary>Empty where persons are not named.</summary>
    public required string ByName { get; init; }

    /// <summary>The institution it was written for, as it was called then.</summary>
    public required string Institution { get; init; }
    public MemberId? Member { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether it answers whoever began the discussion, where the record knows of such.</summary>
    public bool IsAnswer { get; init; }

    /// <summary>The mail it came by: the same one of the same sender is taken once.</summary>
    public string? MessageId { get; init; }
    public DateTimeOffset? WithdrawnAt { get; private set; }
    public DateTimeOffset? HiddenAt { get; private set; }

    /// <summary>What its author was told when a moderator hid it.</summary>
    public string? HiddenReason { get; private set; }
    public int Version { get; set; }

    /// <summary>Takes it back: what it said is erased.</summary>
    public void Withdraw(DateTimeOffset at)
    {
        if (WithdrawnAt is not null)
            throw new RuleViolationException("platform.changed-meanwhile");
        (Text, WithdrawnAt) = (LocalizedText.Empty, at);
    }

    public void Hide(string reason, DateTimeOffset at)
    {
        if (WithdrawnAt is not null || HiddenAt is not null)
            throw new RuleViolationException("platform.changed-meanwhile");
        (HiddenReason, HiddenAt) = (reason, at);
    }

    public void Restore()
    {
        if (WithdrawnAt is not null || HiddenAt is null)
            throw new RuleViolationException("platform.changed-meanwhile");
        (HiddenReason, HiddenAt) = (null, null);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Comment>
    {
        public void Configure(EntityTypeBuilder<Comment> comment)
        {
            comment.ToTable("comments_comments");
            comment.Property(c => c.ByName).HasMaxLength(NameMaxLength);
            comment.Property(c => c.Institution).HasMaxLength(NameMaxLength);
            comment.Property(c => c.MessageId).HasMaxLength(MessageIdMaxLength);
            comment.Property(c => c.HiddenReason).HasMaxLength(ReasonMaxLength);
            comment.HasIndex(c => new { c.Discussion, c.At });
            comment
                .HasIndex(c => new
                {
                    c.Discussion,
                    c.MessageId,
                    c.By,
                })
                .IsUnique();
            comment.HasIndex(c => new { c.By, c.At });
            comment.HasIndex(c => c.Member);
            comment.HasOne<Discussion>().WithMany().HasForeignKey(c => c.Discussion).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>That a reader holds a comment to be against the rules of the house.</summary>
internal sealed class CommentReport
{
    public required Guid Id { get; init; }
    public required Guid Comment { get; init; }
    public required AccountId By { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>A moderator hid the comment, or decided that it stays.</summary>
    public DateTimeOffset? SettledAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<CommentReport>
    {
        public void Configure(EntityTypeBuilder<CommentReport> report)
        {
            report.ToTable("comments_reports");
            report.Property(r => r.Reason).HasMaxLength(Plenaria.Comments.Comment.ReasonMaxLength);
            report.HasIndex(r => new { r.Comment, r.By }).IsUnique();
            report.HasIndex(r => r.By);
            report.HasIndex(r => r.SettledAt);
            report.HasOne<Comment>().WithMany().HasForeignKey(r => r.Comment).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
