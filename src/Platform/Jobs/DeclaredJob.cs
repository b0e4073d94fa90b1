using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plenaria.Platform.Data;
using Plenaria.Platform.Site;
using Quartz;
using Quartz.Extensibility;

namespace Plenaria.Platform.Jobs;

/// <summary>
/// What Quartz runs for each job that modules declared, found by the name of its key. A job of a module that the
/// network does not use rests. Of one job there is one run at a time, on all nodes together.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class DeclaredJob(IServiceScopeFactory scopes, TimeProvider time, ILogger log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var declared = await scope
            .ServiceProvider.GetRequiredService<Contributions>()
            .DeclaredAsync<Job>(cancellationToken);
        var name = context.JobDetail.Key.Name;
        if (declared.FirstOrDefault(j => j.Name == name) is { } job)
            await RunAsync(job, cancellationToken);
    }

    private async Task RunAsync(Job job, CancellationToken cancel)
    {
        var started = time.GetUtcNow();
        await NoteAsync(job.Name, run => (run.StartedAt, run.WasInterrupted) = (started, false), cancel);
        string? error = null;
        var isInterrupted = false;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await job.Run(scope.ServiceProvider, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            isInterrupted = true;
        }
        catch (Exception fault)
        {
            log.LogError(fault, "The job {Job} failed", job.Name);
            error = fault.Message;
        }
        await NoteAsync(
            job.Name,
            run =>
                (run.FinishedAt, run.WasInterrupted, run.LastError) = (
                    time.GetUtcNow(),
                    isInterrupted,
                    error?.Length > JobRun.ErrorMaxLength ? error[..JobRun.ErrorMaxLength] : error
                ),
            // An interrupted run is recorded although the program is being stopped.
            isInterrupted ? CancellationToken.None : cancel
        );
    }

    // In a context of its own: what the job left half done in its own is not stored with the note.
    private async Task NoteAsync(string name, Action<JobRun> note, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlenariaDb>();
        var run = await db.Set<JobRun>().SingleOrDefaultAsync(r => r.Name == name, cancel);
        if (run is null)
            db.Add(run = new() { Name = name });
        note(run);
        await db.SaveChangesAsync(cancel);
    }
}

/// <summary>Makes the one kind of job there is, from the services of the program.</summary>
internal sealed class DeclaredJobFactory(IServiceScopeFactory scopes, TimeProvider time, ILogger<DeclaredJob> log)
    : IJobFactory
{
    public ValueTask<JobScope> CreateJob(
        TriggerFiredBundle bundle,
        IScheduler scheduler,
        CancellationToken cancellationToken = default
    ) => new(new JobScope(new DeclaredJob(scopes, time, log)));

    public ValueTask ReturnJob(JobScope scope, CancellationToken cancellationToken = default) => default;
}
