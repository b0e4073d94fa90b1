using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Newsletter.Subscribing;

/// <summary>How often an issue of a list is begun by itself.</summary>
internal enum DraftRhythm
{
    Never,
    Monthly,
    Quarterly,
}

/// <summary>A list of subscribers that issues are sent to.</summary>
internal sealed class MailingList : IVersioned
{
    /// <summary>The kind of the letters that lists send.</summary>
    public const string LetterKind = "newsletter";

    public const int NameMaxLength = 120,
        SlugMaxLength = 60;

    public required Guid Id { get; init; }

    /// <summary>Stands in the <c>List-Id</c> of letters and never changes.</summary>
    public required string Slug { get; init; }
    public LocalizedText Name { get; set; } = LocalizedText.Empty;

    /// <summary>Whether anybody may subscribe, and whether its issues are in the public archive.</summary>
    public bool IsPublic { get; set; }

    /// <summary>How often a draft with what was published since is begun by itself.</summary>
    public DraftRhythm Rhythm { get; set; }

    /// <summary>
    /// The last day of a list that ends, by the network's clocks: after it nobody subscribes, and its subscriptions end.
    /// </summary>
    public DateOnly? LastDay { get; set; }
    public int Version { get; set; }

    public bool IsOver(DateOnly today) => LastDay < today;

    public string Stream => $"newsletter-list:{Id:N}";

    internal sealed class Mapping : IEntityTypeConfiguration<MailingList>
    {
        public void Configure(EntityTypeBuilder<MailingList> list)
        {
            list.ToTable("newsletter_lists");
            list.Property(l => l.Slug).HasMaxLength(SlugMaxLength);
            list.HasIndex(l => l.Slug).IsUnique();
        }
    }
}
