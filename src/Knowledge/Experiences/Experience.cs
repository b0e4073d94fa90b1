using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Experiences;

/// <summary>
/// How far a practice has come: being written, before the editors, for everybody to read, out of the catalogue.
/// </summary>
internal enum EditorialState
{
    Draft,
    Submitted,
    Published,
    Archived,
}

/// <summary>The headings under which every practice is told, so that two can be read side by side.</summary>
internal enum NarrativeHeading
{
    Problem,
    Background,
    Organizers,
    Recruitment,
    Methods,
    Deliberation,
    Influence,
    Lessons,
    SeeAlso,
    References,
    Links,
    Notes,
}

/// <summary>
/// Something to see or read with it. <paramref name="Url"/> leads outside; a file of ours has a hash.
/// </summary>
internal sealed record MediaItem(
    string? Hash,
    string? Url,
    string Name,
    string? MediaType,
    LocalizedText Caption,
    string? Attribution,
    string? Licence
)
{
    public const int NameMaxLength = 200,
        UrlMaxLength = 500,
        AttributionMaxLength = 200;

    public string Address => Hash is { } hash ? $"/files/{hash}" : Url!;
    public bool IsPicture => Hash is not null && MediaType?.StartsWith("image/", StringComparison.Ordinal) == true;
}

/// <summary>
/// Where it was taken over from: the name of the collection, the record's name there, its address and its licence.
/// </summary>
internal sealed record Origin(string Name, string Id, string? Url, string? Licence);

/// <summary>
/// A documented practice of citizen participation: what was done where, by whom, how, and what came of it. Owned by a
/// member, unless it was taken over from another collection.
/// </summary>
internal sealed class Experience : IVersioned
{
    public const int SlugMaxLength = 100,
        TitleMaxLength = 160,
        SummaryMaxLength = 400,
        TextMaxLength = 30_000,
        PlaceMaxLength = 160,
        ContactMaxLength = 200,
        RemarkMaxLength = 2_000,
        SourceMaxLength = 60;

    public required Guid Id { get; init; }
    public required int Number { get; init; }
    public required string Slug { get; init; }
    public required Reference Reference { get; init; }
    public EditorialState State { get; private set; }
    public LocalizedText Title { get; set; } = LocalizedText.Empty;
    public LocalizedText Summary { get; set; } = LocalizedText.Empty;
    public Dictionary<NarrativeHeading, LocalizedText> Narrative { get; set; } = [];

    /// <summary>The language of the text when it is none of the five the platform speaks, ISO 639-1.</summary>
    public string? WrittenIn { get; set; }

    public MemberId? Owner { get; set; }
    public string? ContactName { get; set; }
    public string? ContactEmail { get; set; }

    /// <summary>When its owner last said that what is told here is still right.</summary>
    public DateOnly? ConfirmedOn { get; set; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; set; }
    public string? City { get; set; }
    public double? Latitude { get; set; }
    public double? Longitude { get; set; }
    public PartialDate? Start { get; set; }
    public PartialDate? End { get; set; }
    public bool? IsOngoing { get; set; }
    public long? Participants { get; set; }

    /// <summary>What it cost, in whole units of <see cref="Currency"/> (ISO 4217).</summary>
    public long? Cost { get; set; }
    public string? Currency { get; set; }

    /// <summary>Names of thesaurus terms; of one vocabulary the first is the most fitting.</summary>
    public List<string> Terms { get; set; } = [];
    public List<MediaItem> Media { get; set; } = [];

    /// <summary>The practice this one is a part of.</summary>
    public Guid? PartOf { get; set; }
    public List<Guid> Related { get; set; } = [];

    public Origin? Origin { get; set; }

