using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Plenaria.Platform.Data;

/// <summary>
/// Tells whoever keeps rendered pages whether they still say what the database says. <see cref="Generation"/> goes up with
/// every change that entered the journal: at once when this process made it, at the next <see cref="Confirm"/> when
/// another one did. A page belongs to the generation in which its rendering began.
/// </summary>
public sealed class Freshness(IServiceScopeFactory scopes, TimeProvider time) : IDisposable
{
    /// <summary>For how long a confirmation holds: how old, at most, what another process changed may look here.</summary>
    public static readonly TimeSpan Trust = TimeSpan.FromMilliseconds(400);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private long _generation, _confirmedAt = long.MinValue, _written = -1, _hour = -1;

    public long Generation => Volatile.Read(ref _generation);

    /// <summary>Called after a commit: whatever was rendered before may be out of date.</summary>
    public void Raise() => Interlocked.Increment(ref _generation);

    /// <summary>
    /// Makes sure that changes of other processes are known up to <see cref="Trust"/> ago. False when the database cannot
    /// be asked: then nothing kept may be shown.
    /// </summary>
    public ValueTask<bool> Confirm(CancellationToken cancel) => IsConfirmed ? new(true) : Ask(cancel);

    private bool IsConfirmed => Volatile.Read(ref _confirmedAt) is var at && at != long.MinValue && time.GetElapsedTime(at) < Trust;

    private async ValueTask<bool> Ask(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            if (IsConfirmed)
                return true;
            var asked = time.GetTimestamp();
            await using var scope = scopes.CreateAsyncScope();
            // The streams' lengths only grow, and grow in the transaction that changes what a page shows.
            var written = await Written(scope.ServiceProvider.GetRequiredService<PlenariaDb>(), cancel);
            // What a page says of the clock, as of what is to come, is an hour old at most.
            var hour = time.GetUtcNow().Ticks / TimeSpan.TicksPerHour;
            if (written != _written || hour != _hour)
                Raise();
            (_written, _hour) = (written, hour);
            Volatile.Write(ref _confirmedAt, asked);
            return true;
        }
        // Providers wrap a lost connection each in its own way.
        catch (Exception fault) when (fault is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            _turn.Release();
        }
    }

    // Asked several times a second and before the first page: without the way through a query's translation.
    private static async Task<long> Written(PlenariaDb db, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "SELECT COALESCE(SUM(length), 0) FROM journal_streams";
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancel), System.Globalization.CultureInfo.InvariantCulture);
    }

    public void Dispose() => _turn.Dispose();
}
