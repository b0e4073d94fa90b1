using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Platform.Register;

/// <summary>Who may find an entry: everyone, whoever is signed in for the network, or the Secretariat only.</summary>
public enum Audience
{
    Public,
    Network,
    Staff,
}

/// <summary>
/// One thing the network has published, with a reference that lasts. Search, feeds, sitemap and links read these rows.
/// </summary>
public sealed class RegisterEntry : IVersioned
{
    public const int KindMaxLength = 40,
        PathMaxLength = 300;

    public required Guid Id { get; init; }
    public required Reference Reference { get; init; }
    public required string Kind { get; init; }
    public string Path { get; internal set; } = "";
    public Audience Audience { get; internal set; }
    public MemberId? Member { get; internal set; }
    public OfficeId? Office { get; internal set; }
    public string? Place { get; internal set; }
    public PartialDate? Date { get; internal set; }

    /// <summary>The names of the thesaurus terms it is about, <c>scheme:code</c>.</summary>
    public List<string> Topics { get; internal set; } = [];
    public bool HasTopics { get; internal set; }
    public DateTimeOffset PublishedAt { get; init; }
    public DateTimeOffset ChangedAt { get; internal set; }
    public bool Withdrawn { get; internal set; }
    public int Version { get; set; }

    /// <summary>What it says, by language.</summary>
    public List<RegisterText> Texts { get; } = [];

    internal sealed class Mapping : IEntityTypeConfiguration<RegisterEntry>
    {
        public void Configure(EntityTypeBuilder<RegisterEntry> entry)
        {
            entry.ToTable("register_entries");
            entry.Property(e => e.Kind).HasMaxLength(KindMaxLength);
            entry.Property(e => e.Path).HasMaxLength(PathMaxLength);
            entry.Property(e => e.Place).HasMaxLength(20);
            entry.HasIndex(e => e.Reference).IsUnique();
            entry.Property(e => e.Topics).HasJson();
            entry.Property(e => e.HasTopics);
            // The newest of a kind.
            entry
                .HasIndex(e => new
                {
                    e.Kind,
                    e.ChangedAt,
                    e.Reference,
                })
                .IsDescending(false, true, false);
            // In the order in which lists and feeds take the newest entries; a query that reads their texts adds
            // the key.
            entry
                .HasIndex(e => new
                {
                    e.ChangedAt,
                    e.Reference,
                    e.Id,
                })
                .IsDescending(true, false, false);
            entry.HasIndex(e => new { e.Member, e.ChangedAt });
            entry.HasIndex(e => e.Path);
            entry.HasIndex(e => e.PublishedAt);
            entry.HasMany(e => e.Texts).WithOne().HasForeignKey(t => t.EntryId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>
/// An entry in one language. <see cref="SortKey"/> orders titles as readers of that language do, bytewise, on every
/// database.
/// </summary>
public sealed class RegisterText : INotJournaled
{
    public required Guid EntryId { get; init; }
    public required Kernel.Language Language { get; init; }
    public required string Title { get; set; }
    public required string Summary { get; set; }
    public required string Body { get; set; }
    public required WordingState State { get; set; }
    public required byte[] SortKey { get; set; }
    public required string SourceHash { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<RegisterText>
    {
        public void Configure(EntityTypeBuilder<RegisterText> text)
        {
            text.ToTable("register_texts");
            text.HasKey(t => new { t.EntryId, t.Language });
            text.Property(t => t.SourceHash).HasMaxLength(16);
            text.HasIndex(t => new { t.Language, t.SortKey });
        }
    }
}
