using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Ballots;

/// <summary>
/// Takes votes in. A hall that votes at one moment makes one transaction, not hundreds: whoever gets the turn stores
/// all that wait, and each is told when its own is stored. What was told is stored; what was not may be sent again.
/// </summary>
internal sealed class BallotBox(IServiceScopeFactory scopes) : IDisposable
{
    private const int Most = 500,
        Attempts = 5;

    private readonly ConcurrentQueue<Waiting> _waiting = new();
    private readonly SemaphoreSlim _turn = new(1, 1);

    private sealed record Waiting(Cast Cast, TaskCompletionSource Told);

    public async Task Put(Cast cast)
    {
        var mine = new Waiting(cast, new(TaskCreationOptions.RunContinuationsAsynchronously));
        _waiting.Enqueue(mine);
        await _turn.WaitAsync();
        try
        {
            if (!mine.Told.Task.IsCompleted)
                await StoreAll();
        }
        finally
        {
            _turn.Release();
        }
        await mine.Told.Task;
    }

    private async Task StoreAll()
    {
        var batch = new List<Waiting>();
        while (batch.Count < Most && _waiting.TryDequeue(out var next))
            batch.Add(next);
        for (var attempt = 1; ; attempt++)
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var refused = await Store(scope.ServiceProvider, batch);
                foreach (var waiting in batch)
                    if (refused.TryGetValue(waiting, out var rule))
                        waiting.Told.SetException(new RuleViolationException(rule));
                    else
                        waiting.Told.SetResult();
                return;
            }
            // Another node took in a paper of the same voice: the next look sees it.
            catch (Exception fault) when (PlenariaDb.IsConcurrencyConflict(fault) && attempt < Attempts) { }
            catch (Exception fault)
            {
                foreach (var waiting in batch)
                    waiting.Told.TrySetException(fault);
                return;
            }
    }

    private static async Task<Dictionary<Waiting, string>> Store(IServiceProvider services, List<Waiting> batch)
    {
        var (db, journal, keys) = (
            services.GetRequiredService<PlenariaDb>(),
            services.GetRequiredService<Journal>(),
            services.GetRequiredService<BallotKeyStore>()
        );
        var (house, time) = (services.GetRequiredService<SystemActor>(), services.GetRequiredService<TimeProvider>());
        var refused = new Dictionary<Waiting, string>();
        await db.InTransactionAsync(
            async () =>
            {
                refused.Clear();
                foreach (var group in batch.GroupBy(w => w.Cast.Ballot).OrderBy(g => g.Key))
                    await Into(group.Key, [.. group]);
                await db.SaveChangesAsync();
            },
            CancellationToken.None
        );
        return refused;

        async Task Into(Guid id, List<Waiting> papers)
        {
            // Whoever closes the ballot waits until these are stored, and these do not get in once it is closed.
            var ballot = await (
                db.IsSqlite
                    ? db.Set<Ballot>()
                    : db.Set<Ballot>().FromSql($"SELECT * FROM ballots_ballots WHERE id = {id} FOR SHARE")
            )
                .AsNoTracking()
                .SingleOrDefaultAsync(b => b.Id == id);
            var members = papers.Select(p => p.Cast.Member).ToHashSet();
            var roll = await db.Set<RollVoice>()
                .Where(v => v.Ballot == id && members.Contains(v.Member))
                .ToDictionaryAsync(v => v.Member);
            // Once the ballot is closed its key is gone, and its votes are papers; before that a secret one has none.
            var isSealed = ballot is { Secrecy: Secrecy.Secret, ClosedAt: null };
            var key = isSealed ? keys.Find(id) : null;
            var trackers = papers.Select(p => p.Cast.Tracker).ToHashSet();
            var stored = isSealed
                ? []
                : await db.Set<BallotPaper>()
                    .AsNoTracking()
                    .Where(p => p.Ballot == id && trackers.Contains(p.Tracker))
                    .ToDictionaryAsync(p => p.Tracker);
            var sealedTags = key is null ? [] : await FindTagsAsync(db, id, key, trackers);
            var taken = 0;
            foreach (var waiting in papers)
                if (Refusal(ballot, key, roll, stored, sealedTags, waiting.Cast) is { } rule)
                {
                    if (rule.Length > 0)
                        refused.Add(waiting, rule);
                }
                else
                {
                    var (cast, voice) = (waiting.Cast, roll[waiting.Cast.Member]);
                    voice.HasVoted = true;
                    if (key is not null)
                    {
                        voice.Envelope = BallotEnvelope.Seal(key, id, cast.Member, cast.Option, cast.Tracker);
                        voice.TrackerTag = BallotEnvelope.TagOf(key, cast.Tracker);
                        sealedTags.Add(Convert.ToHexString(voice.TrackerTag));
                    }
                    else
                    {
                        var now = time.GetUtcNow();
                        var paper = new BallotPaper
                        {
                            Id = Guid.CreateVersion7(now),
                            Ballot = id,
                            Tracker = cast.Tracker,
                            Option = cast.Option,
                            Weight = voice.Weight,
                            Class = voice.Class,
                            Member = cast.Member,
                            CastBy = cast.By,
                            At = now,
                        };
                        stored.Add(paper.Tracker, paper);
                        db.Add(paper);
                    }
                    taken++;
                }
            if (taken > 0)
                journal.Append(
                    house.As("ballot box"),
                    ballot!.Stream,
                    "ballots.taken-in",
                    null,
                    new { papers = taken },
                    marks: []
                );
        }
    }

    private static async Task<HashSet<string>> FindTagsAsync(
        PlenariaDb db,
        Guid ballot,
        byte[] key,
        IEnumerable<string> trackers
    )
    {
        var tags = trackers.Where(IsTracker).Select(t => BallotEnvelope.TagOf(key, t)).ToList();
        var found = await db.Set<RollVoice>()
            .AsNoTracking()
            .Where(v => v.Ballot == ballot && v.TrackerTag != null && tags.Contains(v.TrackerTag))
            .Select(v => v.TrackerTag!)
            .ToListAsync();
        return [.. found.Select(Convert.ToHexString)];
    }

    // Null lets it in; empty says that this very vote is in already.
    private static string? Refusal(
        Ballot? ballot,
        byte[]? key,
        Dictionary<MemberId, RollVoice> roll,
        Dictionary<string, BallotPaper> stored,
        HashSet<string> sealedTags,
        Cast cast
    )
    {
        if (ballot is null)
            return "ballots.unknown";
        if (!roll.TryGetValue(cast.Member, out var voice))
            return "ballots.not-on-roll";
        // A vote that was sent again because the answer got lost is not late, even if the ballot has been closed
        // meanwhile.
        if (voice.HasVoted && IsSame(voice, key, stored, cast))
            return "";
        if (ballot.ClosedAt is not null)
            return "ballots.closed";
        if (!ballot.Options.Contains(cast.Option))
            return "ballots.option-unknown";
        if (ballot.Secrecy == Secrecy.Secret && key is null)
            return "ballots.key-missing";
        if (voice.HasVoted)
            return "ballots.voted-already";
        var isTaken =
            stored.ContainsKey(cast.Tracker)
            || !IsTracker(cast.Tracker)
            || key is not null && sealedTags.Contains(Convert.ToHexString(BallotEnvelope.TagOf(key, cast.Tracker)));
        return isTaken ? "ballots.tracker" : null;
    }

    private static bool IsSame(RollVoice voice, byte[]? key, Dictionary<string, BallotPaper> stored, Cast cast)
    {
        if (voice.Envelope is { } envelope)
            return key is not null
                && BallotEnvelope.Open(key, voice.Ballot, voice.Member, envelope) == (cast.Option, cast.Tracker);
        return stored.TryGetValue(cast.Tracker, out var paper)
            && paper.Option == cast.Option
            && (paper.Member is null || paper.Member == cast.Member);
    }

    private static bool IsTracker(string tracker) =>
        tracker.Length is >= 8 and <= Ballot.TrackerMaxLength && tracker.All(char.IsAsciiLetterOrDigit);

    public void Dispose() => _turn.Dispose();
}
