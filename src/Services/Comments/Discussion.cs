using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Comments;

/// <summary>What is said about one record of a module. It has the key of that record.</summary>
internal sealed class Discussion : IVersioned
{
    public const int KindMaxLength = 40,
        StreamMaxLength = 200;

    public required Guid Id { get; init; }

    /// <summary>Of the record, as its module declared it.</summary>
    public required string Kind { get; init; }

    /// <summary>The record's stream of the journal.</summary>
    public required string Stream { get; init; }

    /// <inheritdoc cref="CommentedRecord.IsFormal"/>
    public required bool IsFormal { get; init; }

    /// <summary>A moderator closed it; what was said stays.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }
    public int Version { get; set; }

    public void Close(DateTimeOffset at)
    {
        if (ClosedAt is not null)
            throw new RuleViolationException("comments.closed-already");
        ClosedAt = at;
    }

    public void Reopen() => ClosedAt = null;

    internal sealed class Mapping : IEntityTypeConfiguration<Discussion>
    {
        public void Configure(EntityTypeBuilder<Discussion> discussion)
        {
            discussion.ToTable("comments_discussions");
            discussion.Property(d => d.Kind).HasMaxLength(KindMaxLength);
            discussion.Property(d => d.Stream).HasMaxLength(StreamMaxLength);
        }
    }
}
