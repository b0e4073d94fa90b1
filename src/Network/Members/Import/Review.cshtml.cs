using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Members.Import;

/// <summary>
/// What a spreadsheet would change: which column means what, how many members are new, changed and as they are, which
/// rows are left out and why. Nothing is stored before it is taken over, and then all of it at once.
/// </summary>
[Allow(MembersModule.Edit)]
internal sealed class ReviewModel(
    PlenariaDb db,
    MemberImport import,
    CurrentUser visitor,
    PageLocalizer phrases,
    TimeProvider time
) : PageModel, IRerenderable
{
    public const int MostFaults = 200;

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>What the file's columns mean, in their order; empty where they are left out.</summary>
    [BindProperty]
    public List<string?> Meanings { get; set; } = [];

    [BindProperty]
    public int Version { get; set; }

    /// <summary>Why the file cannot be compared; null when it can.</summary>
    public string? Fault { get; private set; }

    public string FileName { get; private set; } = "";
    public IReadOnlyList<SheetColumn> Columns { get; private set; } = [];

    /// <summary>Null while no column is known to hold the name or the country.</summary>
    public ImportResult? Result { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!visitor.May(MembersModule.Edit, Scope.Everywhere))
            return Forbid();
        if (await FindAsync(cancel) is not { } file)
            return NotFound();
        await CompareAsync(file, cancel);
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (await FindAsync(cancel) is { } file)
            await CompareAsync(file, cancel);
    }

    public async Task<IActionResult> OnPostColumnsAsync(CancellationToken cancel)
    {
        visitor.Acting().Require(MembersModule.Edit, Scope.Everywhere);
        if (await FindAsync(cancel) is not { } file)
            return NotFound();
        PlenariaDb.RequireVersion(file, Version);
        file.Columns = file.Chosen(Meanings);
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}{file.Path}");
    }

    /// <summary>Takes the file over; with columns that were chosen anew since, it is compared again first.</summary>
    public async Task<IActionResult> OnPostRunAsync(CancellationToken cancel)
    {
        visitor.Acting().Require(MembersModule.Edit, Scope.Everywhere);
        if (await FindAsync(cancel) is not { } file)
            return NotFound();
        PlenariaDb.RequireVersion(file, Version);
        if (!file.Chosen(Meanings).SequenceEqual(file.Columns))
            return await OnPostColumnsAsync(cancel);
        using var content = new MemoryStream(file.Content);
        await import.Run(
            content,
            file.FileName,
            dryRun: false,
            visitor.Acting(),
            file.Language,
            null,
            cancel,
            new(ByPosition: file.Columns)
        );
        // The import works in portions and lets go of what is loaded.
        var done = (await FindAsync(cancel))!;
        (done.Content, done.DoneAt) = ([], time.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        db.FirstAct = "members.imported";
        return Redirect($"/{phrases.Language}/members");
    }

    public async Task<IActionResult> OnPostDiscardAsync(CancellationToken cancel)
    {
        visitor.Acting().Require(MembersModule.Edit, Scope.Everywhere);
        if (await FindAsync(cancel) is not { } file)
            return NotFound();
        db.Remove(file);
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}/members/import");
    }

    private Task<ImportFile?> FindAsync(CancellationToken cancel) =>
        db.Set<ImportFile>().SingleOrDefaultAsync(f => f.Id == Id && f.DoneAt == null, cancel);

    private async Task CompareAsync(ImportFile file, CancellationToken cancel)
    {
        using var content = new MemoryStream(file.Content);
        (FileName, Version) = (file.FileName, file.Version);
        try
        {
            Columns =
            [
                .. MemberRows.ReadColumns(content).Zip(file.Columns, (column, said) => column with { Meaning = said }),
            ];
            if (file.Columns.Contains("name") && file.Columns.Contains("country"))
                Result = await import.Run(
                    content,
                    file.FileName,
                    dryRun: true,
                    visitor.Acting(),
                    file.Language,
                    null,
                    cancel,
                    new(ByPosition: file.Columns)
                );
        }
        catch (RuleViolationException fault)
        {
            // The page opens all the same, to discard the file.
            Fault = phrases[fault.Key, [.. fault.Arguments]];
        }
    }
}
