using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Plenaria.Ballots;
using Plenaria.Platform.Data;

namespace Plenaria.Sessions.Live;

/// <summary>
/// Tells open pages that a session has gone on. However many watch it, a node looks once a second, at one row; so it
/// also sees what other nodes wrote.
/// </summary>
internal sealed class SessionEventStream(
    IServiceScopeFactory scopes,
    SessionCache snapshots,
    IHostApplicationLifetime lifetime,
    TimeProvider time
)
{
    private const int Most = 4_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1),
        Silence = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<Reference, Watched> _watched = new();
    private int _watchers;

    private sealed class Watched
    {
        public readonly SemaphoreSlim Turn = new(1, 1);
        public long LookedAt;
        public (int Version, int Votes) Seen;
    }

    /// <param name="withVotes">Also whenever another vote has come in: for the desk and the wall, not for hundreds of
    /// phones.</param>
    public async Task<IResult> Of(
        string reference,
        bool withVotes,
        PlenariaDb db,
        SessionStore sessions,
        CancellationToken cancel
    )
    {
        if (await snapshots.Of(reference, db, sessions, cancel) is not { IsPublic: true } session)
            return Results.NotFound();
        if (Volatile.Read(ref _watchers) >= Most)
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        return TypedResults.ServerSentEvents(Changes(session.Reference, withVotes, cancel));
    }

    private async IAsyncEnumerable<SseItem<string>> Changes(
        Reference session,
        bool withVotes,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel, lifetime.ApplicationStopping);
        Interlocked.Increment(ref _watchers);
        try
        {
            var (told, toldAt) = ("", time.GetTimestamp());
            using var tick = new PeriodicTimer(Pause, time);
            while (!end.IsCancellationRequested)
            {
                var (version, votes) = await Look(session, end.Token);
                var now = withVotes ? $"{version}.{votes}" : $"{version}";
                // Now and then without news, so that a line that is gone is noticed.
                if (now != told || time.GetElapsedTime(toldAt) > Silence)
                {
                    yield return new(now);
                    (told, toldAt) = (now, time.GetTimestamp());
                }
                try
                {
                    await tick.WaitForNextTickAsync(end.Token);
                }
                catch (OperationCanceledException)
                {
                    yield break;
                }
            }
        }
        finally
        {
            Interlocked.Decrement(ref _watchers);
        }
    }

    private async Task<(int Version, int Votes)> Look(Reference session, CancellationToken cancel)
    {
        var watched = _watched.GetOrAdd(session, _ => new());
        await watched.Turn.WaitAsync(cancel);
        try
        {
            if (watched.LookedAt == 0 || time.GetElapsedTime(watched.LookedAt) >= Pause * 0.9)
            {
                await using var scope = scopes.CreateAsyncScope();
                var services = scope.ServiceProvider;
                var now = (
                    await snapshots.Of(
                        session.ToString(),
                        services.GetRequiredService<PlenariaDb>(),
                        services.GetRequiredService<SessionStore>(),
                        cancel
                    )
                )!;
                var ballot = now.Log.OpenVote?.Ballot is { } open
                    ? await services.GetRequiredService<IBallots>().Read(open, cancel)
                    : null;
                (watched.Seen, watched.LookedAt) = ((now.Version, ballot?.HaveVoted ?? 0), time.GetTimestamp());
            }
            return watched.Seen;
        }
        finally
        {
            watched.Turn.Release();
        }
    }
}
