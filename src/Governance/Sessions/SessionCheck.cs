using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Data;

namespace Plenaria.Sessions;

/// <summary>Whether what is stored of every session is what follows from its events in the journal.</summary>
internal static class SessionCheck
{
    public static async IAsyncEnumerable<string> Faults(
        IServiceProvider services,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var (db, store) = (services.GetRequiredService<PlenariaDb>(), services.GetRequiredService<SessionStore>());
        foreach (var session in await db.Set<Session>().AsNoTracking().OrderBy(s => s.Reference).ToListAsync(cancel))
            if ((await store.Rebuilt(session, cancel)) is var rebuilt && rebuilt.ToJson() != session.Log.ToJson())
                yield return $"{session.Reference}: what is stored of it does not follow from its {rebuilt.Length} events";
    }
}
