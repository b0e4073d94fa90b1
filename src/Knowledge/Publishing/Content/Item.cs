using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Publishing.Content;

/// <summary>
/// What kind of thing is said: a piece of news, something that takes place, a document, something to watch.
/// </summary>
internal enum ItemKind
{
    News,
    Event,
    Publication,
    Video,
}

/// <summary>How far it has come: being written, before the editors, for everybody to read, out of the lists.</summary>
internal enum ItemState
{
    Draft,
    Submitted,
    Published,
    Archived,
}

/// <summary>A file of ours that belongs to an item; of a document there may be one per language.</summary>
/// <param name="Hash">Its content's SHA-256, the name under which it is kept.</param>
/// <param name="Size">In bytes.</param>
internal sealed record Attached(string Hash, string Name, string MediaType, long Size, string? Language)
{
    public string Address => $"/files/{Hash}";
    public bool IsPicture => MediaType.StartsWith("image/", StringComparison.Ordinal);
    public bool IsVideo => MediaType.StartsWith("video/", StringComparison.Ordinal);
}

/// <summary>
/// Something published by the network, an office or a member: news, an event, a publication or a video.
/// </summary>
internal sealed class Item : IVersioned
{
    public const int SlugMaxLength = 100,
        TitleMaxLength = 200,
        SummaryMaxLength = 600,
        BodyMaxLength = 200_000,
        PlaceMaxLength = 160,
        AuthorsMaxLength = 400,
        LicenceMaxLength = 60,
        IdentifierMaxLength = 80,
        UrlMaxLength = 500,
        RemarkMaxLength = 2_000,
        ZoneMaxLength = 64,
        MostFiles = 12,
        MostTopics = 5;

    public required Guid Id { get; init; }
    public required int Number { get; init; }
    public required ItemKind Kind { get; init; }
    public required string Slug { get; init; }
    public required Reference Reference { get; init; }
    public ItemState State { get; private set; }
    public LocalizedText Title { get; set; } = LocalizedText.Empty;
    public LocalizedText Summary { get; set; } = LocalizedText.Empty;

    /// <summary>Markdown.</summary>
    public LocalizedText Body { get; set; } = LocalizedText.Empty;

    /// <summary>The member that publishes it; with neither member nor office it is the network itself.</summary>
    public MemberId? Owner { get; set; }
    public OfficeId? Office { get; set; }
    public required AccountId? Author { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; set; }
    public string? City { get; set; }

    /// <summary>When it appeared: of a document often only the year is known.</summary>
    public PartialDate? Date { get; set; }

    /// <summary>Who wrote the document, as a catalogue would name them, separated by semicolons.</summary>
    public string? Authors { get; set; }
    public string? Licence { get; set; }

    /// <summary>DOI, ISBN or ISSN, as printed.</summary>
    public string? Identifier { get; set; }
    public string? Url { get; set; }
    public List<Attached> Files { get; set; } = [];

    /// <summary>Names of thesaurus terms.</summary>
    public List<string> Terms { get; set; } = [];

