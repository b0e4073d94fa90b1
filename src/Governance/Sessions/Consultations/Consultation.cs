using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Comments;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Sessions.Wording;

namespace Plenaria.Sessions.Consultations;

internal enum ConsultationState
{
    Draft,
    Open,
    Closed,
}

/// <summary>
/// A draft on which members are asked before anybody decides: version by version, with what was said about each
/// paragraph and what the Secretariat answered.
/// </summary>
internal sealed class Consultation : IVersioned
{
    public const int TitleMaxLength = 200,
        IntroductionMaxLength = 5_000,
        TextMaxLength = Motion.TextMaxLength;

    public required Guid Id { get; init; }
    public required Reference Reference { get; init; }
    public required LocalizedText Title { get; set; }
    public LocalizedText Introduction { get; set; } = LocalizedText.Empty;
    public ConsultationState State { get; set; }

    /// <summary>The last day on which comments are taken: until it is over everywhere on Earth.</summary>
    public required DateOnly Until { get; set; }

    /// <summary>Whoever is a member when it is opened is asked.</summary>
    public bool AsksAll { get; set; } = true;
    public DateTimeOffset? OpenedAt { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }
    public int Version { get; set; }
    public List<DraftVersion> Versions { get; } = [];
    public List<AskedMember> Asked { get; } = [];

    public string Stream => $"consultation:{Reference}";
    public string Path => $"/consultations/{Reference}";

    /// <summary>From its opening on everybody may read it.</summary>
    public bool IsPublic => State != ConsultationState.Draft;

    /// <summary>The version that is being discussed, or was last.</summary>
    public DraftVersion? Current => Versions.Where(v => v.PublishedAt is not null).MaxBy(v => v.Number);

    /// <summary>The version that is being written.</summary>
    public DraftVersion? Next => Versions.Find(v => v.PublishedAt is null);

    /// <summary>Whether a version has been written that the end of the round publishes.</summary>
    public bool PublishesNext => Next is { } next && !next.Text.Equals(Current?.Text ?? LocalizedText.Empty);

    public bool IsPastLastDay(DateTimeOffset now) => IsOver(Until, now);

    public bool Takes(DateTimeOffset now) => State == ConsultationState.Open && !IsPastLastDay(now);

    /// <summary>The members that somebody acts for, of those that are asked.</summary>
    public IReadOnlyList<AskedMember> AskedOf(Actor who)
    {
        var own = who.Represents.ToHashSet();
        return [.. Asked.Where(a => own.Contains(a.Member))];
    }

    /// <summary>What a member that is asked was called then.</summary>
    public LocalizedText NameOf(MemberId member) => Asked.Find(a => a.Member == member)?.Name ?? LocalizedText.Empty;

    /// <summary>The version that is being written, begun with the words of the last one.</summary>
    public DraftVersion Begin(DateTimeOffset at)
    {
        if (Next is { } next)
            return next;
        var version = new DraftVersion
        {
            Id = Guid.CreateVersion7(at),
            Consultation = Id,
            Number = (Current?.Number ?? 0) + 1,
            Text = Current?.Text ?? LocalizedText.Empty,
        };
        Versions.Add(version);
        return version;
    }

    public void Open(DateTimeOffset at)
    {
        if (State != ConsultationState.Draft)
            throw new RuleViolationException("consultations.open-already");
        if (Next is not { Text.IsEmpty: false } first)
            throw new RuleViolationException("consultations.no-text");
        if (Asked.Count == 0)
            throw new RuleViolationException("consultations.nobody-asked");
        DemandAhead(Until, at);
        first.Publish(at);
        (State, OpenedAt) = (ConsultationState.Open, at);
    }

    /// <summary>
    /// Ends a round: what was rewritten becomes the next version, and members are asked again until a day, or no more.
    /// </summary>
    public void EndRound(DateOnly? again, DateTimeOffset at)
    {
        if (State != ConsultationState.Open)
            throw new RuleViolationException("consultations.not-open");
        var isNew = PublishesNext;
        if (again is { } until)
        {
            if (!isNew)
                throw new RuleViolationException("consultations.nothing-new");
            DemandAhead(until, at);
            Until = until;
        }
        else
            (State, ClosedAt) = (ConsultationState.Closed, at);
        if (isNew)
            Next!.Publish(at);
    }

