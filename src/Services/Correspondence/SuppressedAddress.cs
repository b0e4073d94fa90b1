using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Correspondence;

/// <summary>
/// An address that is not written to any more, because its server said for good that there is nobody, or because its
/// owner complained: by no letter but the link by which somebody signs in.
/// </summary>
internal sealed class SuppressedAddress : INotJournaled
{
    public const int ReasonMaxLength = 500;

    /// <summary>As accounts keep it: in lower case.</summary>
    public required string Address { get; init; }
    public required DateTimeOffset At { get; init; }
    public required BounceKind Kind { get; init; }

    /// <summary>What the server or the complaint said.</summary>
    public required string Reason { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<SuppressedAddress>
    {
        public void Configure(EntityTypeBuilder<SuppressedAddress> address)
        {
            address.ToTable("correspondence_suppressed");
            address.HasKey(a => a.Address);
            address.Property(a => a.Address).HasMaxLength(OutboxMessage.ToMaxLength);
            address.Property(a => a.Reason).HasMaxLength(ReasonMaxLength);
        }
    }
}

/// <summary>Who is not written to because letters do not arrive or are not wanted.</summary>
internal sealed class SuppressionPreferences(PlenariaDb db) : IMailPreferences
{
    public async Task<IReadOnlySet<string>> Refusing(IReadOnlyCollection<string> addresses, CancellationToken cancel) =>
        (
            await db.Set<SuppressedAddress>()
                .Where(s => addresses.Contains(s.Address))
                .Select(s => s.Address)
                .ToListAsync(cancel)
        ).ToHashSet();
}
