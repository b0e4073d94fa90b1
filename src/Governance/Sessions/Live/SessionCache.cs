using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;

namespace Plenaria.Sessions.Live;

/// <summary>
/// Sessions as they were last read, for what hundreds ask for in one moment: votes and delegates' pages. Every ask
/// looks at one row's version, also after another node has written; only a new one is read whole. What comes from here
/// is shared and never changed.
/// </summary>
internal sealed class SessionCache
{
    private const int Most = 20;

    private readonly ConcurrentDictionary<Reference, Session> _kept = new();
    private readonly SemaphoreSlim _turn = new(1, 1);

    public async Task<Session?> Of(string reference, PlenariaDb db, SessionStore sessions, CancellationToken cancel)
    {
        if (!Reference.TryParse(reference, null, out var known))
            return null;
        // Motions have versions of their own; what a delegate's page says of one follows from the vote, which is the
        // session's.
        var version = await db.Set<Session>()
            .Where(s => s.Reference == known)
            .Select(s => (int?)s.Version)
            .SingleOrDefaultAsync(cancel);
        if (version is null)
            return null;
        if (_kept.TryGetValue(known, out var kept) && kept.Version == version)
            return kept;
        await _turn.WaitAsync(cancel);
        try
        {
            // Of all that wait, one reads.
            if (_kept.TryGetValue(known, out kept) && kept.Version >= version)
                return kept;
            if (_kept.Count >= Most)
                _kept.Clear();
            return await sessions.Find(reference, cancel) is { } read ? _kept[known] = read : null;
        }
        finally
        {
            _turn.Release();
        }
    }
}
