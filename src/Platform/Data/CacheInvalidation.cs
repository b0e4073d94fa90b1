using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Plenaria.Platform.Data;

/// <summary>
/// What a page shows of those records whose changes name their marks (<see cref="Journal.Journal.Append"/>): a change
/// with none of <paramref name="Tags"/> leaves the page as it is. Set among the request's features by the page; any
/// change makes a page without it out of date.
/// </summary>
public sealed record CacheTags(IReadOnlySet<string> Tags)
{
    /// <summary>For a page that shows no such record.</summary>
    public static CacheTags Nothing { get; } = new(new HashSet<string>());
}

/// <summary>
/// Tells whoever keeps rendered pages whether they still say what the database says. <see cref="Generation"/> goes up
/// with every change that entered the journal: at once when this process made it, at the next <see cref="Confirm"/>
/// when another one did. A page belongs to the generation in which its rendering began, and to those after it that
/// passed it by.
/// </summary>
public sealed class CacheInvalidation(IServiceScopeFactory scopes, TimeProvider time) : IDisposable
{
    /// <summary>
    /// For how long a confirmation holds: how old, at most, what another process changed may look here.
    /// </summary>
    public static readonly TimeSpan Trust = TimeSpan.FromMilliseconds(400);

    /// <summary>
    /// A transaction this long may have stamped its entries before it stored them; longer ones of another process are
    /// seen when counting begins anew.
    /// </summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(15);

    private readonly SemaphoreSlim _turn = new(1, 1);

    // The marks of each entry of the last changes, at the place of their generation; null is any page.
    private readonly IReadOnlyList<IReadOnlyCollection<string>?>?[] _last =
        new IReadOnlyList<IReadOnlyCollection<string>?>?[Remembered];
    private long _generation,
        _confirmedAt = long.MinValue,
        _written = -1;

    // Entries are counted from here on: their identities begin with their time.
    private (DateTimeOffset At, Guid Id) _from;

    // Entries this process put into the journal, counted before and after their commit.
    private long _begun,
        _ended,
        _endedThen;

    private const int Remembered = 1024;

    /// <summary>From how many entries of the journal in one commit it is an import rather than an act.</summary>
    private const int Many = 100;

    public long Generation => Volatile.Read(ref _generation);

    /// <summary>This process stored many changes at once.</summary>
    public event Action? ManyStored;

    /// <summary>Whatever was rendered before may be out of date.</summary>
    public void Raise() => Raise(null);

    /// <summary>
    /// Before a commit of this process that holds so many entries of the journal: the next look at the streams knows
    /// them for its own.
    /// </summary>
    internal void Committing(int entries)
    {
        lock (_last)
            _begun += entries;
    }

    /// <summary>After that commit, or when it failed.</summary>
    internal void Committed(int entries, IReadOnlyList<IReadOnlyCollection<string>?>? touched, bool isStored)
    {
        lock (_last)
        {
            if (isStored)
            {
                Raise(touched);
                _ended += entries;
            }
            else
                _begun -= entries;
        }
        if (isStored && entries >= Many)
            ManyStored?.Invoke();
    }

    /// <summary>
    /// Whether all that changed since a generation passed a page by that shows this; by a page that names nothing
    /// passes only what no visitor sees.
    /// </summary>
    public bool IsStill(long generation, CacheTags? shown)
    {
        var now = Generation;
        if (generation == now)
            return true;
        if (now - generation >= Remembered)
            return false;
        lock (_last)
        {
            for (var g = generation + 1; g <= _generation; g++)
                if (_last[g % Remembered] is not { } touched || touched.Any(marks => !Passes(marks, shown)))
                    return false;
            return _generation - generation < Remembered;
        }
    }

    private static bool Passes(IReadOnlyCollection<string>? marks, CacheTags? shown) =>
        marks is not null && (marks.Count == 0 || shown is not null && !marks.Any(shown.Tags.Contains));

    private void Raise(IReadOnlyList<IReadOnlyCollection<string>?>? touched)
    {
        lock (_last)
        {
            _last[(_generation + 1) % Remembered] = touched;
            Volatile.Write(ref _generation, _generation + 1);
        }
    }

    /// <summary>
    /// Makes sure that changes of other processes are known up to <see cref="Trust"/> ago. False when the database
    /// cannot be asked: then nothing kept may be shown.
    /// </summary>
    public ValueTask<bool> Confirm(CancellationToken cancel) => IsConfirmed ? new(true) : Ask(cancel);

    private bool IsConfirmed =>
        Volatile.Read(ref _confirmedAt) is var at && at != long.MinValue && time.GetElapsedTime(at) < Trust;

    private async ValueTask<bool> Ask(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            if (IsConfirmed)
                return true;
            var asked = time.GetTimestamp();
            var before = Own();
            await using var scope = scopes.CreateAsyncScope();
            // The journal only grows, and grows in the transaction that changes what a page shows.
            var isCounted = time.GetUtcNow() - _from.At < 2 * Overlap;
            if (!isCounted)
                _from = From(time.GetUtcNow() - Overlap);
            var written = await Written(scope.ServiceProvider.GetRequiredService<PlenariaDb>(), cancel);
            var own = Own();
            // With a commit of this process under way, whether the count holds it cannot be known.
            var isSure = before.Begun == before.Ended && own == before;
            // What a page says of the clock, as of what is to come, is as old as the counting at most.
            if (!isSure || !isCounted || written - _written != own.Ended - _endedThen)
                Raise();
            (_written, _endedThen) = (isSure ? written : -1, own.Ended);
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

    private (long Begun, long Ended) Own()
    {
        lock (_last)
            return (_begun, _ended);
    }

    private static (DateTimeOffset At, Guid Id) From(DateTimeOffset at) => (at, Guid.CreateVersion7(at));

    // Asked several times a second and before the first page: without the way through a query's translation. It reads
    // the last minutes of the primary key, however many entries there are.
    private async Task<long> Written(PlenariaDb db, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM journal_entries WHERE id >= @from";
        var from = command.CreateParameter();
        (from.ParameterName, from.Value) = ("@from", _from.Id);
        command.Parameters.Add(from);
        return Convert.ToInt64(
            await command.ExecuteScalarAsync(cancel),
            System.Globalization.CultureInfo.InvariantCulture
        );
    }

    public void Dispose() => _turn.Dispose();
}
