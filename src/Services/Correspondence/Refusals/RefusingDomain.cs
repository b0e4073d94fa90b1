using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Correspondence;

/// <summary>A domain of addressees whose servers refuse the network's letters, whoever they are for.</summary>
internal sealed class RefusingDomain : INotJournaled
{
    public required string Domain { get; init; }

    /// <summary>When the oldest of the letters that it refuses was written.</summary>
    public required DateTimeOffset Since { get; set; }

    /// <summary>What it answered last.</summary>
    public required string Answer { get; set; }

    /// <summary>How many letters it concerns.</summary>
    public required int Letters { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<RefusingDomain>
    {
        public void Configure(EntityTypeBuilder<RefusingDomain> domain)
        {
            domain.ToTable("correspondence_refusals");
            domain.HasKey(d => d.Domain);
            domain.Property(d => d.Domain).HasMaxLength(OutboxMessage.ToMaxLength);
            domain.Property(d => d.Answer).HasMaxLength(OutboxMessage.ErrorMaxLength);
        }
    }
}
