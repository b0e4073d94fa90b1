using System.Security.Cryptography;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Imports;

/// <summary>A table to be compared or taken over.</summary>
/// <param name="Content">A file that can be read twice.</param>
/// <param name="Language">The language in which its names are written.</param>
/// <param name="Map">What columns mean that do not say it in words known to us.</param>
internal sealed record ImportRequest(
    string Kind,
    string FileName,
    Stream Content,
    Language Language,
    ColumnMap? Map = null
);

internal sealed record ImportResult(int Taken, int Changed, int Unchanged, IReadOnlyList<RowFault> Refused)
{
    /// <summary>The first rows that were or would be taken.</summary>
    public IReadOnlyList<RowOutcome> Rows { get; init; } = [];

    /// <summary>What was taken otherwise than it was written: a country by the name it has now.</summary>
    public IReadOnlyList<RowFault> Notes { get; init; } = [];

    public ImportCounts Counts => new(Taken, Changed, Unchanged, Refused.DistinctBy(r => r.Row).Count());
}

/// <summary>
/// Tables with a line of headings, in any order and in any of the five languages. Rows that break a rule are left out
/// and named; the others are stored together, or none.
/// </summary>
internal sealed class ImportService(PlenariaDb db, ImportCatalog catalog, Journal journal)
{
    public const long MaxBytes = 64 << 20;
    private const int Batch = 500,
        MaxListed = 200;

    private sealed class Tally
    {
        public int Taken,
            Changed,
            Unchanged;
        public readonly List<RowFault> Refused = [],
            Notes = [];
        public readonly List<RowOutcome> Rows = [];

        public void Add(RowOutcome row)
        {
            Taken += row.State == RowState.New ? 1 : 0;
            Changed += row.State == RowState.Changed ? 1 : 0;
            Unchanged += row.State == RowState.Unchanged ? 1 : 0;
            if (row.State != RowState.Unchanged && Rows.Count < MaxListed)
                Rows.Add(row);
        }

        public void Add(ImportRow row)
        {
            Refused.AddRange(row.Faults);
            if (!row.IsRefused)
                Notes.AddRange(row.Notes);
        }
    }

    /// <param name="told">Is told how many rows were read so far, now and then.</param>
    public async Task<ImportResult> RunAsync(
        ImportRequest request,
        bool isDryRun,
        OperationContext acting,
        CancellationToken cancel,
        IProgress<int>? told = null
    )
    {
        var (kind, import, reader) = await catalog.GetAsync(request.Kind, cancel);
        acting.Require(kind.Permission, Scope.Everywhere);
        var tally = new Tally();
        async Task Work()
        {
            var run = import.Begin(new(acting, request.Language, isDryRun));
            await TakeAsync(run, reader.Read(request.Content, request.Map), tally, told, cancel);
            if (isDryRun || tally.Taken + tally.Changed == 0)
                return;
            await run.CompleteAsync(cancel);
            await RecordAsync(kind, request, tally, acting, cancel);
        }
        // What only reads and compares keeps no writer waiting.
        await (isDryRun ? Work() : db.InTransactionAsync(Work, cancel));
        return new(tally.Taken, tally.Changed, tally.Unchanged, tally.Refused)
        {
            Rows = tally.Rows,
            Notes = tally.Notes,
        };
    }

    private static async Task TakeAsync(
        IImportRun run,
        IEnumerable<ImportRow> rows,
        Tally tally,
        IProgress<int>? told,
        CancellationToken cancel
    )
    {
        var read = 0;
        foreach (var batch in rows.Chunk(Batch))
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var row in await run.TakeAsync([.. batch.Where(r => !r.IsRefused)], cancel))
                tally.Add(row);
            foreach (var row in batch)
                tally.Add(row);
            told?.Report(read += batch.Length);
        }
    }

    private async Task RecordAsync(
        ImportKind kind,
        ImportRequest request,
        Tally tally,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        request.Content.Position = 0;
        journal.Append(
            acting,
            kind.Key,
            kind.Act,
            null,
            new
            {
                file = request.FileName,
                sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(request.Content, cancel)),
                taken = tally.Taken,
                changed = tally.Changed,
                unchanged = tally.Unchanged,
                refused = tally.Refused.DistinctBy(r => r.Row).Count(),
            }
        );
        await db.SaveChangesAsync(cancel);
    }
}
