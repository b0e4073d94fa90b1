using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plenaria.Platform.Data;
using Plenaria.Platform.Register;

namespace Plenaria.Platform.Search;

/// <summary>
/// The register, arranged for searching: a Lucene index beside the data, the same on SQLite and PostgreSQL. Before a
/// search it takes in what has changed since the last one, so that nothing published is missed; what cannot be done in
/// a moment goes on behind.
/// </summary>
public sealed class SearchIndex(
    DataFolder data,
    IServiceScopeFactory scopes,
    CacheInvalidation freshness,
    Thesaurus.Thesaurus thesaurus,
    ILogger<SearchIndex> log
) : IDisposable
{
    /// <summary>More changes than this are taken in behind, while searches answer from what is there.</summary>
    private const int AtOnce = 3_000;

    /// <summary>A transaction this long may have stamped its entries before it stored them.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(15);

    private Thesaurus.Thesaurus Terms { get; } = thesaurus;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private readonly Dictionary<Guid, long> _stamps = [];
    private Lucene.Net.Store.Directory? _directory;
    private IndexWriter? _writer;
    private SearcherManager? _searchers;
    private long _generation = -1;
    private int _vocabulary = -1;
    private DateTimeOffset _upTo;
    private Task? _behind;
    private volatile int _pending;

    // Derived from the register, and made anew whenever it is missing.
    private DirectoryInfo At => new(Path.Combine(data.Of("search").FullName, Analysis.Format));
    private string Own => Path.Combine(At.FullName, $"of-{Environment.ProcessId}");

    /// <summary>How many entries wait to be taken in.</summary>
    public int Pending => _pending;

    /// <summary>
    /// Takes in what has changed. A long way back is begun and not waited for, unless <paramref name="wholly"/> is
    /// asked.
    /// </summary>
    public async Task Refresh(CancellationToken cancel, bool wholly = false)
    {
        await freshness.Confirm(cancel);
        if (Volatile.Read(ref _generation) == freshness.Generation && _behind is null)
            return;
        await _turn.WaitAsync(cancel);
        try
        {
            if (_behind is { IsCompleted: true })
                _behind = null;
            var generation = freshness.Generation;
            if (_generation == generation && _behind is null)
                return;
            if (_behind is null)
            {
                var changed = await Changed(cancel);
                if (changed.Count > AtOnce && !wholly)
                    _behind = Task.Run(() => TakeInBehind(changed, generation), CancellationToken.None);
                else
                {
                    await TakeIn(changed, cancel);
                    Volatile.Write(ref _generation, generation);
                }
            }
        }
        finally
        {
            _turn.Release();
        }
        if (wholly && _behind is { } behind)
        {
            await behind.WaitAsync(cancel);
            await Refresh(cancel, wholly: true);
        }
    }

    /// <summary>Runs a query over the state last refreshed.</summary>
    internal T Read<T>(Func<IndexSearcher, T> read)
    {
        Open();
        var searcher = _searchers!.Acquire();
        try
        {
            return read(searcher);
        }
        finally
        {
            _searchers.Release(searcher);
        }
    }

    /// <summary>
    /// Brings the index wholly up to date and names each entry that it then holds otherwise than the register.
    /// </summary>
    internal static async IAsyncEnumerable<string> Faults(
        IServiceProvider services,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
    )
    {
        var (index, db) = (services.GetRequiredService<SearchIndex>(), services.GetRequiredService<PlenariaDb>());
        await index.Refresh(cancel, wholly: true);
        var stored = await index.Stamps(db, default, (await index.Terms.Read(cancel)).Revision, cancel);
        foreach (var (id, stamp) in stored)
            if (stamp != index._stamps.GetValueOrDefault(id))
                yield return $"entry {id} is not in the search index as it stands";
        foreach (var id in index._stamps.Keys)
            if (!stored.ContainsKey(id))
                yield return $"the search index holds {id}, which nobody published";
    }

    private async Task<List<Guid>> Changed(CancellationToken cancel)
    {
        Open();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlenariaDb>();
        var vocabulary = await Terms.Read(cancel);
        // The first time, and when terms moved, everything is compared: an archive may have been restored beside this
        // folder.
        var since = vocabulary.Revision == _vocabulary ? _upTo - Overlap : default;
        var stored = await Stamps(db, since, vocabulary.Revision, cancel);
        var changed = stored
            .Where(s => s.Value != (_stamps.TryGetValue(s.Key, out var kept) ? kept : 0))
            .Select(s => s.Key)
            .ToList();
        if (since == default)
            changed.AddRange(_stamps.Keys.Where(k => !stored.ContainsKey(k)));
        _vocabulary = vocabulary.Revision;
        return changed;
    }

    // An entry with terms is read anew when the thesaurus changes: what is wider may have moved.
    private async Task<Dictionary<Guid, long>> Stamps(
        PlenariaDb db,
        DateTimeOffset since,
        int revision,
        CancellationToken cancel
    )
    {
        var rows = await db.Set<RegisterEntry>()
            .AsNoTracking()
            .Where(e => e.ChangedAt >= since)
            .Select(e => new
            {
                e.Id,
                e.ChangedAt,
                e.Withdrawn,
                e.HasTopics,
            })
            .ToListAsync(cancel);
        foreach (var row in rows)
            if (row.ChangedAt > _upTo)
                _upTo = row.ChangedAt;
        return rows.ToDictionary(r => r.Id, r => r.Withdrawn ? 0 : StampOf(r.ChangedAt, r.HasTopics, revision));
    }

    private static long StampOf(DateTimeOffset changedAt, bool hasTopics, int revision) =>
        changedAt.UtcTicks / 10 * 10_000 + (hasTopics ? revision % 10_000 : 0);

    private async Task TakeInBehind(List<Guid> changed, long generation)
    {
        try
        {
            await TakeIn(changed, _closing.Token);
            Volatile.Write(ref _generation, generation);
            // Pages that were kept meanwhile said that results are incomplete.
            freshness.Raise();
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "The search index could not be brought up to date");
        }
    }

    private async Task TakeIn(List<Guid> changed, CancellationToken cancel)
    {
        try
        {
            await Write(changed, cancel);
        }
        catch
        {
            // Whatever stopped it, somebody who turned away included: the next one compares everything.
            _vocabulary = -1;
            throw;
        }
    }

    private async Task Write(List<Guid> changed, CancellationToken cancel)
    {
        _pending = changed.Count;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlenariaDb>();
        var vocabulary = await Terms.Read(cancel);
        foreach (var batch in changed.Chunk(200))
        {
            var entries = await db.Set<RegisterEntry>()
                .AsNoTracking()
                .Include(e => e.Texts)
                .Where(e => batch.Contains(e.Id) && !e.Withdrawn)
                .ToDictionaryAsync(e => e.Id, cancel);
            foreach (var id in batch)
            {
                var name = new Term("id", id.ToString("N"));
                if (entries.TryGetValue(id, out var entry))
                {
                    var stamp = StampOf(entry.ChangedAt, entry.HasTopics, vocabulary.Revision);
                    var document = IndexDocument.Of(entry, vocabulary, stamp);
                    if (_stamps.ContainsKey(id))
                        _writer!.UpdateDocument(name, document);
                    else
                        _writer!.AddDocument(document);
                    _stamps[id] = stamp;
                }
                else
                {
                    _writer!.DeleteDocuments(name);
                    _stamps.Remove(id);
                }
            }
            _pending -= batch.Length;
        }
        _pending = 0;
        if (changed.Count == 0)
            return;
        // After much has changed, a few large segments are read faster than many.
        if (changed.Count > AtOnce)
            _writer!.ForceMerge(2);
        if (changed.Count > 100)
            _writer!.Commit();
        _searchers!.MaybeRefreshBlocking();
    }

    private void Open()
    {
        if (_searchers is not null)
            return;
        lock (_stamps)
        {
            if (_searchers is not null)
                return;
            // What an earlier version left, whose words are others.
            if (data.Of("search") is { Exists: true } folder)
                foreach (var file in folder.EnumerateFiles())
                    file.Delete();
            // A command beside a running server finds the folder taken and makes an index of its own.
            (_directory, _writer) = IndexFiles.Open(At.FullName, log) ?? IndexFiles.Open(Own, log)!.Value;
            var searchers = new SearcherManager(_writer, applyAllDeletes: true, searcherFactory: null);
            var searcher = searchers.Acquire();
            try
            {
                foreach (var leaf in searcher.IndexReader.Leaves)
                    Remember(leaf.AtomicReader);
            }
            finally
            {
                searchers.Release(searcher);
            }
            _searchers = searchers;
        }
    }

    private void Remember(AtomicReader reader)
    {
        var (ids, stamps, alive, bytes) = (
            reader.GetBinaryDocValues("id"),
            reader.GetNumericDocValues("stamp"),
            reader.LiveDocs,
            new BytesRef()
        );
        for (var doc = 0; doc < reader.MaxDoc; doc++)
            if (alive?.Get(doc) != false)
            {
                ids.Get(doc, bytes);
                _stamps[new(bytes.Bytes.AsSpan(bytes.Offset, 16))] = stamps.Get(doc);
            }
    }

    public void Dispose()
    {
        _closing.Cancel();
        try
        {
            _behind?.Wait(TimeSpan.FromSeconds(10));
        }
        catch (AggregateException)
        {
            // It was told to stop.
        }
        _searchers?.Dispose();
        _writer?.Dispose();
        _directory?.Dispose();
        _turn.Dispose();
        _closing.Dispose();
        if (System.IO.Directory.Exists(Own))
            System.IO.Directory.Delete(Own, recursive: true);
    }
}
