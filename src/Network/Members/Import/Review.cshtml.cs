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
        file.Columns = file
            .Headings.Zip(Meanings, (heading, meaning) => (heading, meaning))
            .Where(c => c.heading.Length > 0)
            .DistinctBy(c => c.heading)
            .ToDictionary(c => c.heading, c => c.meaning ?? "");
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}{file.Path}");
    }

    public async Task<IActionResult> OnPostRunAsync(CancellationToken cancel)
    {
        if (await FindAsync(cancel) is not { } file)
            return NotFound();
        using var content = new MemoryStream(file.Content);
        await import.Run(
            content,
            file.FileName,
            dryRun: false,
            visitor.Acting(),
            file.Language,
            null,
            cancel,
            file.Columns
        );
        // The import works in portions and lets go of what is loaded.
        var done = (await FindAsync(cancel))!;
        (done.Content, done.DoneAt) = ([], time.GetUtcNow());
        await db.SaveChangesAsync(cancel);
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

    /// <summary>A fault in the reader's language.</summary>
    public string Says(Refusal fault) =>
        phrases[
            fault.Rule,
            ("country", fault.Value),
            ("value", fault.Value),
            ("choices", fault.Choices?.Invoke(phrases.Language))
        ];

    /// <summary>A value of a member in the reader's language.</summary>
    public string Says(object? value) =>
        value switch
        {
            MemberKind kind => phrases.Name("members.kind", kind),
            PopulationClass population => phrases.Name("members.population", population),
            _ => value?.ToString() ?? "–",
        };

    private Task<ImportFile?> FindAsync(CancellationToken cancel) =>
        db.Set<ImportFile>().SingleOrDefaultAsync(f => f.Id == Id && f.DoneAt == null, cancel);

    private async Task CompareAsync(ImportFile file, CancellationToken cancel)
    {
        using var content = new MemoryStream(file.Content);
        FileName = file.FileName;
        Columns = MemberRows.ReadColumns(content, file.Columns);
        if (Columns.Any(c => c.Meaning == "name") && Columns.Any(c => c.Meaning == "country"))
            Result = await import.Run(
                content,
                file.FileName,
                dryRun: true,
                visitor.Acting(),
                file.Language,
                null,
                cancel,
                file.Columns
            );
    }
}
