using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Modules;

namespace Plenaria.Platform.Data;

/// <summary>
/// An entity whose edits are checked against each other: the second of two people who edit the same state is told.
/// </summary>
public interface IVersioned
{
    int Version { get; set; }
}

/// <summary>
/// Rows that are bookkeeping of the house (sign-in codes, mail, leases): a change needs no journal entry.
/// </summary>
public interface INotJournaled;

/// <summary>
/// The one context of the house. It has no sets: modules bring their mappings and query with <c>Set&lt;T&gt;()</c> what
/// is theirs. <see cref="SaveChangesAsync(bool, CancellationToken)"/> is the only way to write: rows, register and
/// journal in one transaction.
/// </summary>
public sealed class PlenariaDb(
    DbContextOptions<PlenariaDb> options,
    ModuleCatalog modules,
    WriteLock gate,
    CacheInvalidation freshness
) : DbContext(options)
{
    private readonly List<JournalDraft> _drafts = [];

    private readonly JournalGuard _guard = new(modules);

    // The marks of each entry this transaction has told the journal so far.
    private readonly List<IReadOnlyCollection<string>?> _touched = [];

    public bool IsSqlite => Database.IsSqlite();

    /// <summary>
    /// The form that this request sends: stored with its first change, so that the same form twice is a unique
    /// violation.
    /// </summary>
    internal INotJournaled? Submitting { private get; set; }

    /// <summary>Whether <see cref="Submitting"/> was stored, and committed.</summary>
    internal bool HasSubmitted { get; private set; }

    /// <summary>
    /// The first act that this context entered in the journal, which is what the request was for unless the caller says
    /// another.
    /// </summary>
    public string? FirstAct { get; set; }

    // Saved in the transaction under way: what is loaded may be forgotten meanwhile, the row is there.
    private bool _isSubmittedHere;

    /// <summary>Queues an entry of the journal for the next save.</summary>
    internal void Queue(JournalDraft draft) => _drafts.Add(draft);

    /// <summary>Forgets what was loaded and queued: a refused request renders its page from what is stored.</summary>
    public void ClearTracking()
    {
        ChangeTracker.Clear();
        _drafts.Clear();
        _touched.Clear();
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Writes are asynchronous: they may wait for the gate.");

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancel = default)
    {
        if (Database.CurrentTransaction is not null)
            return await Save(acceptAllChangesOnSuccess, cancel);
        using var turn = await gate.AcquireAsync(cancel);
        await using var transaction = await Database.BeginTransactionAsync(cancel);
        Begin();
        var rows = await Save(acceptAllChangesOnSuccess, cancel);
        await Commit(transaction, cancel);
        return rows;
    }

    /// <summary>
    /// Several saves as one: all of them are stored, or none. With <paramref name="oneSnapshot"/> all its queries read
    /// the same moment, and a change by somebody else to a row it writes is a conflict
    /// (<see cref="IsConcurrencyConflict"/>).
    /// </summary>
    public async Task InTransactionAsync(Func<Task> work, CancellationToken cancel, bool oneSnapshot = false)
    {
        if (Database.CurrentTransaction is not null)
        {
            await work();
            return;
        }
        using var turn = await gate.AcquireAsync(cancel);
        // SQLite's transactions always read one moment.
        await using var transaction = await (
            oneSnapshot && !IsSqlite
                ? Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel)
                : Database.BeginTransactionAsync(cancel)
        );
        Begin();
        await work();
        await Commit(transaction, cancel);
    }

    /// <summary>All that is read until it is disposed is of one moment, while others go on writing.</summary>
    public async Task<IDbContextTransaction> Snapshot(CancellationToken cancel)
    {
        await Database.OpenConnectionAsync(cancel);
        // Repeatable read is a snapshot on PostgreSQL; on SQLite a deferred read transaction over the write-ahead log
        // is one.
        return IsSqlite
            ? (
                await Database.UseTransactionAsync(
                    ((Microsoft.Data.Sqlite.SqliteConnection)Database.GetDbConnection()).BeginTransaction(
                        deferred: true
                    ),
                    cancel
                )
            )!
            : await Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
    }

    /// <summary>
    /// Whether a save failed because somebody else's came first: a version that moved, a name that was taken, a row
    /// that changed under a snapshot.
    /// </summary>
    public static bool IsConcurrencyConflict(Exception fault) =>
        fault is DbUpdateException
        || fault is System.Data.Common.DbException { SqlState: "40001" or "40P01" }
        || fault.InnerException is { } inner && IsConcurrencyConflict(inner);

    /// <summary>Whether a save failed because what must be there once is there already.</summary>
    public static bool IsUniqueViolation(Exception fault) =>
        fault
            is System.Data.Common.DbException { SqlState: "23505" }
                or Microsoft.Data.Sqlite.SqliteException { SqliteExtendedErrorCode: 2067 or 1555 }
        || fault.InnerException is { } inner && IsUniqueViolation(inner);

    /// <summary>
    /// Changes rows past the change tracker, within a transaction that tells the journal in each of the streams.
    /// </summary>
    public Task<int> UpdateRowsAsync<T>(
        IQueryable<T> rows,
        Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<T>> values,
        StatementStreams of,
        CancellationToken cancel
    )
    {
        State(of);
        return rows.ExecuteUpdateAsync(values, cancel);
    }

    /// <summary>
    /// Deletes rows past the change tracker, within a transaction that tells the journal in each of the streams.
    /// </summary>
    public Task<int> DeleteRowsAsync<T>(IQueryable<T> rows, StatementStreams of, CancellationToken cancel)
    {
        State(of);
        return rows.ExecuteDeleteAsync(cancel);
    }

    /// <summary>
    /// The statements that follow change rows of these streams; the transaction, which is the caller's, tells the
    /// journal in each of them.
    /// </summary>
    internal void State(StatementStreams of)
    {
        if (of.Names.Count > 0 && Database.CurrentTransaction is null)
            throw new InvalidOperationException($"{of.Names[0]} has its entry in the same transaction.");
        _guard.Await(of);
    }

    /// <summary>
    /// Until the commit, rows of any stream may change under one entry in this stream: for what goes through the whole
    /// house at once, as an erasure does.
    /// </summary>
    public void RecordAllIn(string stream)
    {
        State(StatementStreams.Of(stream));
        _guard.RecordAllIn(stream);
    }

    /// <summary>Rows that are written past the change tracker: each is told in its own stream.</summary>
    internal void State(IEnumerable<object> rows) => _guard.Await(rows);

    /// <summary>Entries that were written past the change tracker.</summary>
    internal void Tell(IEnumerable<string> streams) => _guard.Tell(streams);

    private void Begin()
    {
        _touched.Clear();
        _guard.Begin();
        _isSubmittedHere = false;
    }

    private async Task Commit(IDbContextTransaction transaction, CancellationToken cancel)
    {
        _guard.RequireAwaited();
        // Bookkeeping alone (a sign-in code, a letter sent) is on no page that is kept.
        var touched = _touched.ToArray();
        _touched.Clear();
        freshness.Committing(touched.Length);
        var isStored = false;
        try
        {
            await transaction.CommitAsync(cancel);
            isStored = true;
            HasSubmitted |= _isSubmittedHere;
        }
        finally
        {
            if (touched.Length > 0)
                freshness.Committed(touched.Length, touched, isStored);
        }
    }

    private async Task<int> Save(bool acceptAllChangesOnSuccess, CancellationToken cancel)
    {
        ChangeTracker.DetectChanges();
        var tracked = ChangeTracker.Entries().ToList();
        var changed = tracked.FindAll(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted);
        var told = _drafts.Select(d => d.Stream).ToHashSet();
        _guard.Require(changed, tracked, told);
        _guard.Tell(told);
        foreach (var entry in changed)
            if (entry is { Entity: IVersioned versioned, State: EntityState.Modified })
                versioned.Version++;
        if (
            Submitting is { } form
            && !HasSubmitted
            && !_isSubmittedHere
            && changed.Count > 0
            && Entry(form).State == EntityState.Detached
        )
            Add(form);
        _touched.AddRange(_drafts.Select(d => d.Marks));
        FirstAct ??= _drafts.Count > 0 ? _drafts[0].Act : null;
        await JournalWriter.Append(this, _drafts, cancel);
        var rows = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancel);
        _isSubmittedHere |= Submitting is not null && Entry(Submitting).State == EntityState.Unchanged;
        _drafts.Clear();
        return rows;
    }

    /// <summary>Refuses an edit that was begun on an older state than the stored one.</summary>
    public static void RequireVersion(IVersioned entity, int version)
    {
        if (entity.Version != version)
            throw new RuleViolationException("platform.changed-meanwhile") { StoredVersion = entity.Version };
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        foreach (
            var id in Assemblies
                .SelectMany(a => a.GetTypes())
                .Where(t =>
                    t is { IsValueType: true }
                    && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IId<>))
                )
        )
            conventions.Properties(id).HaveConversion(typeof(IdConverter<>).MakeGenericType(id));
        conventions.Properties<LocalizedText>().HaveConversion<LocalizedTextConverter>();
        conventions.Properties<PartialDate>().HaveConversion<ParsableConverter<PartialDate>>().HaveMaxLength(10);
        conventions
            .Properties<Reference>()
            .HaveConversion<ParsableConverter<Reference>>()
            .HaveMaxLength(Reference.MaxLength);
        conventions.Properties<Kernel.Language>().HaveConversion<ParsableConverter<Kernel.Language>>().HaveMaxLength(2);
        conventions.Properties<Period>().HaveConversion<PeriodConverter>().HaveMaxLength(21);
        conventions
            .Properties<Access.Role>()
            .HaveConversion<ParsableConverter<Access.Role>>()
            .HaveMaxLength(Access.Role.MaxLength);
        conventions.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
        if (Database.IsSqlite())
            conventions.Properties<DateTimeOffset>().HaveConversion<TicksConverter>();
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        foreach (var assembly in Assemblies.Where(a => a != typeof(LocalizedText).Assembly))
            model.ApplyConfigurationsFromAssembly(assembly);
        foreach (var entity in model.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
                property.SetColumnName(Snake(property.Name));
            if (entity.ClrType.IsAssignableTo(typeof(IVersioned)))
                entity.FindProperty(nameof(IVersioned.Version))!.IsConcurrencyToken = true;
            if (entity.FindPrimaryKey()?.Properties is [{ } key])
                key.ValueGenerated = ValueGenerated.Never;
        }
    }

    /// <summary>The model is made of the modules' entities: one per set of modules.</summary>
    internal string ModelKey => string.Join(' ', Assemblies.Select(a => a.GetName().Name));

    private IEnumerable<System.Reflection.Assembly> Assemblies =>
        modules
            .All.Select(m => m.Assembly)
            .Prepend(typeof(PlenariaDb).Assembly)
            .Prepend(typeof(LocalizedText).Assembly)
            .Distinct();

    private static string Snake(string name)
    {
        var snake = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsUpper(c) && snake.Length > 0)
                snake.Append('_');
            snake.Append(char.ToLowerInvariant(c));
        }
        return snake.ToString();
    }
}

/// <summary>Keeps the models of programs with different modules apart, where one process runs several.</summary>
internal sealed class ModuleModelCacheKeyFactory : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) => (((PlenariaDb)context).ModelKey, designTime);
}

/// <summary>
/// SQLite has one writer: they wait here in line instead of failing on its lock. PostgreSQL lets all through.
/// </summary>
public sealed class WriteLock(bool oneAtATime)
{
    private readonly SemaphoreSlim? _turn = oneAtATime ? new(1, 1) : null;

    public async Task<IDisposable?> AcquireAsync(CancellationToken cancel)
    {
        if (_turn is null)
            return null;
        await _turn.WaitAsync(cancel);
        return new Releaser(_turn);
    }

    private sealed class Releaser(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
