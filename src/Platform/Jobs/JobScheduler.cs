using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Plenaria.Platform.Data;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Places;
using Plenaria.Platform.Site;
using Quartz;

namespace Plenaria.Platform.Jobs;

/// <summary>
/// Schedules the jobs that modules declare with Quartz.NET, some of them at once: in memory where the database is a
/// file, and in PostgreSQL's tables <c>qrtz_…</c>, which all nodes share. A run that was cut off is repeated, so jobs
/// must be idempotent.
/// </summary>
internal sealed class JobScheduler(
    IServiceScopeFactory scopes,
    DatabaseStartup databaseStartup,
    DatabaseChoice database,
    DeclaredJobFactory factory,
    ModuleCatalog catalog,
    TimeProvider time,
    ILoggerFactory logs
) : BackgroundService, IProfileObserver
{
    /// <summary>So that jobs do not compete with the first requests after a start.</summary>
    private static readonly TimeSpan StartDelay = TimeSpan.FromSeconds(10);

    private const int JobsAtOnce = 4;

    private readonly SemaphoreSlim _creating = new(1),
        _asking = new(1);
    private IScheduler? _scheduler;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await databaseStartup.Succeeds())
            return;
        using var delay = new PeriodicTimer(StartDelay, time);
        await delay.WaitForNextTickAsync(stoppingToken);
        await StartSchedulerAsync(stoppingToken);
    }

    internal async Task StartSchedulerAsync(CancellationToken cancel) =>
        await (await GetSchedulerAsync(cancel)).Start(cancel);

    /// <summary>
    /// Has a job run now, on whichever node is free; while a run that was asked for waits, no other is queued.
    /// </summary>
    public async Task RunNowAsync(string name, CancellationToken cancel)
    {
        var (scheduler, job) = (await GetSchedulerAsync(cancel), new JobKey(name));
        await _asking.WaitAsync(cancel);
        try
        {
            // One that has begun has no next moment any more.
            var waits = (await scheduler.GetTriggersOfJob(job, cancel)).Any(t =>
                t.Key.Name != name && t.NextFireTimeUtc is not null
            );
            if (!waits)
                await scheduler.TriggerJob(job, null, cancel);
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>When each job is due next, by its name.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> GetNextRunTimesAsync(CancellationToken cancel)
    {
        var scheduler = await GetSchedulerAsync(cancel);
        var keys = catalog.Declared<Job>().Select(j => new TriggerKey(j.Name)).ToList();
        return (await scheduler.GetTriggers(keys, cancel))
            .Where(t => t.NextFireTimeUtc is not null)
            .ToDictionary(t => t.Key.Name, t => t.NextFireTimeUtc!.Value);
    }

    /// <summary>Brings the triggers to what is declared now, in the network's time zone.</summary>
    public async Task ProfileChangedAsync(CancellationToken cancel) =>
        await ScheduleAsync(await GetSchedulerAsync(cancel), cancel);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await StopSchedulerAsync(cancellationToken);
    }

    /// <summary>Cancels the jobs that run and waits for them.</summary>
    internal async Task StopSchedulerAsync(CancellationToken cancel)
    {
        if (_scheduler is { } scheduler)
            await scheduler.Shutdown(waitForJobsToComplete: true, cancel);
    }

    public override void Dispose()
    {
        _creating.Dispose();
        _asking.Dispose();
        base.Dispose();
    }

    private async Task<IScheduler> GetSchedulerAsync(CancellationToken cancel)
    {
        if (_scheduler is { } made)
            return made;
        await _creating.WaitAsync(cancel);
        try
        {
            if (_scheduler is null)
            {
                var scheduler = await CreateBuilder().BuildScheduler(cancel);
                await ScheduleAsync(scheduler, cancel);
                await RepeatInterruptedAsync(scheduler, cancel);
                _scheduler = scheduler;
            }
            return _scheduler;
        }
        finally
        {
            _creating.Release();
        }
    }

    private QuartzSchedulerBuilder CreateBuilder() =>
        QuartzSchedulerBuilder.Create(quartz =>
        {
            quartz.Services.AddSingleton(logs);
            quartz.UseTimeProvider(time);
            quartz.UseJobFactory(factory);
            quartz.UseDefaultThreadPool(JobsAtOnce);
            quartz.ConfigureScheduler(options =>
            {
                options.InstanceName = "plenaria";
                options.GenerateInstanceId = !database.IsSqlite;
                options.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            });
            if (database.IsSqlite)
                quartz.UseInMemoryStore();
            else
                quartz.UsePersistentStore(store =>
                {
                    store.UsePostgres(NpgsqlFactory.Instance, database.ConnectionString);
                    store.ProvisionSchema();
                    store.UseClustering();
                });
        });

    private async Task ScheduleAsync(IScheduler scheduler, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var zone = PlaceTime.ZoneOf(
            (await scope.ServiceProvider.GetRequiredService<Network>().Profile(cancel)).TimeZone
        );
        var runs = await scope
            .ServiceProvider.GetRequiredService<PlenariaDb>()
            .Set<JobRun>()
            .ToDictionaryAsync(r => r.Name, cancel);
        foreach (var job in catalog.Declared<Job>())
        {
            // Quartz keeps no version of a trigger: its description holds what its schedule is known by.
            var fingerprint = job.Schedule.Fingerprint(zone);
            if ((await scheduler.GetTrigger(new(job.Name), cancel))?.Description == fingerprint)
                continue;
            var detail = JobBuilder
                .Create<DeclaredJob>()
                .WithIdentity(job.Name)
                .RequestRecovery()
                .StoreDurably()
                .Build();
            var trigger = TriggerBuilder
                .Create(time)
                .WithIdentity(job.Name)
                .WithDescription(fingerprint)
                .ForJob(detail)
                .StartAt(job.Schedule.FirstDue(runs.GetValueOrDefault(job.Name)?.StartedAt, time.GetUtcNow()))
                .WithSchedule(job.Schedule.ToQuartz(zone))
                .Build();
            await scheduler.ScheduleJob(detail, [trigger], ScheduleJobOptions.Replacing, cancel);
        }
        await RemoveUndeclaredAsync(scheduler, cancel);
    }

    // A database in a file has one process: what runs according to it was cut off by the end of the one before. On
    // PostgreSQL the other nodes notice that themselves.
    private async Task RepeatInterruptedAsync(IScheduler scheduler, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlenariaDb>();
        var runs = await db.Set<JobRun>().ToListAsync(cancel);
        foreach (var run in runs.Where(r => r.IsRunning && database.IsSqlite))
            (run.FinishedAt, run.WasInterrupted) = (time.GetUtcNow(), true);
        await db.SaveChangesAsync(cancel);
        var declared = catalog.Declared<Job>().Select(j => j.Name).ToHashSet();
        foreach (var run in runs.Where(r => r.WasInterrupted && declared.Contains(r.Name)))
            await scheduler.TriggerJob(new JobKey(run.Name), null, cancel);
    }

    // Jobs of an earlier version of the program.
    private async Task RemoveUndeclaredAsync(IScheduler scheduler, CancellationToken cancel)
    {
        var declared = catalog.Declared<Job>().Select(j => new JobKey(j.Name)).ToHashSet();
        foreach (var key in await scheduler.GetJobKeys(GroupMatcher<JobKey>.AnyGroup(), cancel))
            if (!declared.Contains(key))
                await scheduler.DeleteJob(key, cancel);
    }
}
