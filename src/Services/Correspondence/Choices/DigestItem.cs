using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Correspondence;

/// <summary>A letter that waits for its reader's next digest; deleted with it.</summary>
internal sealed class DigestItem : INotJournaled
{
    public const int TextMaxLength = 500,
        LinkMaxLength = 1_000;

    /// <summary>Of statements that change them.</summary>
    public static StatementStreams Streams => StatementStreams.None("letters are bookkeeping");

    public required Guid Id { get; init; }
    public required AccountId Account { get; init; }
    public required string Kind { get; init; }
    public required Kernel.Language Language { get; init; }
    public required string Subject { get; init; }

    /// <summary>The beginning of what was said.</summary>
    public required string Text { get; init; }
    public required string Link { get; init; }
    public required DateTimeOffset At { get; init; }

    public static DigestItem Create(LetterDraft letter, LetterExcerpt excerpt, AccountId account, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            Account = account,
            Kind = letter.Kind,
            Language = letter.Language,
            Subject = Folding.Cut(letter.Subject.ReplaceLineEndings(" "), OutboxMessage.SubjectMaxLength),
            Text = Folding.Cut(excerpt.Text.ReplaceLineEndings("\n").Trim(), TextMaxLength),
            Link = excerpt.Link,
            At = now,
        };

    internal sealed class Mapping : IEntityTypeConfiguration<DigestItem>
    {
        public void Configure(EntityTypeBuilder<DigestItem> item)
        {
            item.ToTable("correspondence_digest_items");
            item.Property(i => i.Kind).HasMaxLength(LetterKind.KeyMaxLength);
            item.Property(i => i.Subject).HasMaxLength(OutboxMessage.SubjectMaxLength);
            item.Property(i => i.Text).HasMaxLength(TextMaxLength);
            item.Property(i => i.Link).HasMaxLength(LinkMaxLength);
            item.HasIndex(i => new { i.Account, i.At });
            item.HasIndex(i => i.At);
        }
    }
}

/// <summary>When somebody was sent a digest last: of one period there is one.</summary>
internal sealed class DigestReceipt : INotJournaled
{
    public required AccountId Account { get; init; }
    public required DateTimeOffset SentAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<DigestReceipt>
    {
        public void Configure(EntityTypeBuilder<DigestReceipt> receipt)
        {
            receipt.ToTable("correspondence_digests");
            receipt.HasKey(r => r.Account);
        }
    }
}
