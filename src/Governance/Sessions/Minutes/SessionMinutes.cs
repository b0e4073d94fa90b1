using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Sessions.Minutes;

internal enum MinutesState
{
    /// <summary>Only whoever writes them sees them.</summary>
    Draft,

    /// <summary>The members of the session read them and may ask for corrections.</summary>
    Presented,

    /// <summary>A later session approved them; everybody reads them, and nothing changes any more.</summary>
    Approved,
}

internal enum CorrectionState
{
    Open,
    Taken,
    Declined,
}

/// <summary>
/// What is kept of a session in words, in the language it was held in: first drafted from its events.
/// </summary>
internal sealed class SessionMinutes : IVersioned
{
    public const int TextMaxLength = 400_000;

    public required Guid Id { get; init; }
    public required Guid Session { get; init; }
    public required Reference Of { get; init; }
    public required Language Language { get; init; }

    /// <summary>Markdown.</summary>
    public required string Text { get; set; }
    public MinutesState State { get; set; }
    public DateTimeOffset? PresentedAt { get; set; }
    public DateTimeOffset? ApprovedAt { get; private set; }
    public Reference? ApprovedBy { get; private set; }

    /// <summary>Canonical JSON (RFC 8785) of what was approved.</summary>
    public byte[]? Content { get; private set; }
    public byte[]? Hash { get; private set; }
    public int Version { get; set; }
    public List<Correction> Corrections { get; } = [];

    /// <summary>Without its title, which a page has for its own.</summary>
    public string Body =>
        Text.StartsWith("# ", StringComparison.Ordinal)
            ? Text[(Text + "\n").IndexOf('\n', StringComparison.Ordinal)..].TrimStart()
            : Text;

    public byte[] Bytes() =>
        CanonicalJson.Of(
            new
            {
                session = Of.ToString(),
                language = Language.Code,
                text = Text,
            }
        );

    public string HashNow() => Convert.ToHexStringLower(SHA256.HashData(Bytes()));

    public void DemandOpen()
    {
        if (State == MinutesState.Approved)
            throw new RuleViolationException("sessions.minutes.approved-already");
    }

    public void Approve(Reference resolution, DateTimeOffset at)
    {
        DemandOpen();
        Content = Bytes();
        Hash = SHA256.HashData(Content);
        (State, ApprovedAt, ApprovedBy) = (MinutesState.Approved, at, resolution);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<SessionMinutes>
    {
        public void Configure(EntityTypeBuilder<SessionMinutes> minutes)
        {
            minutes.ToTable("sessions_minutes");
            minutes.Property(m => m.Hash).HasMaxLength(SHA256.HashSizeInBytes);
            minutes.HasIndex(m => m.Session).IsUnique();
            minutes.HasIndex(m => m.Of);
            minutes.HasOne<Session>().WithMany().HasForeignKey(m => m.Session).OnDelete(DeleteBehavior.Cascade);
            minutes
                .HasMany(m => m.Corrections)
                .WithOne()
                .HasForeignKey(c => c.Minutes)
                .OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>What a member that had a seat asks to have put right in the minutes.</summary>
internal sealed class Correction : IVersioned
{
    public const int TextMaxLength = 4_000;

    public required Guid Id { get; init; }
    public required Guid Minutes { get; init; }
    public required int Number { get; init; }

    /// <summary>The Secretariat when null.</summary>
    public MemberId? By { get; init; }
    public required string Text { get; init; }
    public required DateTimeOffset At { get; init; }
    public CorrectionState State { get; set; }
    public string? Answer { get; set; }
    public int Version { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Correction>
    {
        public void Configure(EntityTypeBuilder<Correction> correction)
        {
            correction.ToTable("sessions_corrections");
            correction.Property(c => c.Text).HasMaxLength(TextMaxLength);
            correction.Property(c => c.Answer).HasMaxLength(TextMaxLength);
            correction.HasIndex(c => new { c.Minutes, c.Number }).IsUnique();
            correction.HasIndex(c => c.By);
        }
    }
}
