using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;

namespace Plenaria.Platform.Site.SetUp;

/// <summary>
/// Tells a network that <c>demo</c> made from one that people work in, whichever version its database is of.
/// </summary>
public static class SampleMark
{
    public static async Task<bool> IsSampleOrEmpty(PlenariaDb db, CancellationToken cancel)
    {
        if (!await DatabaseChoice.Exists(db, cancel))
            return true;
        // A database of an earlier version has no such column yet: it is not known to be a sample.
        if ((await db.Database.GetPendingMigrationsAsync(cancel)).Any())
            return false;
        return !await db.Set<NetworkProfile>().AnyAsync(p => !p.IsSample, cancel)
            && (await db.Set<NetworkProfile>().AnyAsync(cancel) || !await db.Set<Access.Account>().AnyAsync(cancel));
    }
}
