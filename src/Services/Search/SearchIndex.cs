using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plenaria.Platform.Data;
using Plenaria.Platform.Register;
using Plenaria.Thesaurus;

namespace Plenaria.Search;

/// <param name="ReaderWait">How long a search waits for changes that are not yet in the index.</param>
public sealed record SearchIndexOptions(TimeSpan ReaderWait);

/// <summary>
/// The register, arranged for searching: a Lucene index beside the data, the same on SQLite and PostgreSQL. Changes are
/// taken in by one task in the background, the newest first; a search waits for it up to
/// <see cref="SearchIndexOptions.ReaderWait"/>, so that what was just published is found, and says how many are missing
/// where that was not enough.
/// </summary>
public sealed class SearchIndex : IDisposable
{
    /// <summary>Searches find what is in the index after this many further entries.</summary>
    private const int Batch = 200;

    /// <summary>Names the query of a batch in the database's log.</summary>
    internal const string BatchTag = "search index";

    /// <summary>
    /// Entries after which the index is flushed to disk, so that a killed process does not begin anew.
    /// </summary>
    private const int Flushed = 1_000;

    /// <summary>A transaction this long may have stamped its entries before it stored them.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(15);

    private readonly DataFolder _data;
    private readonly IServiceScopeFactory _scopes;
    private readonly CacheInvalidation _freshness;
    private readonly ThesaurusService _terms;
    private readonly SearchIndexOptions _options;
    private readonly ILogger<SearchIndex> _log;
    private readonly Lock _starting = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Dictionary<Guid, long> _stamps = [];
    private Lucene.Net.Store.Directory? _directory;
    private IndexWriter? _writer;
    private SearcherManager? _searchers;
    private long _generation = -1;
    private int _vocabulary = -1;
    private DateTimeOffset _upTo;
    private Task? _work;
    private volatile int _pending;

    public SearchIndex(
        DataFolder data,
        IServiceScopeFactory scopes,
        CacheInvalidation freshness,
        ThesaurusService thesaurus,
        SearchIndexOptions options,
        ILogger<SearchIndex> log
    )
    {
        (_data, _scopes, _freshness, _terms, _options, _log) = (data, scopes, freshness, thesaurus, options, log);
        // After an import nobody should have to search before its records are taken in.
        freshness.ManyStored += () => Work(freshness.Generation);
    }

    // Derived from the register, and made anew whenever it is missing.
    private DirectoryInfo At => new(Path.Combine(_data.Of("search").FullName, Analysis.Format));
    private string Own => Path.Combine(At.FullName, $"of-{Environment.ProcessId}");

    /// <summary>Takes in what has changed, as far as there is time for it.</summary>
    /// <param name="wholly">Waits to the end, however long it takes.</param>
    /// <returns>How many entries are still to be taken in; at least 1 while that is not known.</returns>
    public async Task<int> Refresh(CancellationToken cancel, bool wholly = false)
    {
        await _freshness.Confirm(cancel);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        waiting.CancelAfter(wholly ? Timeout.InfiniteTimeSpan : _options.ReaderWait);
        var wanted = _freshness.Generation;
        while (Work(wanted) is { } work)
        {
            try
            {
                await work.WaitAsync(waiting.Token);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested && !wholly)
            {
                return work.IsCompleted ? 0 : Math.Max(1, _pending);
            }
            // It was logged; there is an older state to search in.
            catch (Exception fault) when (!wholly && fault is not OperationCanceledException)
            {
                return Math.Max(1, _pending);
            }
        }
        return 0;
    }

    /// <summary>The work that brings the index to a generation, begun if need be; null when it is there.</summary>
    private Task? Work(long wanted)
    {
        if (Volatile.Read(ref _generation) >= wanted)
            return null;
        lock (_starting)
        {
            if (_work is { IsCompleted: false })
                return _work;
            if (Volatile.Read(ref _generation) >= wanted)
                return null;
            // Nothing of the request that happens to begin it goes with it.
            using (ExecutionContext.SuppressFlow())
                return _work = Task.Run(TakeIn, CancellationToken.None);
        }
    }