    /// <summary>
    /// When an event begins and ends, in UTC; <see cref="Zone"/> is the IANA zone whose clocks its visitors go by.
    /// </summary>
    public DateTimeOffset? StartsAt { get; set; }
    public DateTimeOffset? EndsAt { get; set; }
    public string? Zone { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ChangedAt { get; set; }
    public DateTimeOffset? SubmittedAt { get; private set; }
    public DateTimeOffset? PublishedAt { get; private set; }

    /// <summary>What the editors asked when they gave it back.</summary>
    public string? Remark { get; private set; }
    public int Version { get; set; }

    /// <summary>When it appeared, as far as anybody said; otherwise the day on which it was published here.</summary>
    public PartialDate Appeared =>
        Date ?? PartialDate.On(DateOnly.FromDateTime((PublishedAt ?? ChangedAt).UtcDateTime));
    public string Shelf => ShelfOf(Kind);
    public string Path => $"{Shelf}/{Slug}";

    /// <summary>All kinds are written on one page.</summary>
    public string EditPath => $"/library/{Slug}/edit";
    public string Stream => $"item:{Reference}";
    public string RegisterKind => KindOf(Kind);
    public bool IsPublic => State == ItemState.Published;

    /// <summary>Where a kind stands in the public site.</summary>
    public static string ShelfOf(ItemKind kind) =>
        kind switch
        {
            ItemKind.News => "/news",
            ItemKind.Event => "/calendar",
            _ => "/library",
        };

    /// <summary>What the register calls a kind.</summary>
    public static string KindOf(ItemKind kind) =>
        kind switch
        {
            ItemKind.News => "news",
            ItemKind.Event => "event",
            ItemKind.Video => "video",
            _ => "publication",
        };

    public void Submit(DateTimeOffset at)
    {
        Demand(State == ItemState.Draft, "publishing.not-a-draft");
        DemandComplete();
        (State, SubmittedAt, Remark) = (ItemState.Submitted, at, null);
    }

    public void GiveBack(string? remark)
    {
        Demand(State == ItemState.Submitted, "publishing.not-submitted");
        Demand(!string.IsNullOrWhiteSpace(remark), "publishing.remark-missing");
        Demand(remark!.Trim().Length <= RemarkMaxLength, "publishing.remark-too-long");
        (State, Remark) = (ItemState.Draft, remark.Trim());
    }

    public void Publish(DateTimeOffset at)
    {
        Demand(State != ItemState.Published, "publishing.published-already");
        DemandComplete();
        (State, PublishedAt, Remark) = (ItemState.Published, PublishedAt ?? at, null);
    }

    public void Archive()
    {
        Demand(State == ItemState.Published, "publishing.not-published");
        State = ItemState.Archived;
    }

    /// <exception cref="RuleViolationException">Something is missing that a reader would miss at once.</exception>
    public void DemandComplete()
    {
        Demand(!Title.IsEmpty, "publishing.needs-title");
        Demand(Kind != ItemKind.Event || StartsAt is not null, "publishing.needs-start");
        Demand(Kind != ItemKind.Video || Url is not null || Files.Exists(f => f.IsVideo), "publishing.needs-video");
        Demand(
            Kind != ItemKind.Publication || Url is not null || Files.Count > 0 || !Body.IsEmpty,
            "publishing.needs-document"
        );
        Demand(Kind != ItemKind.News || !Body.IsEmpty || !Summary.IsEmpty, "publishing.needs-text");
    }

    private static void Demand(bool holds, string rule)
    {
        if (!holds)
            throw new RuleViolationException(rule);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Item>
    {
        public void Configure(EntityTypeBuilder<Item> item)
        {
            item.ToTable("publishing_items");
            item.Property(i => i.Slug).HasMaxLength(SlugMaxLength);
            item.HasIndex(i => i.Slug).IsUnique();
            item.HasIndex(i => i.Number).IsUnique();
            item.Property(i => i.Country).HasMaxLength(2);
            item.Property(i => i.City).HasMaxLength(PlaceMaxLength);
            item.Property(i => i.Authors).HasMaxLength(AuthorsMaxLength);
            item.Property(i => i.Licence).HasMaxLength(LicenceMaxLength);
            item.Property(i => i.Identifier).HasMaxLength(IdentifierMaxLength);
            item.Property(i => i.Url).HasMaxLength(UrlMaxLength);
            item.Property(i => i.Zone).HasMaxLength(ZoneMaxLength);
            item.Property(i => i.Remark).HasMaxLength(RemarkMaxLength);
            item.Property(i => i.Files).HasJson();
            item.Property(i => i.Terms).HasJson();
            item.HasIndex(i => new
            {
                i.State,
                i.Kind,
                i.PublishedAt,
            });
            item.HasIndex(i => new { i.State, i.StartsAt });
            item.HasIndex(i => i.Owner);
            item.HasIndex(i => i.Author);
        }
    }
}
