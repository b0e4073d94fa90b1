using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Platform.Journal;

internal sealed record JournalDraft(
    OperationContext Acting,
    string Stream,
    string Act,
    Reference? Subject,
    object What,
    IReadOnlyCollection<string>? Marks = null
);

/// <summary>
/// The append-only record of who did what, in whose name, when and why. One chain of hashes per stream
/// (<c>plan:…</c>, <c>member:…</c>), so that writers of different streams do not wait for each other.
/// </summary>
public sealed class Journal(PlenariaDb db)
{
    /// <summary>
    /// Adds an entry to <paramref name="stream"/> when the next save commits. <paramref name="act"/> is a stable word
    /// such as <c>plans.action-state-changed</c>; <paramref name="what"/> holds the facts, before and after, as a value
    /// that JSON can write (whole numbers only).
    /// </summary>
    /// <param name="marks">By what the pages that show the change know it (<see cref="CacheTags"/>), before and after;
    /// null
    /// when any page may show it, none when no visitor's does.</param>
    public void Append(
        OperationContext acting,
        string stream,
        string act,
        Reference? subject,
        object what,
        IReadOnlyCollection<string>? marks = null
    ) => db.Queue(new(acting, stream, act, subject, what, marks));

    /// <summary>The members in whose name somebody did something since a moment.</summary>
    public Task<List<MemberId>> FindMembersActedForAsync(DateTimeOffset since, CancellationToken cancel) =>
        db.Set<JournalEntry>()
            .Where(e => e.OnBehalfOf != null && e.At >= since)
            .Select(e => e.OnBehalfOf!.Value)
            .Distinct()
            .ToListAsync(cancel);

    /// <summary>
    /// For imports: the first entry of streams that are new, one each, past the change tracker. Within a transaction of
    /// the caller, who also records one ordinary entry for the whole.
    /// </summary>
    public static async Task AppendBulk(
        Bulk bulk,
        OperationContext acting,
        IReadOnlyList<(string Stream, string Act, object What)> entries,
        CancellationToken cancel
    )
    {
        var (streams, rows, payloads) = (
            new List<JournalStream>(entries.Count),
            new List<JournalEntry>(entries.Count),
            new List<JournalPayload>(entries.Count)
        );
        foreach (var (stream, act, what) in entries)
        {
            var (entry, payload) = JournalWriter.Make(new(acting, stream, act, null, what), 1, JournalWriter.Genesis);
            streams.Add(
                new()
                {
                    Name = stream,
                    Length = 1,
                    Head = entry.Hash,
                }
            );
            rows.Add(entry);
            payloads.Add(payload);
        }
        bulk.Tell(streams.Select(s => s.Name));
        await bulk.Insert(streams, cancel);
        await bulk.Insert(rows, cancel);
        await bulk.Insert(payloads, cancel);
    }

    /// <summary>A stream's entries, newest first, with what is left of their payloads.</summary>
    public async Task<IReadOnlyList<JournalLine>> Read(string stream, int most, CancellationToken cancel)
    {
        var rows = await (
            from entry in db.Set<JournalEntry>()
            join payload in db.Set<JournalPayload>() on entry.Id equals payload.EntryId
            where entry.Stream == stream
            orderby entry.Sequence descending
            select new { entry, payload }
        )
            .Take(most)
            .AsNoTracking()
            .ToListAsync(cancel);
        var names = await Names(rows.Select(r => r.entry.Actor), cancel);
        return [.. rows.Select(r => JournalLine.Of(r.entry, r.payload, names))];
    }