    private async Task TakeIn()
    {
        var generation = _freshness.Generation;
        try
        {
            await Write(await Changed(_closing.Token), _closing.Token);
            Volatile.Write(ref _generation, generation);
        }
        catch (Exception fault)
        {
            // The next one compares everything.
            _vocabulary = -1;
            if (fault is not OperationCanceledException)
                _log.LogError(fault, "The search index could not be brought up to date");
            throw;
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
        var stored = await index.Stamps(db, default, (await index._terms.Read(cancel)).Revision, cancel);
        foreach (var (id, stamp) in stored)
            if (stamp != index._stamps.GetValueOrDefault(id))
                yield return $"entry {id} is not in the search index as it stands";
        foreach (var id in index._stamps.Keys)
            if (!stored.ContainsKey(id))
                yield return $"the search index holds {id}, which nobody published";
    }

    /// <summary>What the index holds otherwise than the register, the newest first.</summary>
    private async Task<List<Guid>> Changed(CancellationToken cancel)
    {
        Open();
        await using var scope = _scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlenariaDb>();
        var vocabulary = await _terms.Read(cancel);
        // The first time, and when terms moved, everything is compared: an archive may have been restored beside this
        // folder.
        var since = vocabulary.Revision == _vocabulary ? _upTo - Overlap : default;
        var stored = await Stamps(db, since, vocabulary.Revision, cancel);
        // Stamps begin with the time of the change; 0 is an entry that was withdrawn.
        var changed = stored
            .Where(s => s.Value != (_stamps.TryGetValue(s.Key, out var kept) ? kept : 0))
            .OrderByDescending(s => s.Value == 0 ? long.MaxValue : s.Value)
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

    private async Task Write(List<Guid> changed, CancellationToken cancel)
    {
        _pending = changed.Count;
        await using var scope = _scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlenariaDb>();
        var vocabulary = await _terms.Read(cancel);
        var unflushed = 0;
        foreach (var batch in changed.Chunk(Batch))
        {
            var entries = await db.Set<RegisterEntry>()
                .AsNoTracking()
                .TagWith(BatchTag)
                .Include(e => e.Texts)
                .Where(e => batch.Contains(e.Id) && !e.Withdrawn)
                .ToDictionaryAsync(e => e.Id, cancel);
            foreach (var id in batch)
                Write(id, entries.GetValueOrDefault(id), vocabulary);
            _searchers!.MaybeRefreshBlocking();
            _pending -= batch.Length;
            if ((unflushed += batch.Length) < Flushed)
                continue;
            _writer!.Commit();
            unflushed = 0;
        }
        // After much has changed, a few large segments are read faster than many.
        if (changed.Count <= 3 * Flushed)
            return;
        _writer!.ForceMerge(2);
        _writer.Commit();
        _searchers!.MaybeRefreshBlocking();
    }

    private void Write(Guid id, RegisterEntry? entry, Vocabulary vocabulary)
    {
        var name = new Term("id", id.ToString("N"));
        if (entry is null)
        {
            _writer!.DeleteDocuments(name);
            _stamps.Remove(id);
            return;
        }
        var stamp = StampOf(entry.ChangedAt, entry.HasTopics, vocabulary.Revision);
        var document = IndexDocument.Of(entry, vocabulary, stamp);
        if (_stamps.ContainsKey(id))
            _writer!.UpdateDocument(name, document);
        else
            _writer!.AddDocument(document);
        _stamps[id] = stamp;
    }

    private void Open()
    {
        if (_searchers is not null)
            return;
        lock (_closing)
        {
            if (_searchers is not null)
                return;
            // What an earlier version left, whose words are others.
            if (_data.Of("search") is { Exists: true } folder)
                foreach (var file in folder.EnumerateFiles())
                    file.Delete();
            // A command beside a running server finds the folder taken and makes an index of its own.
            (_directory, _writer) = IndexFiles.Open(At.FullName, _log) ?? IndexFiles.Open(Own, _log)!.Value;
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
            _work?.Wait(TimeSpan.FromSeconds(10));
        }
        catch (AggregateException)
        {
            // It was told to stop.
        }
        _searchers?.Dispose();
        _writer?.Dispose();
        _directory?.Dispose();
        _closing.Dispose();
        if (System.IO.Directory.Exists(Own))
            System.IO.Directory.Delete(Own, recursive: true);
    }
}
