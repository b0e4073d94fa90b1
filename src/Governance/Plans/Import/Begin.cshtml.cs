using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Files;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Import;

[
    Allow(PlansModule.Edit),
    RequestSizeLimit(FileStore.AtTheDoor),
    RequestFormLimits(MultipartBodyLengthLimit = FileStore.AtTheDoor, ValueLengthLimit = SourceReader.MaxBytes)
]
internal sealed class BeginModel(PlenariaDb db, CurrentUser visitor, PageLocalizer phrases, TimeProvider time)
    : PageModel,
        IRerenderable
{
    [BindProperty]
    public IFormFile? Document { get; set; }

    [BindProperty]
    public string? Pasted { get; set; }

    [BindProperty, Range(WorkPlan.FirstYear, WorkPlan.LastYear, ErrorMessage = "plans.import.year-needed")]
    public int Year { get; set; }

    [BindProperty]
    public string WrittenIn { get; set; } = "";

    public IReadOnlyList<ImportDraft> Open { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancel)
    {
        (Year, WrittenIn) = (time.GetUtcNow().Year, phrases.Language.Code);
        return RerenderAsync(cancel);
    }

    public async Task RerenderAsync(CancellationToken cancel) =>
        Open = await db.Set<ImportDraft>().AsNoTracking().OrderByDescending(d => d.Id).Take(20).ToListAsync(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var (content, name) = await Source(cancel);
        // Read now, so that what cannot be read is refused before anything is kept.
        var draft = PlanImport.Read(content);
        var kept = new ImportDraft
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            Year = Year,
            Language = Language.Parse(WrittenIn),
            SourceName = name,
            Source = content,
            Text = Outline.Write(draft),
            By = visitor.Who.Name,
            CreatedAt = time.GetUtcNow(),
        };
        db.Add(kept);
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}{kept.Path}");
    }

    private async Task<(byte[] Content, string Name)> Source(CancellationToken cancel)
    {
        if (Document is null)
            return string.IsNullOrWhiteSpace(Pasted)
                ? throw new RuleViolationException("plans.import.nothing-given")
                : (Encoding.UTF8.GetBytes(Pasted), phrases["plans.import.pasted"]);
        if (Document.Length > SourceReader.MaxBytes)
            throw new RuleViolationException("plans.import.too-large", ("limit", SourceReader.MaxBytes / 1024 / 1024));
        using var content = new MemoryStream();
        await Document.CopyToAsync(content, cancel);
        var name = Path.GetFileName(Document.FileName);
        return (
            content.ToArray(),
            name.Length > WorkPlan.SourceNameMaxLength ? name[^WorkPlan.SourceNameMaxLength..] : name
        );
    }
}