    /// <summary>The origin in one word, so that a second import knows it again.</summary>
    public string? SourceKey { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? SubmittedAt { get; private set; }
    public DateTimeOffset? PublishedAt { get; private set; }
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>When an editor last read it; what changed since then is on the editors' list.</summary>
    public DateTimeOffset? ReviewedAt { get; private set; }

    /// <summary>What the editors asked when they gave it back.</summary>
    public string? Remark { get; private set; }
    public int Version { get; set; }
    public List<Author> Authors { get; } = [];

    public string Path => $"/experiences/{Slug}";
    public string Stream => $"experience:{Reference}";
    public bool IsPublic => State == EditorialState.Published;

    public string? FirstOf(string scheme) => Terms.Find(t => t.StartsWith(scheme + ":", StringComparison.Ordinal));

    public IEnumerable<string> Of(string scheme) =>
        Terms.Where(t => t.StartsWith(scheme + ":", StringComparison.Ordinal));

    public void Submit(DateTimeOffset at)
    {
        Demand(State == EditorialState.Draft, "experiences.not-a-draft");
        Demand(!Title.IsEmpty && !Summary.IsEmpty, "experiences.submit-needs");
        Demand(Country is not null, "experiences.submit-needs-place");
        (State, SubmittedAt, Remark) = (EditorialState.Submitted, at, null);
    }

    /// <summary>Gives it back to its authors with a question.</summary>
    public void GiveBack(string? remark)
    {
        Demand(State == EditorialState.Submitted, "experiences.not-submitted");
        Demand(!string.IsNullOrWhiteSpace(remark), "experiences.remark-missing");
        Demand(remark!.Trim().Length <= RemarkMaxLength, "experiences.remark-too-long");
        (State, Remark) = (EditorialState.Draft, remark.Trim());
    }

    public void Publish(DateTimeOffset at)
    {
        Demand(State != EditorialState.Published, "experiences.published-already");
        (State, PublishedAt, ReviewedAt, Remark) = (EditorialState.Published, PublishedAt ?? at, at, null);
    }

    public void Archive()
    {
        Demand(State == EditorialState.Published, "experiences.not-published");
        State = EditorialState.Archived;
    }

    /// <summary>An editor has read what changed since it was published.</summary>
    public void Reviewed(DateTimeOffset at) => ReviewedAt = at;

    private static void Demand(bool holds, string rule)
    {
        if (!holds)
            throw new RuleViolationException(rule);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Experience>
    {
        public void Configure(EntityTypeBuilder<Experience> experience)
        {
            experience.ToTable("experiences_practices");
            experience.Property(e => e.Slug).HasMaxLength(SlugMaxLength);
            experience.HasIndex(e => e.Slug).IsUnique();
            experience.HasIndex(e => e.Number).IsUnique();
            experience.HasIndex(e => e.Reference).IsUnique();
            experience.Property(e => e.Narrative).HasJson();
            experience.Property(e => e.Terms).HasJson();
            experience.Property(e => e.Media).HasJson();
            experience.Property(e => e.Related).HasJson();
            experience.Property(e => e.Origin).HasJson();
            experience.Property(e => e.WrittenIn).HasMaxLength(8);
            experience.Property(e => e.Country).HasMaxLength(2);
            experience.Property(e => e.City).HasMaxLength(PlaceMaxLength);
            experience.Property(e => e.Currency).HasMaxLength(3);
            experience.Property(e => e.ContactName).HasMaxLength(ContactMaxLength);
            experience.Property(e => e.ContactEmail).HasMaxLength(ContactMaxLength);
            experience.Property(e => e.Remark).HasMaxLength(RemarkMaxLength);
            experience.Property(e => e.SourceKey).HasMaxLength(SourceMaxLength);
            experience.HasIndex(e => e.SourceKey).IsUnique();
            experience.HasIndex(e => new { e.State, e.Number });
            experience.HasIndex(e => new { e.State, e.PublishedAt });
            experience.HasIndex(e => new { e.Owner, e.State });
            experience.HasIndex(e => e.PartOf);
            // What editors have not read since it changed: only these rows are in the index.
            experience
                .HasIndex(e => new { e.State, e.ChangedAt })
                .HasFilter("state = 'Published' AND reviewed_at < changed_at");
            experience
                .HasMany(e => e.Authors)
                .WithOne()
                .HasForeignKey(a => a.Experience)
                .OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>Somebody who writes a practice with others.</summary>
internal sealed class Author
{
    public required Guid Experience { get; init; }
    public required AccountId Account { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Author>
    {
        public void Configure(EntityTypeBuilder<Author> author)
        {
            author.ToTable("experiences_authors");
            author.HasKey(a => new { a.Experience, a.Account });
            author.HasIndex(a => a.Account);
        }
    }
}

/// <summary>A practice as it read at one moment: what its history shows and compares.</summary>
internal sealed class ExperienceRevision
{
    public required Guid Experience { get; init; }
    public required int Number { get; init; }
    public required DateTimeOffset At { get; init; }
    public AccountId? By { get; init; }
    public string? InTheNameOf { get; init; }

    /// <summary>Its texts and facts by name, e.g. <c>title.pt</c>.</summary>
    public required Dictionary<string, string> Texts { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ExperienceRevision>
    {
        public void Configure(EntityTypeBuilder<ExperienceRevision> revision)
        {
            revision.ToTable("experiences_revisions");
            revision.HasKey(r => new { r.Experience, r.Number });
            revision.Property(r => r.InTheNameOf).HasMaxLength(200);
            revision.Property(r => r.Texts).HasJson();
        }
    }
}

/// <summary>That somebody elsewhere took a practice up: where, when, and what became of it.</summary>
internal sealed class Adoption : IVersioned
{
    public const int WhoMaxLength = 200,
        NoteMaxLength = 1_000;

    public required Guid Id { get; init; }
    public required Guid Experience { get; init; }

    /// <summary>The member that took it up, when it is one.</summary>
    public MemberId? Member { get; init; }
    public required string Who { get; init; }
    public required string Country { get; init; }
    public PartialDate? Since { get; init; }
    public LocalizedText Note { get; init; } = LocalizedText.Empty;

    /// <summary>The practice that tells of it, when there is one.</summary>
    public Guid? Told { get; init; }

    /// <summary>The owner of the practice, or an editor, has said that it is so.</summary>
    public bool IsConfirmed { get; set; }
    public required DateTimeOffset At { get; init; }
    public int Version { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Adoption>
    {
        public void Configure(EntityTypeBuilder<Adoption> adoption)
        {
            adoption.ToTable("experiences_adoptions");
            adoption.Property(a => a.Who).HasMaxLength(WhoMaxLength);
            adoption.Property(a => a.Country).HasMaxLength(2);
            adoption.HasIndex(a => a.Experience);
            adoption.HasOne<Experience>().WithMany().HasForeignKey(a => a.Experience).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
