using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Imports;

/// <summary>A file that waits, without its content.</summary>
internal sealed record OpenFile(string Kind, Guid Id, string FileName, string By, DateTimeOffset CreatedAt)
{
    public string Path => ImportFile.PathOf(Kind, Id);
}

/// <summary>A file beside what is stored.</summary>
/// <param name="Result">Null where it cannot be compared, or no column is known to hold what is needed.</param>
/// <param name="Fault">Why it cannot be compared.</param>
internal sealed record ImportComparison(
    IReadOnlyList<SheetColumn> Columns,
    ImportResult? Result,
    RuleViolationException? Fault = null
);

/// <summary>Keeps files until they are taken over, and takes them over.</summary>
internal sealed class ImportFileStore(PlenariaDb db, ImportService imports, TimeProvider time)
{
    /// <summary>Up to how many rows a file is taken over while whoever asked for it waits.</summary>
    public const int SmallRows = 500;
    private const int MostOpen = 20;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(7),
        Remembered = TimeSpan.FromDays(800);

    public Task<ImportFile?> FindAsync(string kind, Guid id, CancellationToken cancel) =>
        db.Set<ImportFile>().SingleOrDefaultAsync(f => f.Id == id && f.Kind == kind, cancel);

    /// <summary>The files that were not taken over yet, newest first.</summary>
    public async Task<IReadOnlyList<OpenFile>> ListOpenAsync(string kind, CancellationToken cancel) =>
        await db.Set<ImportFile>()
            .AsNoTracking()
            .Where(f => f.Kind == kind && f.DoneAt == null)
            .OrderByDescending(f => f.CreatedAt)
            .Take(MostOpen)
            .Select(f => new OpenFile(f.Kind, f.Id, f.FileName, f.By, f.CreatedAt))
            .ToListAsync(cancel);

    /// <summary>Keeps a file, with its columns as they were meant the last time.</summary>
    /// <exception cref="RuleViolationException">It is no table, or too many wait already.</exception>
    public async Task<ImportFile> AddAsync(
        KnownImport known,
        ImportRequest request,
        Actor by,
        CancellationToken cancel,
        Guid? id = null
    )
    {
        var columns = known.Reader.ReadColumns(request.Content);
        var headings = columns.Select(c => Folding.Fold(c.Heading)).ToList();
        var earlier = await db.Set<ImportFile>()
            .AsNoTracking()
            .Where(f => f.Kind == request.Kind && f.Headings == headings && f.DoneAt != null)
            .OrderByDescending(f => f.CreatedAt)
            .Select(f => f.Columns)
            .FirstOrDefaultAsync(cancel);
        if (await db.Set<ImportFile>().CountAsync(f => f.Kind == request.Kind && f.DoneAt == null, cancel) >= MostOpen)
            throw new RuleViolationException("imports.too-many-open", ("most", MostOpen));
        using var content = new MemoryStream();
        await request.Content.CopyToAsync(content, cancel);
        var file = new ImportFile
        {
            Id = id ?? Guid.CreateVersion7(time.GetUtcNow()),
            Kind = request.Kind,
            FileName = NameWithin(request.FileName),
            Content = content.ToArray(),
            Language = request.Language,
            Headings = headings,
            Columns = earlier ?? [.. columns.Select(c => c.Meaning ?? "")],
            Rows = TableReader.CountRows(content),
            Account = by.Id,
            By = by.Name,
            CreatedAt = time.GetUtcNow(),
        };
        db.Add(file);
        await db.SaveChangesAsync(cancel);
        return file;
    }

    /// <summary>What a file's columns mean and what it would change, as far as it can be read.</summary>
    public async Task<ImportComparison> CompareAsync(
        KnownImport known,
        ImportFile file,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        IReadOnlyList<SheetColumn> columns = [];
        try
        {
            using var content = new MemoryStream(file.Content);
            columns =
            [
                .. known
                    .Reader.ReadColumns(content)
                    .Zip(file.Columns, (column, said) => column with { Meaning = said }),
            ];
            return new(
                columns,
                known.Needed.All(c => file.Columns.Contains(c.Key))
                    ? await imports.RunAsync(RequestOf(file, content), isDryRun: true, acting, cancel)
                    : null
            );
        }
        catch (RuleViolationException fault)
        {
            return new(columns, null, fault);
        }
    }

    /// <summary>Leaves a file to the job.</summary>
    public Task RequestAsync(ImportFile file, CancellationToken cancel)
    {
        file.Request(time.GetUtcNow());
        return db.SaveChangesAsync(cancel);
    }

    /// <summary>
    /// Takes a file over, all of it or nothing; false where another of its kind is being taken over.
    /// </summary>
    public async Task<bool> TryApplyAsync(
        ImportFile file,
        OperationContext acting,
        CancellationToken cancel,
        IProgress<int>? told = null
    )
    {
        var isFree = true;
        await db.InTransactionAsync(
            async () =>
            {
                if (!(isFree = await TryLockAsync(file.Kind, cancel)))
                    return;
                using var content = new MemoryStream(file.Content);
                var result = await imports.RunAsync(RequestOf(file, content), isDryRun: false, acting, cancel, told);
                // The import works in portions and lets go of what is loaded.
                db.ChangeTracker.Clear();
                db.Attach(file);
                file.Complete(result.Counts, time.GetUtcNow());
                await db.SaveChangesAsync(cancel);
            },
            cancel
        );
        return isFree;
    }

    /// <summary>Forgets files that nobody took over, and after a longer time what headings meant.</summary>
    public Task ForgetOldAsync(CancellationToken cancel)
    {
        var (open, done) = (time.GetUtcNow() - Kept, time.GetUtcNow() - Remembered);
        return db.InTransactionAsync(
            () =>
                db.Set<ImportFile>()
                    .Where(f => f.CreatedAt < done || f.DoneAt == null && f.RequestedAt == null && f.CreatedAt < open)
                    .ExecuteDeleteAsync(cancel),
            cancel
        );
    }

    private static ImportRequest RequestOf(ImportFile file, Stream content) =>
        new(file.Kind, file.FileName, content, file.Language, new(ByPosition: file.Columns));

    private static string NameWithin(string name) =>
        Path.GetFileName(name) is var file && file.Length > ImportFile.NameMaxLength
            ? file[^ImportFile.NameMaxLength..]
            : file;

    // One at a time of each kind. PostgreSQL drops the lock with the transaction, also of a process that was killed; on
    // SQLite the transaction alone keeps others out.
    private async Task<bool> TryLockAsync(string kind, CancellationToken cancel) =>
        db.IsSqlite
        || (
            await db
                .Database.SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock(hashtext({$"import:{kind}"})) AS \"Value\"")
                .ToListAsync(cancel)
        )[0];
}
