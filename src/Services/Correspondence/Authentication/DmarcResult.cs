using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Correspondence;

/// <summary>
/// How many letters in the name of a domain came from one source on one day, as those who received them say (RFC 7489,
/// section 7.2).
/// </summary>
internal sealed class DmarcResult : INotJournaled
{
    public const int SourceMaxLength = 45;

    /// <summary>Of statements that count.</summary>
    public static StatementStreams Streams => StatementStreams.None("what others report of mail is bookkeeping");

    public required string Domain { get; init; }
    public required DateOnly Day { get; init; }

    /// <summary>The address of the server that sent them.</summary>
    public required string Source { get; init; }
    public required long Passed { get; init; }
    public required long Failed { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<DmarcResult>
    {
        public void Configure(EntityTypeBuilder<DmarcResult> result)
        {
            result.ToTable("correspondence_dmarc");
            result.HasKey(r => new
            {
                r.Domain,
                r.Day,
                r.Source,
            });
            result.Property(r => r.Domain).HasMaxLength(OutboxMessage.ToMaxLength);
            result.Property(r => r.Source).HasMaxLength(SourceMaxLength);
            result.HasIndex(r => r.Day);
        }
    }
}
