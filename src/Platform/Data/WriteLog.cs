using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Plenaria.Platform.Data;

/// <summary>The log of writes that SQLite keeps beside its file.</summary>
public static class WriteLog
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private const int Attempts = 100;

    /// <summary>
    /// Moves the log into the file and empties it, so that what was erased stands in neither. Waits some seconds for
    /// readers of an older state; while there are any the log stays. Nothing on PostgreSQL.
    /// </summary>
    /// <returns>Whether it is empty.</returns>
    public static async Task<bool> EmptyWriteLogAsync(this PlenariaDb db, CancellationToken cancel)
    {
        if (!db.IsSqlite)
            return true;
        using var pause = new PeriodicTimer(Pause);
        for (var n = 0; n < Attempts; n++)
        {
            // A row with "busy" first, and no error, is how this pragma says that somebody reads.
            await db.Database.OpenConnectionAsync(cancel);
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            var busy = Convert.ToInt64(await command.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
            await db.Database.CloseConnectionAsync();
            if (busy == 0)
                return true;
            await pause.WaitForNextTickAsync(cancel);
        }
        return false;
    }
}
