using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Imports;

/// <summary>
/// What a table would change: which column means what, how many records are new, changed and as they are, which rows
/// are left out and why. Nothing is stored before it is taken over, and then all of it at once.
/// </summary>
[Authorize]
internal sealed class ReviewModel(
    PlenariaDb db,
    ImportCatalog catalog,
    ImportFileStore files,
    ImportProgress progress,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    private KnownImport _import = null!;

    [BindProperty(SupportsGet = true)]
    public string Kind { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>What the file's columns mean, in their order; empty where they are left out.</summary>
    [BindProperty]
    public List<string?> Meanings { get; set; } = [];

    [BindProperty]
    public int Version { get; set; }

    public ImportFile Current { get; private set; } = null!;
    public ImportKind Known => _import.Kind;
    public IReadOnlyList<ImportColumn> KnownColumns => _import.Import.Columns;

    /// <summary>Null once it was asked to be taken over.</summary>
    public ImportComparison? Comparison { get; private set; }

    /// <summary>Why it cannot be taken over as it is; it can be discarded all the same.</summary>
    public string Fault =>
        Comparison?.Fault is { } fault
            ? phrases[fault.Key, [.. fault.Arguments]]
            : phrases["imports.columns.needed", ("columns", phrases.NamesOfNeeded(_import))];

    /// <summary>How many rows were read so far; null where another process does it, or it waits for its turn.</summary>
    public int? RowsDone => progress.Find(Id)?.Rows;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await FindAsync(cancel) is not { } file)
            return NotFound();
        await ShowAsync(file, cancel);
        // Without script: the browser asks again.
        if (file.RequestedAt is not null)
            Response.Headers["Refresh"] = "2";
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel) =>
        await ShowAsync(
            await FindAsync(cancel) ?? throw new RuleViolationException("platform.changed-meanwhile"),
            cancel
        );

    public async Task<IActionResult> OnPostColumnsAsync(CancellationToken cancel)
    {
        if (await LoadOpenAsync(cancel) is not { } file)
            return NotFound();
        file.Columns = file.Chosen(Meanings, KnownColumns);
        return await SaveAsync(file.Path, cancel);
    }

    /// <summary>Takes the file over; with columns that were chosen anew since, it is compared again first.</summary>
    public async Task<IActionResult> OnPostRunAsync(CancellationToken cancel)
    {
        if (await LoadOpenAsync(cancel) is not { } file)
            return NotFound();
        if (!file.Chosen(Meanings, KnownColumns).SequenceEqual(file.Columns))
            return await OnPostColumnsAsync(cancel);
        if (file.Rows <= ImportFileStore.SmallRows && await files.TryApplyAsync(file, visitor.Acting(), cancel))
        {
            db.FirstAct = Known.Act;
            return Redirect($"/{phrases.Language}{Known.Path}");
        }
        await files.RequestAsync(file, cancel);
        progress.Wake();
        return Redirect($"/{phrases.Language}{file.Path}");
    }

    /// <summary>Stops what is under way: nothing of the file is taken over, and it waits as before.</summary>
    public async Task<IActionResult> OnPostCancelAsync(CancellationToken cancel)
    {
        if (await FindAsync(cancel) is not { } file)
            return NotFound();
        // On SQLite nobody writes before it has stopped.
        progress.Find(Id)?.Cancel();
        PlenariaDb.RequireVersion(file, Version);
        file.GiveUp(failedAt: null);
        return await SaveAsync(file.Path, cancel);
    }

    public async Task<IActionResult> OnPostDiscardAsync(CancellationToken cancel)
    {
        if (await LoadOpenAsync(cancel) is not { } file)
            return NotFound();
        db.Remove(file);
        return await SaveAsync($"/import/{Kind}", cancel);
    }

    private async Task<IActionResult> SaveAsync(string path, CancellationToken cancel)
    {
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}{path}");
    }

    /// <summary>The file, for whoever may import such files.</summary>
    private async Task<ImportFile?> FindAsync(CancellationToken cancel)
    {
        if (await catalog.FindAsync(Kind, cancel) is not { } import)
            return null;
        _import = import;
        visitor.Acting().Require(Known.Permission, Scope.Everywhere);
        return await files.FindAsync(Kind, Id, cancel);
    }

    /// <summary>The file as whoever acts on it saw it.</summary>
    private async Task<ImportFile?> LoadOpenAsync(CancellationToken cancel)
    {
        if (await FindAsync(cancel) is not { } file)
            return null;
        PlenariaDb.RequireVersion(file, Version);
        return file.IsOpen ? file : throw new RuleViolationException("platform.changed-meanwhile");
    }

    private async Task ShowAsync(ImportFile file, CancellationToken cancel)
    {
        (Current, Version) = (file, file.Version);
        if (file.IsOpen)
            Comparison = await files.CompareAsync(_import, file, visitor.Acting(), cancel);
    }
}
