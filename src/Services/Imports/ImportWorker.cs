using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Imports;

/// <summary>What this process is taking over at the moment: how far it is, and how to stop it.</summary>
internal sealed class ImportProgress : IDisposable
{
    private readonly ConcurrentDictionary<Guid, RunningImport> _running = [];
    private readonly SemaphoreSlim _requested = new(0);

    public sealed class RunningImport(CancellationTokenSource cancel) : IProgress<int>
    {
        private int _rows;

        /// <summary>How many rows were read so far.</summary>
        public int Rows => Volatile.Read(ref _rows);

        public void Report(int value) => Volatile.Write(ref _rows, value);

        public void Cancel() => cancel.Cancel();
    }

    /// <summary>Null where it runs in another process, or waits for its turn.</summary>
    public RunningImport? Find(Guid file) => _running.GetValueOrDefault(file);

    public RunningImport Begin(Guid file, CancellationTokenSource cancel) => _running[file] = new(cancel);

    public void End(Guid file) => _running.TryRemove(file, out _);

    /// <summary>Says that a file waits to be taken over.</summary>
    public void Wake() => _requested.Release();

    /// <summary>Waits until a file may wait: one that another process left is found by looking now and then.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancel) => _requested.WaitAsync(atMost, cancel);

    public void Dispose() => _requested.Dispose();
}

/// <summary>
/// Takes over, one after the other, the files that are too large for a request. A file whose process died is taken up
/// again at the next start, or by another process: nothing of it was stored.
/// </summary>
internal sealed class ImportWorker(
    IServiceScopeFactory scopes,
    DatabaseStartup startup,
    ImportProgress progress,
    TimeProvider time,
    ILogger<ImportWorker> log
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await startup.Succeeds())
            return;
        while (true)
        {
            try
            {
                await RunRequestedAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogError(fault, "The files that wait to be imported could not be read");
            }
            await progress.WaitAsync(Interval, stoppingToken);
        }
    }

    private async Task RunRequestedAsync(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var waiting = await scope
            .ServiceProvider.GetRequiredService<PlenariaDb>()
            .Set<ImportFile>()
            .AsNoTracking()
            .Where(f => f.RequestedAt != null)
            .OrderBy(f => f.RequestedAt)
            .Select(f => new { f.Kind, f.Id })
            .ToListAsync(stop);
        foreach (var file in waiting)
            await RunAsync(file.Kind, file.Id, stop);
    }

    private async Task RunAsync(string kind, Guid id, CancellationToken stop)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var running = progress.Begin(id, cancel);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var services = scope.ServiceProvider;
            // A module that was switched off meanwhile imports nothing; its files wait.
            if (
                await services.GetRequiredService<ImportCatalog>().FindAsync(kind, stop) is null
                || await services.GetRequiredService<ImportFileStore>().FindAsync(kind, id, stop)
                    is not { RequestedAt: { } } file
            )
                return;
            await services
                .GetRequiredService<ImportFileStore>()
                .TryApplyAsync(
                    file,
                    ActingFor(file, services.GetRequiredService<PermissionCatalog>()),
                    cancel.Token,
                    running
                );
        }
        catch (Exception fault) when (!stop.IsCancellationRequested)
        {
            // Whoever cancelled it has said so in the file already, or is about to.
            if (!cancel.IsCancellationRequested && fault is not DbUpdateConcurrencyException)
                await GiveUpAsync(kind, id, fault, stop);
        }
        finally
        {
            progress.End(id);
        }
    }

    // They were asked when they pressed the button; their account may have changed since.
    private OperationContext ActingFor(ImportFile file, PermissionCatalog rights) =>
        new(new(file.Account, file.By, [], IsSystem: true), null, time.GetUtcNow(), null, rights);

    private async Task GiveUpAsync(string kind, Guid id, Exception fault, CancellationToken stop)
    {
        log.LogError(fault, "The file {File} could not be imported", id);
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<ImportFileStore>().FindAsync(kind, id, stop) is not { } file)
            return;
        file.GiveUp(time.GetUtcNow());
        await scope.ServiceProvider.GetRequiredService<PlenariaDb>().SaveChangesAsync(stop);
    }
}