    private static void DemandAhead(DateOnly until, DateTimeOffset at)
    {
        if (IsOver(until, at))
            throw new RuleViolationException("consultations.day-past");
    }

    // The last clocks on which it is still that day are twelve hours behind UTC.
    private static bool IsOver(DateOnly day, DateTimeOffset now) =>
        DateOnly.FromDateTime(now.UtcDateTime.AddHours(-12)) > day;

    internal sealed class Mapping : IEntityTypeConfiguration<Consultation>
    {
        public void Configure(EntityTypeBuilder<Consultation> consultation)
        {
            consultation.ToTable("sessions_consultations");
            consultation.HasIndex(c => c.Reference).IsUnique();
            consultation.HasIndex(c => c.State);
            consultation
                .HasMany(c => c.Versions)
                .WithOne()
                .HasForeignKey(v => v.Consultation)
                .OnDelete(DeleteBehavior.Cascade);
            consultation
                .HasMany(c => c.Asked)
                .WithOne()
                .HasForeignKey(a => a.Consultation)
                .OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>One wording of a draft. Once it is published it stays as it is.</summary>
internal sealed class DraftVersion : IVersioned
{
    public required Guid Id { get; init; }
    public required Guid Consultation { get; init; }
    public required int Number { get; init; }

    /// <summary>Markdown; its paragraphs are what comments are about.</summary>
    public required LocalizedText Text { get; set; }
    public DateTimeOffset? PublishedAt { get; private set; }

    /// <summary>SHA-256 of the original, hexadecimal, from the publication on.</summary>
    public string? Sha256 { get; private set; }
    public int Version { get; set; }

    public void Publish(DateTimeOffset at) => (PublishedAt, Sha256) = (at, Passages.Hash(Text.ToString()));

    internal sealed class Mapping : IEntityTypeConfiguration<DraftVersion>
    {
        public void Configure(EntityTypeBuilder<DraftVersion> version)
        {
            version.ToTable("sessions_draft_versions");
            version.Property(v => v.Sha256).HasMaxLength(64);
            version.HasIndex(v => new { v.Consultation, v.Number }).IsUnique();
        }
    }
}

/// <summary>A member that is asked, by the name it had then.</summary>
internal sealed class AskedMember
{
    public required Guid Consultation { get; init; }
    public required MemberId Member { get; init; }
    public required LocalizedText Name { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<AskedMember>
    {
        public void Configure(EntityTypeBuilder<AskedMember> asked)
        {
            asked.ToTable("sessions_asked");
            asked.HasKey(a => new { a.Consultation, a.Member });
            asked.HasIndex(a => a.Member);
        }
    }
}

/// <summary>What became of a comment.</summary>
internal enum Verdict
{
    TakenUp,
    InPart,
    NotTakenUp,
    Noted,
}

/// <summary>What the Secretariat answered to a comment, and what became of it.</summary>
internal sealed class CommentAnswer : IVersioned
{
    /// <summary>The comment's key.</summary>
    public required Guid Comment { get; init; }
    public required Guid Consultation { get; init; }
    public required Verdict Verdict { get; set; }
    public LocalizedText Text { get; set; } = LocalizedText.Empty;
    public required DateTimeOffset At { get; set; }
    public int Version { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<CommentAnswer>
    {
        public void Configure(EntityTypeBuilder<CommentAnswer> answer)
        {
            answer.ToTable("sessions_comment_answers");
            answer.HasKey(a => a.Comment);
            answer.HasIndex(a => a.Consultation);
            answer
                .HasOne<Consultation>()
                .WithMany()
                .HasForeignKey(a => a.Consultation)
                .OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>A comment on a consultation with what it was answered.</summary>
internal sealed record ConsultationComment(PostedComment Line, CommentAnswer? Given)
{
    public Guid Id => Line.Id;

    /// <summary>Number of the version it is about.</summary>
    public int Of => Line.TextVersion;
    public int Paragraph => Line.Paragraph;
    public LocalizedText Text => Line.Text;
    public MemberId By => Line.Member!.Value;
    public DateTimeOffset At => Line.At;
    public Verdict? Verdict => Given?.Verdict;
    public LocalizedText Answer => Given?.Text ?? LocalizedText.Empty;
    public DateTimeOffset? AnsweredAt => Given?.At;

    /// <summary>Of the answer; 0 while there is none.</summary>
    public int Version => Given is null ? 0 : Given.Version + 1;
}
