using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Plans.Reports;

/// <summary>Whether an action did what it was for, as the Secretariat judges it.</summary>
internal enum Achievement
{
    NotAssessed,
    Achieved,
    Partly,
    NotAchieved,
}

/// <summary>What becomes of an action that was not completed.</summary>
internal enum ActionOutcome
{
    None,
    CarriedOver,
    Dropped,
    Transferred,
}

/// <summary>
/// The balance of a period, usually from one plenary to the next. While it is open it is reckoned from the records at
/// every look; closing keeps its bytes, and from then on it is read from these alone.
/// </summary>
internal sealed class AnnualReport : IVersioned
{
    public const int IntroductionMaxLength = 20_000,
        TitleMaxLength = 300,
        NoteMaxLength = 4_000;

    public required Guid Id { get; init; }
    public required Reference Reference { get; init; }
    public required Period Period { get; init; }
    public required Language Language { get; init; }
    public required LocalizedText Title { get; set; }
    public LocalizedText Introduction { get; set; } = LocalizedText.Empty;
    public bool IsClosed { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>The report as canonical JSON, once it is closed.</summary>
    public byte[]? Content { get; private set; }

    /// <summary>SHA-256 of <see cref="Content"/>.</summary>
    public byte[]? Hash { get; private set; }

    /// <summary>The decision by which the members accepted it, as it was closed.</summary>
    public Reference? AcceptedBy { get; private set; }

    /// <summary>Changes with every edit, so that an edit of an assessment counts as one of the report.</summary>
    public required DateTimeOffset ChangedAt { get; set; }
    public int Version { get; set; }
    public List<Assessment> Assessments { get; } = [];
    public List<Erratum> Errata { get; } = [];

    public string Stream => StreamOf(Reference);
    public string Path => PathOf(Reference);

    public static string StreamOf(Reference reference) => $"report:{reference}";

    public static string PathOf(Reference reference) => $"/reports/{reference}";

    /// <summary>What is printed to compare two copies by eye.</summary>
    public static string CheckCode(byte[] hash) => Convert.ToHexStringLower(hash.AsSpan(0, 8));

    /// <exception cref="RuleViolationException">The report is closed.</exception>
    public void DemandOpen()
    {
        if (IsClosed)
            throw new RuleViolationException("plans.report.closed");
    }

    /// <summary>Why it cannot be closed as it reads now; null when it can.</summary>
    public RuleViolationException? FindObstacle(ReportContent content) =>
        IsClosed ? new("plans.report.closed")
        : content.Total.Actions == 0 ? new("plans.report.empty")
        : null;

    public void Close(ReportContent content, DateTimeOffset at)
    {
        if (FindObstacle(content) is { } obstacle)
            throw obstacle;
        (IsClosed, ClosedAt, ChangedAt) = (true, at, at);
        Content = content.Write();
        Hash = SHA256.HashData(Content);
    }

    /// <summary>Keeps by which decision the members accepted the closed text.</summary>
    public void Accept(Reference resolution, DateTimeOffset at)
    {
        if (!IsClosed)
            throw new RuleViolationException("plans.report.not-closed");
        (AcceptedBy, ChangedAt) = (resolution, at);
    }

    /// <summary>Adds what is to be read beside the closed text, which itself stays as it is.</summary>
    public Erratum Correct(string text, OperationContext acting)
    {
        if (!IsClosed)
            throw new RuleViolationException("plans.report.not-closed");
        var erratum = new Erratum
        {
            Id = Guid.CreateVersion7(acting.At),
            ReportId = Id,
            Number = Errata.Count + 1,
            Text = LocalizedText.Original(Language, text.Trim()),
            At = acting.At,
            By = acting.Actor.Name,
            InTheNameOf = acting.OnBehalfOf?.Name,
        };
        Errata.Add(erratum);
        ChangedAt = acting.At;
        return erratum;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<AnnualReport>
    {
        public void Configure(EntityTypeBuilder<AnnualReport> report)
        {
            report.ToTable("plans_reports");
            report.Property(r => r.Hash).HasMaxLength(SHA256.HashSizeInBytes);
            report.HasIndex(r => r.Reference).IsUnique();
            report
                .HasMany(r => r.Assessments)
                .WithOne()
                .HasForeignKey(a => a.ReportId)
                .OnDelete(DeleteBehavior.Cascade);
            report.HasMany(r => r.Errata).WithOne().HasForeignKey(e => e.ReportId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>The Secretariat's judgement of one action in one report.</summary>
internal sealed class Assessment
{
    public required Guid Id { get; init; }
    public required Guid ReportId { get; init; }
    public required Guid ActionId { get; init; }
    public Achievement Achievement { get; set; }
    public ActionOutcome Fate { get; set; }
    public LocalizedText Note { get; set; } = LocalizedText.Empty;

    internal sealed class Mapping : IEntityTypeConfiguration<Assessment>
    {
        public void Configure(EntityTypeBuilder<Assessment> assessment)
        {
            assessment.ToTable("plans_report_assessments");
            assessment.HasIndex(a => new { a.ReportId, a.ActionId }).IsUnique();
            assessment.HasOne<PlanAction>().WithMany().HasForeignKey(a => a.ActionId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>A correction that stands beside a closed report, numbered and dated.</summary>
internal sealed class Erratum
{
    public const int TextMaxLength = 4_000;

    public required Guid Id { get; init; }
    public required Guid ReportId { get; init; }
    public required int Number { get; init; }
    public required LocalizedText Text { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string By { get; init; }
    public string? InTheNameOf { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Erratum>
    {
        public void Configure(EntityTypeBuilder<Erratum> erratum)
        {
            erratum.ToTable("plans_report_errata");
            erratum.HasIndex(e => new { e.ReportId, e.Number }).IsUnique();
        }
    }
}