    /// <summary>
    /// Erases what entries say in full where it names a person: payload and salt go, and the chain goes on over its
    /// commitment (<see cref="JournalPayload"/>). Entries of sessions and ballots are left: they are the record of what
    /// was decided, and name members, not people. Within a transaction of the caller; returns how many were erased.
    /// </summary>
    /// <param name="streams">Streams that are the person's own: all their payloads go.</param>
    /// <param name="words">What names the person (name, address, telephone): payloads that hold it as a whole text, or
    /// in one.</param>
    public async Task<int> Erase(
        IReadOnlyCollection<string> streams,
        IReadOnlyCollection<string> words,
        CancellationToken cancel
    )
    {
        var erased = await db.Set<JournalPayload>()
            .Where(p => db.Set<JournalEntry>().Any(e => e.Id == p.EntryId && streams.Contains(e.Stream)))
            .ExecuteUpdateAsync(
                p => p.SetProperty(x => x.Salt, (byte[]?)null).SetProperty(x => x.Content, (byte[]?)null),
                cancel
            );
        foreach (var word in words)
        {
            // A short name stands in many words: it is looked for as a text of its own, in quotation marks.
            var quoted = CanonicalJson.Of(word);
            var sought = word.Length >= ShortestInText ? quoted[1..^1] : quoted;
            erased += db.IsSqlite
                ? await db.Database.ExecuteSqlAsync(
                    $"UPDATE journal_payloads SET salt = NULL, content = NULL WHERE content IS NOT NULL AND instr(content, {sought}) > 0 AND entry_id IN (SELECT id FROM journal_entries WHERE stream NOT LIKE 'session:%' AND stream NOT LIKE 'ballot:%')",
                    cancel
                )
                : await db.Database.ExecuteSqlAsync(
                    $"UPDATE journal_payloads SET salt = NULL, content = NULL WHERE content IS NOT NULL AND position({sought} in content) > 0 AND entry_id IN (SELECT id FROM journal_entries WHERE stream NOT LIKE 'session:%' AND stream NOT LIKE 'ballot:%')",
                    cancel
                );
        }
        return erased;
    }

    private const int ShortestInText = 9;

    // The journal keeps who acted by account: a name that was changed or erased is so in every line.
    private async Task<IReadOnlyDictionary<Guid, string>> Names(IEnumerable<Guid?> actors, CancellationToken cancel)
    {
        var ids = actors.OfType<Guid>().Distinct().Select(id => new AccountId(id)).ToList();
        return ids.Count == 0
            ? new Dictionary<Guid, string>()
            : await db.Set<Account>()
                .AsNoTracking()
                .Where(a => ids.Contains(a.Id))
                .ToDictionaryAsync(a => a.Id.Value, a => a.Name, cancel);
    }

