using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;

namespace Plenaria.Platform.Site;

/// <summary>
/// Whether this process can do its work: write a row and a file. A database that only answers questions (a full disk, a
/// standby, a file nobody may write) is not ready. What it writes is taken back.
/// </summary>
public sealed class Readiness(PlenariaDb db, WriteLock gate, DataFolder data, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<bool> CanWrite(CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            using var turn = await gate.AcquireAsync(either.Token);
            await using var transaction = await db.Database.BeginTransactionAsync(either.Token);
            var now = time.GetUtcNow();
            var probe = db.Database.IsSqlite() ? (object)now.UtcTicks : now;
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO site_submitted_forms (identity, at) VALUES ({$"probe {Guid.NewGuid():N}"}, {probe})",
                either.Token
            );
            await transaction.RollbackAsync(either.Token);
            var file = Path.Combine(data.Root.FullName, $".ready-{Guid.NewGuid():N}");
            await File.WriteAllBytesAsync(file, [1], either.Token);
            File.Delete(file);
            return true;
        }
        catch (Exception fault)
            when (fault
                    is DbException
                        or IOException
                        or UnauthorizedAccessException
                        or InvalidOperationException
                        or TimeoutException
            )
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }
}
