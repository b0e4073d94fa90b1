using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plenaria.Platform.Data;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Site;

namespace Plenaria.Platform.Jobs;

/// <summary>When a job last ran and who has it now: of any number of nodes, one runs it.</summary>
internal sealed class JobRun : INotJournaled
{
    public const int NameMaxLength = 60,
        ErrorMaxLength = 500;

    public required string Name { get; init; }
    public required DateTimeOffset DueAt { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
    public string? LastError { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<JobRun>
    {
        public void Configure(EntityTypeBuilder<JobRun> run)
        {
            run.ToTable("jobs_runs");
            run.HasKey(r => r.Name);
            run.Property(r => r.Name).HasMaxLength(NameMaxLength);
            run.Property(r => r.LastError).HasMaxLength(ErrorMaxLength);
            // Claiming a job moves its due time: of two nodes that try, one succeeds.
            run.Property(r => r.DueAt).IsConcurrencyToken();
        }
    }
}

/// <summary>
/// Runs what modules declared to run every so often. A claim is a lease: a job whose node died is taken up by another
/// when the lease is over, so a job may run twice and must not mind.
/// </summary>
internal sealed class JobRunner(
    IServiceScopeFactory scopes,
    DatabaseStartup opening,
    TimeProvider time,
    ILogger<JobRunner> log
) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(10),
        Lease = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await opening.Succeeds())
            return;
        using var tick = new PeriodicTimer(Tick, time);
        while (await tick.WaitForNextTickAsync(stoppingToken))
            await RunDue(stoppingToken);
    }

    /// <summary>Runs every job that is due, one after the other.</summary>
    public async Task RunDue(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        foreach (var job in await scope.ServiceProvider.GetRequiredService<Contributions>().DeclaredAsync<Job>(stop))
            try
            {
                await RunIfDue(job, stop);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogError(fault, "The job {Job} could not be claimed", job.Name);
            }
    }

    private async Task RunIfDue(Job job, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlenariaDb>();
        var now = time.GetUtcNow();
        var run = await db.Set<JobRun>().SingleOrDefaultAsync(r => r.Name == job.Name, stop);
        if (run is null)
            // First seen: it has its first turn after one interval.
            db.Add(run = new() { Name = job.Name, DueAt = now + job.Every });
        else if (run.DueAt <= now)
            (run.StartedAt, run.DueAt) = (now, now + Lease);
        else
            return;
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException)
        {
            // Another node was faster.
            return;
        }
        if (run.StartedAt == now)
            await Run(job, db, run, stop);
    }

    private async Task Run(Job job, PlenariaDb db, JobRun run, CancellationToken stop)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await job.Run(scope.ServiceProvider, stop);
            run.LastError = null;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "The job {Job} failed", job.Name);
            run.LastError =
                fault.Message.Length > JobRun.ErrorMaxLength ? fault.Message[..JobRun.ErrorMaxLength] : fault.Message;
        }
        (run.FinishedAt, run.DueAt) = (time.GetUtcNow(), time.GetUtcNow() + job.Every);
        await db.SaveChangesAsync(stop);
    }
}
