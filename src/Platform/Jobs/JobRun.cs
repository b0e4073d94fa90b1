using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Platform.Jobs;

/// <summary>How a job fared when it last ran, on whichever node that was.</summary>
internal sealed class JobRun : INotJournaled
{
    public const int NameMaxLength = 60,
        ErrorMaxLength = 500;

    /// <summary>What stands for an error where the process ended before the job did.</summary>
    public const string Interrupted = "The program was stopped.";

    public required string Name { get; init; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>What the last run failed with; null when it succeeded.</summary>
    public string? LastError { get; set; }

    /// <summary>It began and was not done: it falls due again at once.</summary>
    public bool IsUnfinished =>
        StartedAt is not null && (FinishedAt is null || FinishedAt < StartedAt || LastError == Interrupted);

    internal sealed class Mapping : IEntityTypeConfiguration<JobRun>
    {
        public void Configure(EntityTypeBuilder<JobRun> run)
        {
            run.ToTable("jobs_runs");
            run.HasKey(r => r.Name);
            run.Ignore(r => r.IsUnfinished);
            run.Property(r => r.Name).HasMaxLength(NameMaxLength);
            run.Property(r => r.LastError).HasMaxLength(ErrorMaxLength);
        }
    }
}