    /// <summary>
    /// How often each act was done in the name of a member, from one moment up to another, the most frequent first.
    /// </summary>
    public async Task<IReadOnlyList<(string Act, int Times)>> InTheNameOf(
        MemberId member,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancel
    ) =>
        [
            .. (
                await db.Set<JournalEntry>()
                    .Where(e => e.OnBehalfOf == member && e.At >= from && e.At < to)
                    .GroupBy(e => e.Act)
                    .Select(g => new { g.Key, Times = g.Count() })
                    .ToListAsync(cancel)
            )
                .OrderByDescending(g => g.Times)
                .ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => (g.Key, g.Times)),
        ];

    /// <summary>
    /// Whether the journal was ever sealed with this root, written in hexadecimal digits. Whether the seals hold is
    /// another question: <c>verify</c> asks both.
    /// </summary>
    public async Task<bool> WasSealedWith(string root, CancellationToken cancel)
    {
        byte[] bytes;
        try
        {
            bytes = Convert.FromHexString(root.Trim());
        }
        catch (FormatException)
        {
            return false;
        }
        return await db.Set<JournalSeal>().AnyAsync(s => s.Root == bytes, cancel);
    }

    /// <summary>
    /// Entries of all streams, newest first: all, or those of one stream or about one record; before an entry when
    /// given.
    /// </summary>
    internal async Task<IReadOnlyList<JournalLine>> Browse(
        string? about,
        Guid? before,
        int most,
        CancellationToken cancel
    )
    {
        var entries = db.Set<JournalEntry>().AsNoTracking();
        if (!string.IsNullOrEmpty(about))
            entries = entries.Where(e => e.Stream == about || e.Subject == about);
        // Ids are made of the moment (UUIDv7): they order by time and are unique.
        if (before is { } id)
            entries = entries.Where(e => e.Id.CompareTo(id) < 0);
        var rows = await (
            from entry in entries
            join payload in db.Set<JournalPayload>() on entry.Id equals payload.EntryId
            orderby entry.Id descending
            select new { entry, payload }
        )
            .Take(most)
            .AsNoTracking()
            .ToListAsync(cancel);
        var names = await Names(rows.Select(r => r.entry.Actor), cancel);
        return [.. rows.Select(r => JournalLine.Of(r.entry, r.payload, names))];
    }

    /// <summary>Recomputes every chain and yields one sentence per break, in the order of the streams' names.</summary>
    public async IAsyncEnumerable<string> Faults([EnumeratorCancellation] CancellationToken cancel)
    {
        var heads = await db.Set<JournalStream>().AsNoTracking().ToDictionaryAsync(s => s.Name, cancel);
        var rows = (
            from entry in db.Set<JournalEntry>()
            join payload in db.Set<JournalPayload>() on entry.Id equals payload.EntryId into payloads
            from payload in payloads.DefaultIfEmpty()
            orderby entry.Stream, entry.Sequence
            select new { entry, payload }
        )
            .AsNoTracking()
            .AsAsyncEnumerable();
        string? stream = null;
        long sequence = 0;
        var head = JournalWriter.Genesis;
        var broken = false;
        var seen = new HashSet<string>();

        string? EndOfStream() =>
            stream is null || broken ? null
            : !heads.TryGetValue(stream, out var kept) ? $"{stream}: entries without a head"
            : kept.Length != sequence || !kept.Head.AsSpan().SequenceEqual(head)
                ? $"{stream}: the chain ends at {sequence}, its head says {kept.Length}"
            : null;

        await foreach (var row in rows.WithCancellation(cancel))
        {
            if (row.entry.Stream != stream)
            {
                if (EndOfStream() is { } fault)
                    yield return fault;
                (stream, sequence, head, broken) = (row.entry.Stream, 0, JournalWriter.Genesis, false);
                seen.Add(stream);
            }
            if (broken)
                continue;
            sequence++;
            var reason =
                row.entry.Sequence != sequence ? $"entry {sequence} is missing"
                : !row.entry.Previous.AsSpan().SequenceEqual(head)
                    ? $"entry {sequence} does not follow the one before it"
                : !row.entry.Hash.AsSpan().SequenceEqual(JournalWriter.HashOf(row.entry))
                    ? $"entry {sequence} was changed"
                : row.payload is { Salt: null } != row.payload is { Content: null }
                    ? $"the content of entry {sequence} was taken from its salt"
                : row.payload is { Salt: { } salt, Content: { } content }
                && !JournalWriter.Commit(salt, content).AsSpan().SequenceEqual(row.entry.Commitment)
                    ? $"the content of entry {sequence} was changed"
                : row.payload is null ? $"the content of entry {sequence} is missing"
                : null;
            if (reason is not null)
            {
                broken = true;
                yield return $"{stream}: {reason} ({row.entry.Act})";
            }
            head = row.entry.Hash;
        }
        if (EndOfStream() is { } last)
            yield return last;
        foreach (var lost in heads.Values.Where(h => h.Length > 0 && !seen.Contains(h.Name)))
            yield return $"{lost.Name}: all {lost.Length} entries are missing";
    }
}

/// <summary>An entry as people read it. <paramref name="What"/> is null once it was erased.</summary>
public sealed record JournalLine(
    Guid Id,
    string Stream,
    long Sequence,
    DateTimeOffset At,
    string Act,
    string? Subject,
    string? Who,
    string? InTheNameOf,
    string? Why,
    JsonElement? What
)
{
    /// <summary>One of the facts, where it is plain text.</summary>
    public string? Detail(string name) =>
        What is { ValueKind: JsonValueKind.Object } what
        && what.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    internal static JournalLine Of(JournalEntry entry, JournalPayload erasable, IReadOnlyDictionary<Guid, string> names)
    {
        // Content that has lost its salt is bound to nothing: it is not shown as what was recorded.
        var content = erasable.Salt is null ? null : erasable.Content;
        var payload = content is null ? (JsonElement?)null : JsonDocument.Parse(content).RootElement;
        string? Text(string name) =>
            payload is { } p && p.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
        return new(
            entry.Id,
            entry.Stream,
            entry.Sequence,
            entry.At,
            entry.Act,
            entry.Subject,
            entry.Actor is { } actor && names.TryGetValue(actor, out var name) ? name : Text("who"),
            Text("inTheNameOf"),
            Text("why"),
            payload is { } all && all.TryGetProperty("what", out var what) ? what : null
        );
    }
}

