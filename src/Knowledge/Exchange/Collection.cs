using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Exchange;

/// <summary>
/// Publications put together by somebody: a person, a member, or an office for its region. A person's bookmarks are a
/// collection without a title that nobody else sees.
/// </summary>
internal sealed class Collection : IVersioned
{
    public const int SlugMaxLength = 80,
        TitleMaxLength = 160,
        TextMaxLength = 5_000;

    public required Guid Id { get; init; }
    public required string Slug { get; init; }
    public LocalizedText Title { get; set; } = LocalizedText.Empty;
    public LocalizedText Text { get; set; } = LocalizedText.Empty;

    /// <summary>Whose it is: exactly one of the three is set.</summary>
    public AccountId? Account { get; init; }
    public MemberId? Member { get; init; }
    public OfficeId? Office { get; init; }
    public bool IsPublic { get; set; }
    public bool IsBookmarks { get; init; }
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }
    public int Version { get; set; }
    public List<CollectionEntry> Entries { get; } = [];

    public string Path => IsBookmarks ? "/bookmarks" : $"/collections/{Slug}";
    public string Stream => $"collection:{Slug}";

    public static string BookmarksOf(AccountId account) => $"bookmarks-{account.Value:N}";

    internal sealed class Mapping : IEntityTypeConfiguration<Collection>
    {
        public void Configure(EntityTypeBuilder<Collection> collection)
        {
            collection.ToTable("exchange_collections");
            collection.Property(c => c.Slug).HasMaxLength(SlugMaxLength);
            collection.HasIndex(c => c.Slug).IsUnique();
            collection.HasIndex(c => c.Account);
            collection.HasIndex(c => c.Office);
            // Those that everybody sees: everybody's bookmarks, of which there are more, are not among them.
            collection.HasIndex(c => c.ChangedAt).HasFilter("NOT (is_bookmarks) AND is_public");
            collection
                .HasMany(c => c.Entries)
                .WithOne()
                .HasForeignKey(e => e.Collection)
                .OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>A publication's place in a collection, and what its keeper says of it.</summary>
internal sealed class CollectionEntry
{
    public const int NoteMaxLength = 1_000;

    public required Guid Collection { get; init; }
    public required Reference Reference { get; init; }
    public required int Position { get; set; }
    public string? Note { get; set; }
    public required DateTimeOffset At { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<CollectionEntry>
    {
        public void Configure(EntityTypeBuilder<CollectionEntry> entry)
        {
            entry.ToTable("exchange_collection_entries");
            entry.HasKey(e => new { e.Collection, e.Reference });
            entry.Property(e => e.Note).HasMaxLength(NoteMaxLength);
        }
    }
}

/// <summary>When a member was last invited to tell something, and whether its people asked not to be.</summary>
internal sealed class Nudge : IVersioned
{
    public required Guid Id { get; init; }
    public required MemberId Member { get; init; }
    public DateTimeOffset? LastAt { get; set; }
    public bool IsOff { get; set; }
    public int Version { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Nudge>
    {
        public void Configure(EntityTypeBuilder<Nudge> nudge)
        {
            nudge.ToTable("exchange_nudges");
            nudge.HasIndex(n => n.Member);
        }
    }
}
