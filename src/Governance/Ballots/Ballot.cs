using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Ballots;

/// <summary>Whether it is kept who voted how.</summary>
public enum Secrecy
{
    /// <summary>Everybody reads who voted how, once it is closed.</summary>
    Named,

    /// <summary>That somebody voted is kept in one place, what was voted in another, and nothing ties them.</summary>
    Secret,
}

/// <summary>A question put to the voices of a roll, from the moment it opens.</summary>
internal sealed class Ballot : IVersioned
{
    public const int OptionMaxLength = 60,
        TrackerMaxLength = 32;
    public const int MostOptions = 100;

    public required Guid Id { get; init; }

    /// <summary>What it is a ballot of: the permanent name of a session, a call, an election.</summary>
    public required Reference Of { get; init; }
    public required Secrecy Secrecy { get; init; }
    public required List<string> Options { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public int Version { get; set; }

    public string Stream => $"ballot:{Id}";

    public void Close(DateTimeOffset at)
    {
        if (ClosedAt is not null)
            throw new RuleViolationException("ballots.closed");
        ClosedAt = at;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Ballot>
    {
        public void Configure(EntityTypeBuilder<Ballot> ballot)
        {
            ballot.ToTable("ballots_ballots");
            ballot.Property(b => b.Options).HasJson();
            ballot.HasIndex(b => b.Of);
        }
    }
}

/// <summary>A member that may vote, frozen when the ballot opened; and, for a secret ballot, that it did.</summary>
internal sealed class RollVoice
{
    public const int ClassMaxLength = 60;

    public required Guid Ballot { get; init; }
    public required MemberId Member { get; init; }
    public required long Weight { get; init; }
    public string? Class { get; init; }

    /// <summary>Its vote is stored: as a paper, or while a secret ballot is open in <see cref="Envelope"/>.</summary>
    public bool HasVoted { get; set; }

    /// <summary>The vote of an open secret ballot, sealed (<see cref="BallotEnvelope"/>).</summary>
    public byte[]? Envelope { get; set; }

    /// <summary>Keeps two sealed votes from bearing one tracker.</summary>
    public byte[]? TrackerTag { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<RollVoice>
    {
        public void Configure(EntityTypeBuilder<RollVoice> voice)
        {
            voice.ToTable("ballots_roll");
            voice.HasKey(v => new { v.Ballot, v.Member });
            voice.Property(v => v.Class).HasMaxLength(ClassMaxLength);
            // Two nodes that take in a paper of one voice: the second sees that it has voted.
            voice.Property(v => v.HasVoted).IsConcurrencyToken();
            voice.HasIndex(v => new { v.Ballot, v.TrackerTag }).IsUnique();
            voice.HasIndex(v => v.Member);
            voice.HasOne<Ballot>().WithMany().HasForeignKey(v => v.Ballot).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>
/// A vote in the box. Of a named ballot it says whose it is and who cast it; of a secret one it bears only the tracker
/// that the voter's own device drew, its key is random, and it is stored when the ballot is closed: until then the vote
/// is sealed (<see cref="RollVoice.Envelope"/>).
/// </summary>
internal sealed class BallotPaper
{
    public required Guid Id { get; init; }
    public required Guid Ballot { get; init; }

    /// <summary>
    /// Drawn by the voter's device for this one vote: by it a vote that is sent twice is known, and a secret one found
    /// again.
    /// </summary>
    public required string Tracker { get; init; }
    public required string Option { get; init; }
    public required long Weight { get; init; }
    public string? Class { get; init; }
    public MemberId? Member { get; init; }
    public AccountId? CastBy { get; init; }
    public DateTimeOffset? At { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<BallotPaper>
    {
        public void Configure(EntityTypeBuilder<BallotPaper> paper)
        {
            paper.ToTable("ballots_papers");
            paper.Property(p => p.Tracker).HasMaxLength(Plenaria.Ballots.Ballot.TrackerMaxLength);
            paper.Property(p => p.Option).HasMaxLength(Plenaria.Ballots.Ballot.OptionMaxLength);
            paper.Property(p => p.Class).HasMaxLength(RollVoice.ClassMaxLength);
            paper.HasIndex(p => new { p.Ballot, p.Tracker }).IsUnique();
            paper.HasIndex(p => p.Member);
            paper.HasOne<Ballot>().WithMany().HasForeignKey(p => p.Ballot).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
