using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Sessions.Accreditation;

internal enum DelegateKind
{
    Delegate,

    /// <summary>Takes the delegate's place when that one is not there.</summary>
    Alternate,

    /// <summary>Is there and may be given the floor; has no vote.</summary>
    Observer,
}

/// <summary>
/// A person that a member, or an organisation from outside, sends to a session; let in by a code on a phone or on
/// paper.
/// </summary>
internal sealed class Accredited : IVersioned
{
    public const int NameMaxLength = 120,
        OrganisationMaxLength = 200,
        CodeLength = 10;

    public required Guid Id { get; init; }
    public required Guid Session { get; init; }

    /// <summary>Null of an observer that no member sends.</summary>
    public MemberId? Member { get; init; }
    public string? Organisation { get; init; }
    public required string Name { get; init; }
    public required DelegateKind Kind { get; init; }
    public required string Code { get; init; }

    /// <summary>Whose votes on a device count for the member in this session; only the desk says so.</summary>
    public AccountId? Account { get; init; }
    public DateTimeOffset? CheckedInAt { get; set; }
    public int Version { get; set; }

    // Without letters and digits that are taken for one another when they are read aloud.
    public static string NewCode() => RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", CodeLength);

    internal sealed class Mapping : IEntityTypeConfiguration<Accredited>
    {
        public void Configure(EntityTypeBuilder<Accredited> person)
        {
            person.ToTable("sessions_delegates");
            person.Property(d => d.Name).HasMaxLength(NameMaxLength);
            person.Property(d => d.Organisation).HasMaxLength(OrganisationMaxLength);
            person.Property(d => d.Code).HasMaxLength(CodeLength);
            person.HasIndex(d => new { d.Session, d.Code }).IsUnique();
            person.HasIndex(d => d.Member);
            person.HasIndex(d => d.Account);
            person.HasOne<Session>().WithMany().HasForeignKey(d => d.Session).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
