using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Correspondence;

/// <summary>
/// Letters to a domain wait until then, because its server refused one for the time being; or all letters, because
/// staff said so. Urgent letters do not wait.
/// </summary>
internal sealed class DeliveryHold : INotJournaled
{
    /// <summary>The <see cref="Domain"/> of the hold that is for all letters.</summary>
    public const string All = "*";

    private static readonly TimeSpan First = TimeSpan.FromSeconds(5),
        Longest = TimeSpan.FromMinutes(30);

    public required string Domain { get; init; }
    public required DateTimeOffset Until { get; set; }

    /// <summary>How often in a row the domain refused: each time it is held for twice as long.</summary>
    public int Step { get; set; }
    public string? Reason { get; set; }

    /// <summary>Holds it once more, unless it is held already.</summary>
    public void Extend(DateTimeOffset now, string reason)
    {
        if (Until > now)
            return;
        Until = now + Min(First * Math.Pow(2, Step), Longest);
        (Step, Reason) = (Math.Min(Step + 1, 20), reason);
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    internal sealed class Mapping : IEntityTypeConfiguration<DeliveryHold>
    {
        public void Configure(EntityTypeBuilder<DeliveryHold> hold)
        {
            hold.ToTable("correspondence_holds");
            hold.HasKey(h => h.Domain);
            hold.Property(h => h.Domain).HasMaxLength(OutboxMessage.ToMaxLength);
            hold.Property(h => h.Reason).HasMaxLength(OutboxMessage.ErrorMaxLength);
        }
    }
}
