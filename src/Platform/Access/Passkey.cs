using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Platform.Access;

/// <summary>A key that a person's device holds for this house (WebAuthn). Only its public half is here.</summary>
internal sealed class Passkey
{
    public const int NameMaxLength = 80,
        MaxPerAccount = 10;

    public required Guid Id { get; init; }
    public required AccountId AccountId { get; init; }
    public required byte[] CredentialId { get; init; }
    public required byte[] PublicKey { get; init; }
    public required string Name { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>How often the device says it was used; going back is the sign of a copy.</summary>
    public long SignCount { get; set; }
    public List<string> Transports { get; init; } = [];
    public bool IsBackupEligible { get; init; }
    public bool IsBackedUp { get; set; }

    public UserPasskeyInfo Info =>
        new(
            CredentialId,
            PublicKey,
            CreatedAt,
            (uint)SignCount,
            [.. Transports],
            isUserVerified: true,
            IsBackupEligible,
            IsBackedUp,
            attestationObject: [],
            clientDataJson: []
        )
        {
            Name = Name,
        };

    internal sealed class Mapping : IEntityTypeConfiguration<Passkey>
    {
        public void Configure(EntityTypeBuilder<Passkey> passkey)
        {
            passkey.ToTable("access_passkeys");
            passkey.Property(p => p.Name).HasMaxLength(NameMaxLength);
            passkey.Property(p => p.Transports).HasJson();
            passkey.HasIndex(p => p.CredentialId).IsUnique();
            passkey.HasIndex(p => p.AccountId);
            passkey.HasOne<Account>().WithMany().HasForeignKey(p => p.AccountId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>
/// The part of the framework's user store that its passkey handler reads. It writes nothing: <see cref="Passkeys"/>
/// does.
/// </summary>
internal sealed class PasskeyStore(PlenariaDb db) : IUserPasskeyStore<Account>
{
    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Id.ToString());

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Email);

    public async Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(userId, out var value))
            return null;
        var id = new AccountId(value);
        return await db.Set<Account>().SingleOrDefaultAsync(a => a.Id == id && !a.IsClosed, cancellationToken);
    }

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken) =>
        [
            .. (
                await db.Set<Passkey>().AsNoTracking().Where(p => p.AccountId == user.Id).ToListAsync(cancellationToken)
            ).Select(p => p.Info),
        ];

    public async Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        var key = await db.Set<Passkey>()
            .AsNoTracking()
            .SingleOrDefaultAsync(p => p.CredentialId == credentialId, cancellationToken);
        return key is null ? null : await FindByIdAsync(key.AccountId.ToString(), cancellationToken);
    }

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(
        Account user,
        byte[] credentialId,
        CancellationToken cancellationToken
    ) =>
        (
            await db.Set<Passkey>()
                .AsNoTracking()
                .SingleOrDefaultAsync(p => p.AccountId == user.Id && p.CredentialId == credentialId, cancellationToken)
        )?.Info;

    public void Dispose() { }

    public Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
