using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Platform.Access;

/// <summary>A person's way in: an address that mail reaches, and what the network lets that person do.</summary>
internal sealed class Account : IVersioned
{
    public const int EmailMaxLength = 254,
        NameMaxLength = 120,
        MaxTries = 5;
    public static readonly TimeSpan TriesFor = TimeSpan.FromMinutes(15);

    public required AccountId Id { get; init; }

    /// <summary>In small letters: addresses differ in case by accident, never on purpose.</summary>
    public required string Email { get; set; }
    public required string Name { get; set; }
    public required Kernel.Language Language { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public bool IsClosed { get; set; }

    /// <summary>Changes when every session of this person must end.</summary>
    public Guid Stamp { get; set; }

    /// <summary>
    /// The shared secret of an authenticator app, sealed with the house's keys; null until one is confirmed.
    /// </summary>
    public string? SealedSecret { get; set; }

    /// <summary>The last time step a code was accepted for: a code counts once.</summary>
    public long LastStep { get; set; }
    public List<string> RecoveryHashes { get; set; } = [];

    /// <summary>
    /// Second steps tried since <see cref="TriedAt"/> without success: counted before a code is compared, so that many
    /// at once are counted too.
    /// </summary>
    public int Tries { get; set; }
    public DateTimeOffset? TriedAt { get; set; }
    public int Version { get; set; }
    public List<AccountGrant> Grants { get; } = [];

    public bool HasSecondFactor => SealedSecret is not null;
    public string Stream => $"account:{Id}";

    internal sealed class Mapping : IEntityTypeConfiguration<Account>
    {
        public void Configure(EntityTypeBuilder<Account> account)
        {
            account.ToTable("access_accounts");
            account.Property(a => a.Email).HasMaxLength(EmailMaxLength);
            account.Property(a => a.Name).HasMaxLength(NameMaxLength);
            account.Property(a => a.RecoveryHashes).HasJson();
            account.HasIndex(a => a.Email).IsUnique();
            account.HasMany(a => a.Grants).WithOne().HasForeignKey(g => g.AccountId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>
/// A role given to a person, somewhere, perhaps for a time. A member's role names the member in whose name they act.
/// </summary>
internal sealed class AccountGrant
{
    public required Guid Id { get; init; }
    public required AccountId AccountId { get; init; }
    public required Role Role { get; init; }
    public required string ScopeKind { get; init; }
    public required Guid ScopeId { get; init; }
    public string? ScopeName { get; init; }
    public DateTimeOffset? Until { get; set; }

    public Scope Scope => new(ScopeKind, ScopeId);

    internal sealed class Mapping : IEntityTypeConfiguration<AccountGrant>
    {
        public void Configure(EntityTypeBuilder<AccountGrant> grant)
        {
            grant.ToTable("access_grants");
            grant.Property(g => g.ScopeKind).HasMaxLength(20);
            grant.Property(g => g.ScopeName).HasMaxLength(200);
            grant
                .HasIndex(g => new
                {
                    g.AccountId,
                    g.Role,
                    g.ScopeKind,
                    g.ScopeId,
                })
                .IsUnique();
            // The people of a member, of many members at once.
            grant.HasIndex(g => new { g.ScopeId, g.Role });
        }
    }
}

/// <summary>A mailed link and code that wait to be used, once. Only their hashes are kept.</summary>
internal sealed class SignInRequest : INotJournaled
{
    public const int MaxAttempts = 5,
        MaxPerHour = 6,
        MaxPerDay = 20,
        MaxByAll = 400,
        ClientLength = 8;

    public required Guid Id { get; init; }
    public required AccountId AccountId { get; init; }
    public required byte[] TokenHash { get; init; }
    public required byte[] CodeHash { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public string? ReturnTo { get; init; }

    /// <summary>A short hash of where it was asked for: enough to count by, too little to find an address.</summary>
    public byte[]? Client { get; init; }
    public int Attempts { get; set; }
    public DateTimeOffset? UsedAt { get; set; }

    public bool IsOpen(DateTimeOffset now) => UsedAt is null && now < ExpiresAt && Attempts < MaxAttempts;

    internal sealed class Mapping : IEntityTypeConfiguration<SignInRequest>
    {
        public void Configure(EntityTypeBuilder<SignInRequest> request)
        {
            request.ToTable("access_sign_in_requests");
            request.Property(r => r.ReturnTo).HasMaxLength(500);
            request.Property(r => r.UsedAt).IsConcurrencyToken();
            request.HasIndex(r => r.TokenHash).IsUnique();
            request.HasIndex(r => new { r.AccountId, r.CreatedAt });
        }
    }
}

/// <summary>A program's key: acts as its account, in one of its roles. Only the hash is kept.</summary>
internal sealed class AccessToken : INotJournaled
{
    public const int DefaultDays = 365,
        MaxDays = 730;

    public required Guid Id { get; init; }
    public required AccountId AccountId { get; init; }
    public required Role Role { get; init; }
    public required byte[] Hash { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<AccessToken>
    {
        public void Configure(EntityTypeBuilder<AccessToken> token)
        {
            token.ToTable("access_tokens");
            token.HasIndex(t => t.Hash).IsUnique();
            token.HasIndex(t => t.AccountId);
        }
    }
}
