using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Newsletter.Subscribing;

/// <summary>What a reader wrote back to an issue.</summary>
internal sealed class IssueAnswer : IVersioned
{
    public const int TextMaxLength = 10_000,
        MessageIdMaxLength = 250;

    public required Guid Id { get; init; }
    public required Guid Issue { get; init; }

    /// <summary>Who wrote it; deleted with them.</summary>
    public required Guid Subscriber { get; init; }

    /// <summary>By which the same mail is taken in once.</summary>
    public required string MessageId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Plain.</summary>
    public required string Text { get; init; }

    /// <summary>Since when nothing is left to do about it.</summary>
    public DateTimeOffset? HandledAt { get; set; }
    public int Version { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<IssueAnswer>
    {
        public void Configure(EntityTypeBuilder<IssueAnswer> answer)
        {
            answer.ToTable("newsletter_answers");
            answer.Property(a => a.MessageId).HasMaxLength(MessageIdMaxLength);
            answer.Property(a => a.Text).HasMaxLength(TextMaxLength);
            answer.HasIndex(a => new { a.Issue, a.MessageId }).IsUnique();
            answer.HasIndex(a => a.Subscriber);
            answer.HasOne<Subscriber>().WithMany().HasForeignKey(a => a.Subscriber).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