internal static class JournalWriter
{
    public static readonly byte[] Genesis = new byte[32];

    public static async Task Append(PlenariaDb db, List<JournalDraft> drafts, CancellationToken cancel)
    {
        // In the order of their names, so that two writers of the same two streams cannot lock each other out.
        foreach (var group in drafts.GroupBy(d => d.Stream).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var stream = await Lock(db, group.Key, cancel);
            foreach (var draft in group)
            {
                var (entry, payload) = Make(draft, ++stream.Length, stream.Head);
                stream.Head = entry.Hash;
                db.Add(entry);
                db.Add(payload);
            }
        }
    }

    /// <summary>An entry of a stream and its content, tied to the entry before it.</summary>
    public static (JournalEntry Entry, JournalPayload Payload) Make(JournalDraft draft, long sequence, byte[] previous)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var content = CanonicalJson.Of(
            new
            {
                // Commands and jobs are named; a person is known by the account alone, whose name can be erased.
                who = draft.Acting.Actor.Id is null ? draft.Acting.Actor.Name : null,
                inTheNameOf = draft.Acting.OnBehalfOf?.Name,
                why = draft.Acting.Reason,
                what = draft.What,
            }
        );
        JournalEntry With(Guid id, byte[] hash) =>
            new()
            {
                Id = id,
                Stream = draft.Stream,
                Sequence = sequence,
                // Microseconds, which is what PostgreSQL keeps: the hash must be the same after a round trip.
                At = new DateTimeOffset(draft.Acting.At.UtcTicks / 10 * 10, TimeSpan.Zero),
                Act = draft.Act,
                Actor = draft.Acting.Actor.Id?.Value,
                OnBehalfOf = draft.Acting.OnBehalfOf?.Id,
                Subject = draft.Subject?.ToString(),
                Commitment = Commit(salt, content),
                Previous = previous,
                Hash = hash,
            };
        var id = Guid.CreateVersion7(draft.Acting.At);
        return (
            With(id, HashOf(With(id, []))),
            new()
            {
                EntryId = id,
                Salt = salt,
                Content = content,
            }
        );
    }

    public static byte[] Commit(byte[] salt, byte[] content) => SHA256.HashData([.. salt, .. content]);

    public static byte[] HashOf(JournalEntry entry) =>
        SHA256.HashData(
            CanonicalJson.Of(
                new
                {
                    stream = entry.Stream,
                    sequence = entry.Sequence,
                    at = entry.At.UtcDateTime.ToString(
                        "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'",
                        System.Globalization.CultureInfo.InvariantCulture
                    ),
                    act = entry.Act,
                    actor = entry.Actor?.ToString(),
                    onBehalfOf = entry.OnBehalfOf?.ToString(),
                    subject = entry.Subject,
                    commitment = Convert.ToHexStringLower(entry.Commitment),
                    previous = Convert.ToHexStringLower(entry.Previous),
                }
            )
        );

    private static async Task<JournalStream> Lock(PlenariaDb db, string name, CancellationToken cancel)
    {
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO journal_streams (name, length, head, sealed_length) VALUES ({name}, 0, {Genesis}, 0) ON CONFLICT DO NOTHING",
            cancel
        );
        // A stream this context has written before may have grown since: the row is read again, under its lock.
        var stream = db.IsSqlite
            ? await db.Set<JournalStream>().SingleAsync(s => s.Name == name, cancel)
            : await db.Set<JournalStream>()
                .FromSql($"SELECT * FROM journal_streams WHERE name = {name} FOR UPDATE")
                .SingleAsync(cancel);
        await db.Entry(stream).ReloadAsync(cancel);
        return stream;
    }
}
