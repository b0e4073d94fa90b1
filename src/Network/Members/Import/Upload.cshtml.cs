using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Files;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Members.Import;

/// <summary>Takes a spreadsheet of members in, to be looked through before anything is changed.</summary>
[
    Allow(MembersModule.Edit),
    RequestSizeLimit(FileStore.AtTheDoor),
    RequestFormLimits(MultipartBodyLengthLimit = FileStore.AtTheDoor)
]
internal sealed class UploadModel(PlenariaDb db, CurrentUser visitor, PageLocalizer phrases, TimeProvider time)
    : PageModel,
        IRerenderable
{
    private const int MostOpen = 20;

    /// <summary>An open file without its content.</summary>
    public sealed record OpenFile(Guid Id, string FileName, string By, DateTimeOffset CreatedAt)
    {
        public string Path => $"/members/import/{Id}";
    }

    [BindProperty]
    public IFormFile? Document { get; set; }

    [BindProperty]
    public string WrittenIn { get; set; } = "";

    public IReadOnlyList<OpenFile> Open { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        // A file may hold members of any country.
        if (!visitor.May(MembersModule.Edit, Scope.Everywhere))
            return Forbid();
        WrittenIn = phrases.Language.Code;
        await RerenderAsync(cancel);
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel) =>
        Open = await db.Set<ImportFile>()
            .AsNoTracking()
            .Where(f => f.DoneAt == null)
            .OrderByDescending(f => f.CreatedAt)
            .Take(MostOpen)
            .Select(f => new OpenFile(f.Id, f.FileName, f.By, f.CreatedAt))
            .ToListAsync(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        visitor.Acting().Require(MembersModule.Edit, Scope.Everywhere);
        if (Document is not { Length: > 0 } document)
            throw new RuleViolationException("members.import.nothing-given");
        if (document.Length > MemberImport.MaxBytes)
            throw new RuleViolationException("members.import.too-large", ("limit", MemberImport.MaxBytes >> 20));
        using var content = new MemoryStream();
        await document.CopyToAsync(content, cancel);
        content.Position = 0;
        var columns = MemberRows.ReadColumns(content);
        var headings = columns.Select(c => Folding.Fold(c.Heading)).ToList();
        var earlier = await db.Set<ImportFile>()
            .AsNoTracking()
            .Where(f => f.Headings == headings && f.DoneAt != null)
            .OrderByDescending(f => f.CreatedAt)
            .Select(f => f.Columns)
            .FirstOrDefaultAsync(cancel);
        if (await db.Set<ImportFile>().CountAsync(f => f.DoneAt == null, cancel) >= MostOpen)
            throw new RuleViolationException("members.import.too-many-open", ("most", MostOpen));
        var name = Path.GetFileName(document.FileName);
        var file = new ImportFile
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            FileName = name.Length > ImportFile.NameMaxLength ? name[^ImportFile.NameMaxLength..] : name,
            Content = content.ToArray(),
            Language = Language.TryParse(WrittenIn, out var language) ? language : phrases.Language,
            Headings = headings,
            Columns = earlier ?? [.. columns.Select(c => c.Meaning ?? "")],
            By = visitor.Who.Name,
            CreatedAt = time.GetUtcNow(),
        };
        db.Add(file);
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}{file.Path}");
    }
}
