using Microsoft.EntityFrameworkCore.ChangeTracking;
using Plenaria.Platform.Data;
using Plenaria.Platform.Modules;

namespace Plenaria.Platform.Journal;

/// <summary>
/// Compares what changes with what the journal is told: by the streams that modules claim for their entities
/// (<see cref="JournaledEntity"/>).
/// </summary>
internal sealed class JournalGuard(ModuleCatalog modules)
{
    private readonly ILookup<Type, JournaledEntity> _claims = modules
        .Declared<JournaledEntity>()
        .ToLookup(c => c.Entity);

    // Streams with an entry in this transaction, and those that statements past the change tracker wait for: any of
    // the names of one key.
    private readonly HashSet<string> _told = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _awaited = [];

    // The one stream of a transaction that changes rows of all.
    private string? _all;

    public void Begin()
    {
        _all = null;
        _told.Clear();
        _awaited.Clear();
    }

    public void RecordAllIn(string stream) => _all = stream;

    public void Tell(IEnumerable<string> streams) => _told.UnionWith(streams);

    /// <summary>Each of them has an entry when the transaction commits.</summary>
    public void Await(StatementStreams streams)
    {
        foreach (var stream in streams.Names)
            _awaited[stream] = [stream];
    }

    /// <summary>The streams of rows that are written past the change tracker have an entry at the commit.</summary>
    public void Await(IEnumerable<object> rows)
    {
        foreach (var row in rows.Where(r => r is not INotJournaled and not JournalEntry))
        {
            var streams = StreamsOf(row, (_, _) => null);
            _awaited[string.Join(" or ", streams)] = streams;
        }
    }

    /// <exception cref="InvalidOperationException">A change without an entry in its stream: which.</exception>
    public void Require(IEnumerable<EntityEntry> changed, List<EntityEntry> tracked, IReadOnlyCollection<string> told)
    {
        if (_all is not null)
            return;
        object? Find(Type type, object key) =>
            tracked
                .Find(e =>
                    e.Metadata.ClrType == type
                    && e.Metadata.FindPrimaryKey()!.Properties is [var id]
                    && Equals(e.Property(id).CurrentValue, key)
                )
                ?.Entity;
        foreach (var row in changed.Select(e => e.Entity).Where(r => r is not INotJournaled and not JournalEntry))
        {
            var streams = StreamsOf(row, Find);
            if (!streams.Any(s => IsTold(s, told)))
                throw new InvalidOperationException(
                    $"{row.GetType().Name} changed and nobody told the journal in {string.Join(" or ", streams)}."
                );
        }
    }

    /// <exception cref="InvalidOperationException">A statement whose stream has no entry: which.</exception>
    public void RequireAwaited()
    {
        foreach (var (names, streams) in _awaited)
            if (!streams.Any(s => IsTold(s, _told)))
                throw new InvalidOperationException($"Rows of {names} changed and nobody told the journal there.");
    }

    private const string Any = "any stream";

    private static bool IsTold(string expected, IReadOnlyCollection<string> told) =>
        expected == Any
            ? told.Count > 0
            : told.Contains(expected)
                || !expected.Contains(':', StringComparison.Ordinal)
                    && told.Any(t => t.StartsWith(expected + ":", StringComparison.Ordinal));

    /// <summary>An entry in one of these will do.</summary>
    private List<string> StreamsOf(object row, Func<Type, object, object?> find)
    {
        var streams = new List<string>();
        foreach (var claim in _claims[row.GetType()])
            if (claim.Stream is { } own)
                streams.Add(own(row));
            else if (claim.Parent is null)
                streams.Add(claim.Kind ?? Any);
            else if (claim.ParentKey!(row) is { } key)
                streams.AddRange(
                    find(claim.Parent, key) is { } parent ? StreamsOf(parent, find) : KindsOf(claim.Parent)
                );
        // Of what nobody claims a test says so.
        return streams.Count > 0 || _claims.Contains(row.GetType()) ? streams : [Any];
    }

    private IEnumerable<string> KindsOf(Type type) =>
        _claims[type].SelectMany(c => c.Parent is { } parent ? KindsOf(parent) : [c.Kind ?? Any]);
}
