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
/// Runs what modules declared to run every so often, jobs beside each other, with Quartz.NET: its schedule is in
/// memory where the database is a file, and in PostgreSQL's tables <c>qrtz_…</c> where several nodes share it. A job whose node
/// died begins again on another, so a job may run twice and must not mind.
/// </summary>
internal sealed class JobScheduler(
    IServiceScopeFactory scopes,
    DatabaseStartup opening,
    DatabaseChoice database,
    DeclaredJobFactory factory,
    ModuleCatalog catalog,
    TimeProvider time,
    ILoggerFactory logs
) : BackgroundService, IProfileObserver
{
    /// <summary>Jobs begin when the first requests of a start have been answered.</summary>
    private static readonly TimeSpan StartDelay = TimeSpan.FromSeconds(10);

    private const int JobsAtOnce = 4;

    private readonly SemaphoreSlim _turn = new(1);
    private IScheduler? _scheduler;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await opening.Succeeds())
            return;
        using var delay = new PeriodicTimer(StartDelay, time);
        await delay.WaitForNextTickAsync(stoppingToken);
        await StartSchedulerAsync(stoppingToken);
    }

    internal async Task StartSchedulerAsync(CancellationToken cancel) =>
        await (await SchedulerAsync(cancel)).Start(cancel);

    /// <summary>Has a job run now, on whichever node is free.</summary>
    public async Task RunNowAsync(string name, CancellationToken cancel) =>
        await (await SchedulerAsync(cancel)).TriggerJob(new JobKey(name), null, cancel);

    /// <summary>When each job is due next, by its name.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> ReadNextAsync(CancellationToken cancel)
    {
        var scheduler = await SchedulerAsync(cancel);
        var keys = catalog.Declared<Job>().Select(j => new TriggerKey(j.Name)).ToList();
        return (await scheduler.GetTriggers(keys, cancel))
            .Where(t => t.NextFireTimeUtc is not null)
            .ToDictionary(t => t.Key.Name, t => t.NextFireTimeUtc!.Value);
    }

    /// <summary>Brings the triggers to what is declared now, in the network's time zone.</summary>
    public async Task ProfileChangedAsync(CancellationToken cancel) =>
        await ScheduleAsync(await SchedulerAsync(cancel), cancel);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_scheduler is { } scheduler)
            await scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken);
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    private async Task<IScheduler> SchedulerAsync(CancellationToken cancel)
    {
        if (_scheduler is { } made)
            return made;
        await _turn.WaitAsync(cancel);
        try
        {
            if (_scheduler is null)
            {
                var scheduler = await Configured().BuildScheduler(cancel);
                if (database.IsSqlite)
                    await NoteInterruptedAsync(cancel);
                await ScheduleAsync(scheduler, cancel);
                _scheduler = scheduler;
            }
            return _scheduler;
        }
        finally
        {
            _turn.Release();
        }
    }

    private QuartzSchedulerBuilder Configured() =>
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
            var description = job.Schedule.Describe(zone);
            if ((await scheduler.GetTrigger(new(job.Name), cancel))?.Description == description)
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
                .WithDescription(description)
                .ForJob(detail)
                .StartAt(FirstDue(job, runs.GetValueOrDefault(job.Name)))
                .WithSchedule(job.Schedule.ToQuartz(zone))
                .Build();
            await scheduler.ScheduleJob(detail, [trigger], ScheduleJobOptions.Replacing, cancel);
        }
        await RemoveUndeclaredAsync(scheduler, cancel);
    }

    // Of one process alone, what is unfinished at its start was interrupted by the end of the one before.
    private async Task NoteInterruptedAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlenariaDb>();
        foreach (var run in (await db.Set<JobRun>().ToListAsync(cancel)).Where(r => r.IsUnfinished))
            (run.FinishedAt, run.LastError) = (time.GetUtcNow(), JobRun.Interrupted);
        await db.SaveChangesAsync(cancel);
    }

    // What the end of a process interrupted falls due again: just before it began, its hour is still missing.
    private DateTimeOffset FirstDue(Job job, JobRun? run) =>
        run is { IsUnfinished: true, StartedAt: { } started } && database.IsSqlite
            ? job.Schedule.FirstDue(started.AddDays(-1), time.GetUtcNow())
            : job.Schedule.FirstDue(run?.StartedAt, time.GetUtcNow());

    // Of an earlier version of the program.
    private async Task RemoveUndeclaredAsync(IScheduler scheduler, CancellationToken cancel)
    {
        var declared = catalog.Declared<Job>().Select(j => new JobKey(j.Name)).ToHashSet();
        foreach (var key in await scheduler.GetJobKeys(GroupMatcher<JobKey>.AnyGroup(), cancel))
            if (!declared.Contains(key))
                await scheduler.DeleteJob(key, cancel);
    }
}
