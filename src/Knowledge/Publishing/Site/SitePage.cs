using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Publishing.Site;

/// <summary>
/// Under which heading of the foot of every page a page is listed; <c>None</c> for one that is reached by links alone.
/// </summary>
internal enum Menu
{
    None,
    About,
    Join,
    Legal,
}

/// <summary>An editorial page: who we are, how to join, statutes, legal notice.</summary>
internal sealed class SitePage : IVersioned
{
    public const int SlugMaxLength = 80,
        TitleMaxLength = 160,
        BodyMaxLength = 200_000;

    public required Guid Id { get; init; }
    public required string Slug { get; init; }
    public required Reference Reference { get; init; }
    public LocalizedText Title { get; set; } = LocalizedText.Empty;

    /// <summary>Markdown.</summary>
    public LocalizedText Body { get; set; } = LocalizedText.Empty;
    public Menu Menu { get; set; }

    /// <summary>Its place under the heading, from the top.</summary>
    public int Order { get; set; }
    public bool IsPublished { get; set; }
    public DateTimeOffset ChangedAt { get; set; }
    public int Version { get; set; }

    public string Path => PathOf(Slug);
    public string Stream => $"page:{Slug}";

    public static string PathOf(string slug) => $"/about/{slug}";

    internal sealed class Mapping : IEntityTypeConfiguration<SitePage>
    {
        public void Configure(EntityTypeBuilder<SitePage> page)
        {
            page.ToTable("publishing_pages");
            page.Property(p => p.Slug).HasMaxLength(SlugMaxLength);
            page.HasIndex(p => p.Slug).IsUnique();
        }
    }
}

/// <summary>A page as it read after one change, so that what the statutes said last year can be shown.</summary>
internal sealed class SitePageRevision : INotJournaled
{
    public required Guid Page { get; init; }
    public required int Number { get; init; }
    public required DateTimeOffset At { get; init; }
    public required AccountId? By { get; init; }
    public required LocalizedText Title { get; init; }
    public required LocalizedText Body { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<SitePageRevision>
    {
        public void Configure(EntityTypeBuilder<SitePageRevision> revision)
        {
            revision.ToTable("publishing_page_revisions");
            revision.HasKey(r => new { r.Page, r.Number });
        }
    }
}

/// <summary>A block of the home page: a heading, a few lines, perhaps a button.</summary>
internal sealed class HomeBlock : IVersioned
{
    public const int TitleMaxLength = 120,
        TextMaxLength = 4_000,
        LabelMaxLength = 60,
        TargetMaxLength = 300;

    public required Guid Id { get; init; }
    public LocalizedText Title { get; set; } = LocalizedText.Empty;
    public LocalizedText Text { get; set; } = LocalizedText.Empty;
    public LocalizedText Label { get; set; } = LocalizedText.Empty;

    /// <summary>Where the button leads: a path of the house without the language, or a whole address.</summary>
    public string? Target { get; set; }
    public int Order { get; set; }
    public bool IsShown { get; set; }
    public int Version { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<HomeBlock>
    {
        public void Configure(EntityTypeBuilder<HomeBlock> block)
        {
            block.ToTable("publishing_blocks");
            block.Property(b => b.Target).HasMaxLength(TargetMaxLength);
        }
    }
}
