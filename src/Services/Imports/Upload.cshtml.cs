using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Files;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Imports;

/// <summary>Takes a table in, to be looked through before anything is changed.</summary>
[Authorize, RequestSizeLimit(FileStore.AtTheDoor), RequestFormLimits(MultipartBodyLengthLimit = FileStore.AtTheDoor)]
internal sealed class UploadModel(
    ImportCatalog catalog,
    ImportFileStore files,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    private KnownImport _import = null!;

    [BindProperty(SupportsGet = true)]
    public string Kind { get; set; } = "";

    [BindProperty]
    public IFormFile? Document { get; set; }

    [BindProperty]
    public string WrittenIn { get; set; } = "";

    public ImportKind Known => _import.Kind;

    public string NeededColumns => phrases.NamesOfNeeded(_import);

    public IReadOnlyList<OpenFile> Open { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await FindAsync(cancel) is null)
            return NotFound();
        WrittenIn = phrases.Language.Code;
        Open = await files.ListOpenAsync(Kind, cancel);
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        await FindAsync(cancel);
        Open = await files.ListOpenAsync(Kind, cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await FindAsync(cancel) is not { } import)
            return NotFound();
        if (Document is not { Length: > 0 } document)
            throw new RuleViolationException("imports.nothing-given");
        if (document.Length > ImportService.MaxBytes)
            throw new RuleViolationException("imports.too-large", ("limit", ImportService.MaxBytes >> 20));
        await using var content = document.OpenReadStream();
        var language = Language.TryParse(WrittenIn, out var written) ? written : phrases.Language;
        var file = await files.AddAsync(import, new(Kind, document.FileName, content, language), visitor.Who, cancel);
        return Redirect($"/{phrases.Language}{file.Path}");
    }

    /// <summary>The import, for whoever may bring such files: one may hold records of any place.</summary>
    private async Task<KnownImport?> FindAsync(CancellationToken cancel)
    {
        if (await catalog.FindAsync(Kind, cancel) is not { } import)
            return null;
        visitor.Acting().Require(import.Kind.Permission, Scope.Everywhere);
        return _import = import;
    }
}
