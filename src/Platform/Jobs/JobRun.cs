using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Platform.Jobs;

/// <summary>How a job fared when it last ran, on whichever node that was.</summary>
internal sealed class JobRun : INotJournaled
{
    public const int NameMaxLength = 60,
        ErrorMaxLength = 500;

    public required string Name { get; init; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>What the last run failed with; null when it succeeded.</summary>
    public string? LastError { get; set; }

    /// <summary>The program was stopped before the job was done: the next start repeats it.</summary>
    public bool WasInterrupted { get; set; }

    public bool IsRunning => StartedAt is { } started && (FinishedAt is null || FinishedAt < started);

    internal sealed class Mapping : IEntityTypeConfiguration<JobRun>
    {
        public void Configure(EntityTypeBuilder<JobRun> run)
        {
            run.ToTable("jobs_runs");
            run.HasKey(r => r.Name);
            run.Ignore(r => r.IsRunning);
            run.Property(r => r.Name).HasMaxLength(NameMaxLength);
            run.Property(r => r.LastError).HasMaxLength(ErrorMaxLength);
        }
    }
}
