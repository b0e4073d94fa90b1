using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Correspondence;

/// <summary>What a provider said once and was taken in: told again, it changes nothing.</summary>
internal sealed class TakenEvent : INotJournaled
{
    private const int IdLength = 64;

    /// <summary>The hash of who said it and what they call it.</summary>
    public required string Id { get; init; }
    public required DateTimeOffset At { get; init; }

    public static string IdOf(string source, string id) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{source}\n{id}")));

    internal sealed class Mapping : IEntityTypeConfiguration<TakenEvent>
    {
        public void Configure(EntityTypeBuilder<TakenEvent> taken)
        {
            taken.ToTable("correspondence_events");
            taken.HasKey(t => t.Id);
            taken.Property(t => t.Id).HasMaxLength(IdLength);
            taken.HasIndex(t => t.At);
        }
    }
}
