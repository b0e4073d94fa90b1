using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Platform.Journal;

/// <summary>
/// One line of the journal: that somebody did something, when, in whose name. What exactly lies in
/// <see cref="JournalPayload"/>, which can be erased; the chain goes on over a salted commitment to it.
/// </summary>
public sealed class JournalEntry
{
    public const int StreamMaxLength = 100,
        ActMaxLength = 80;

    public required Guid Id { get; init; }
    public required string Stream { get; init; }
    public required long Sequence { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Act { get; init; }
    public Guid? Actor { get; init; }
    public MemberId? OnBehalfOf { get; init; }
    public string? Subject { get; init; }
    public required byte[] Commitment { get; init; }
    public required byte[] Previous { get; init; }
    public required byte[] Hash { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<JournalEntry>
    {
        public void Configure(EntityTypeBuilder<JournalEntry> entry)
        {
            entry.ToTable("journal_entries");
            entry.Property(e => e.Stream).HasMaxLength(StreamMaxLength);
            entry.Property(e => e.Act).HasMaxLength(ActMaxLength);
            entry.Property(e => e.Subject).HasMaxLength(Reference.MaxLength);
            entry.HasIndex(e => new { e.OnBehalfOf, e.At }).HasFilter("on_behalf_of IS NOT NULL");
            entry.HasIndex(e => new { e.Stream, e.Sequence }).IsUnique();
            entry.HasIndex(e => e.Subject);
        }
    }
}

/// <summary>
/// What an entry says in full, as canonical JSON, with the salt of its commitment. Erasing sets both to null.
/// </summary>
internal sealed class JournalPayload : INotJournaled
{
    public required Guid EntryId { get; init; }
    public byte[]? Salt { get; set; }
    public byte[]? Content { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<JournalPayload>
    {
        public void Configure(EntityTypeBuilder<JournalPayload> payload)
        {
            payload.ToTable("journal_payloads");
            payload.HasKey(p => p.EntryId);
        }
    }
}

/// <summary>The end of one chain. Its row is the lock that puts writers of one stream in line.</summary>
internal sealed class JournalStream : INotJournaled
{
    public required string Name { get; init; }
    public long Length { get; set; }
    public required byte[] Head { get; set; }

    /// <summary>Up to where the newest seal holds this chain.</summary>
    public long SealedLength { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<JournalStream>
    {
        public void Configure(EntityTypeBuilder<JournalStream> stream)
        {
            stream.ToTable("journal_streams");
            stream.HasKey(s => s.Name);
            stream.Property(s => s.Name).HasMaxLength(JournalEntry.StreamMaxLength);
        }
    }
}
