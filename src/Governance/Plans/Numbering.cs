using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;

namespace Plenaria.Plans;

/// <summary>
/// References carry numbers in a row. Of two people who record at once, the later looks again and takes the next.
/// </summary>
internal static class Numbering
{
    private const int Attempts = 12;

    public static async Task<T> Take<T>(PlenariaDb db, Func<Task<T>> record, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
            try
            {
                return await record();
            }
            catch (DbUpdateException) when (attempt < Attempts && !cancel.IsCancellationRequested)
            {
                db.ClearTracking();
            }
    }
}
