using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Correspondence;
using Plenaria.Platform.Data;

namespace Plenaria.Comments;

/// <summary>Somebody who hears of what is written about a record, and whose answers by mail belong to it.</summary>
internal sealed class Follower
{
    public required Guid Discussion { get; init; }
    public required AccountId Account { get; init; }
    public required string ReplyToken { get; init; }

    /// <summary>False for who stopped following: the token stays theirs, no letter goes out.</summary>
    public bool IsActive { get; set; } = true;

    internal sealed class Mapping : IEntityTypeConfiguration<Follower>
    {
        public void Configure(EntityTypeBuilder<Follower> follower)
        {
            follower.ToTable("comments_followers");
            follower.HasKey(f => new { f.Discussion, f.Account });
            follower.Property(f => f.ReplyToken).HasMaxLength(ReplyAddress.MaxToken);
            follower.HasIndex(f => f.ReplyToken).IsUnique();
            follower.HasIndex(f => f.Account);
            follower.HasOne<Discussion>().WithMany().HasForeignKey(f => f.Discussion).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>
/// An answer by mail of which it is not certain what its sender wrote and what was quoted: nobody else sees it until
/// the sender has confirmed it.
/// </summary>
internal sealed class HeldReply : IVersioned
{
    /// <summary>Days after which one that nobody confirmed is deleted.</summary>
    public const int DaysKept = 30;

    public required Guid Id { get; init; }
    public required Guid Discussion { get; init; }
    public required AccountId Account { get; init; }
    public required string Text { get; init; }
    public required string MessageId { get; init; }
    public required DateTimeOffset At { get; init; }
    public int Version { get; set; }

    public string Path => $"/comments/replies/{Id}";

    internal sealed class Mapping : IEntityTypeConfiguration<HeldReply>
    {
        public void Configure(EntityTypeBuilder<HeldReply> reply)
        {
            reply.ToTable("comments_held_replies");
            reply.Property(r => r.Text).HasMaxLength(Comment.TextMaxLength);
            reply.Property(r => r.MessageId).HasMaxLength(Comment.MessageIdMaxLength);
            reply
                .HasIndex(r => new
                {
                    r.Discussion,
                    r.MessageId,
                    r.Account,
                })
                .IsUnique();
            reply.HasIndex(r => r.Account);
            reply.HasOne<Discussion>().WithMany().HasForeignKey(r => r.Discussion).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
