using Plenaria.Platform.Modules;

namespace Plenaria.Platform.Journal;

/// <summary>
/// To which stream of the journal the rows of an entity belong: a change to one is stored together with an entry of
/// that stream, or not at all. An entity with several of these may follow any of them.
/// </summary>
/// <param name="Kind">
/// The stream's name up to its colon, or the whole of one without a colon; null for any stream, and where
/// <paramref name="Parent"/> says it.
/// </param>
/// <param name="Stream">The very stream, where a row says it.</param>
/// <param name="Parent">The entity with whose stream this one goes along.</param>
internal sealed record JournaledEntity(
    Type Entity,
    string? Kind,
    Func<object, string>? Stream = null,
    Type? Parent = null,
    Func<object, object?>? ParentKey = null
);

public static class JournaledEntityExtensions
{
    /// <summary>Rows that have a stream of their own.</summary>
    /// <param name="kind">The stream's name up to its colon.</param>
    public static ModuleBuilder Journaled<TEntity>(
        this ModuleBuilder module,
        string kind,
        Func<TEntity, string> stream
    ) => module.Add(new JournaledEntity(typeof(TEntity), kind, row => stream((TEntity)row)));

    /// <summary>
    /// Rows in one stream for all of them, or in streams of one kind of which a row does not say its own.
    /// </summary>
    public static ModuleBuilder Journaled<TEntity>(this ModuleBuilder module, string kind) =>
        module.Add(new JournaledEntity(typeof(TEntity), kind));

    /// <summary>
    /// Rows that go along with another: the entry is in that one's stream. While it is not loaded, an entry in any
    /// stream of its kind will do.
    /// </summary>
    public static ModuleBuilder JournaledWith<TEntity, TParent>(
        this ModuleBuilder module,
        Func<TEntity, object?> key
    ) => module.Add(new JournaledEntity(typeof(TEntity), null, null, typeof(TParent), row => key((TEntity)row)));

    /// <summary>Rows that are part of whatever else is stored with them: any entry will do.</summary>
    public static ModuleBuilder JournaledWithAny<TEntity>(this ModuleBuilder module) =>
        module.Add(new JournaledEntity(typeof(TEntity), null));
}

/// <summary>
/// Of which streams a statement changes rows that is run past the change tracker: each has an entry when the
/// transaction commits.
/// </summary>
public readonly record struct StatementStreams
{
    private StatementStreams(IReadOnlyList<string> names) => Names = names;

    internal IReadOnlyList<string> Names { get; }

    /// <param name="names">Streams, or kinds of streams: what stands before the colon.</param>
    public static StatementStreams Of(params IEnumerable<string> names) => new([.. names]);

    /// <summary>Nobody's act: a value reckoned from others, or what is deleted because its time is over.</summary>
    /// <param name="why">For whoever reads the code.</param>
    public static StatementStreams None(string why)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(why);
        return new([]);
    }
}
