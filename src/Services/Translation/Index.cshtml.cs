using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Files;
using Plenaria.Platform.Language;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;

namespace Plenaria.Translation;

/// <summary>
/// A translator's work, and for those who hand it out what lacks what in which language; texts go out and come back as
/// files.
/// </summary>
[
    Allow(Translations.Translate),
    RequestSizeLimit(FileStore.AtTheDoor),
    RequestFormLimits(MultipartBodyLengthLimit = FileStore.AtTheDoor)
]
internal sealed class IndexModel(
    Translations translations,
    TranslationExchange sheeting,
    Accounts accounts,
    Register register,
    PlenariaDb db,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    private const int PageSize = 50,
        MostBytes = 20 << 20;
    private static readonly Role[] Translators = [Role.Translator, Role.Editor, Role.Regional, Role.Staff];

    [BindProperty(SupportsGet = true)]
    public string? To { get; set; }

    [BindProperty(SupportsGet = true)]
    public TranslationGap Lack { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public Kernel.Language Target { get; private set; }
    public bool MayAssign { get; private set; }
    public IReadOnlyList<string> Kinds { get; private set; } = [];
    public IReadOnlyList<PublishedEntry> Records { get; private set; } = [];
    public bool HasMore { get; private set; }
    public IReadOnlyDictionary<AccountId, string> Assignees { get; private set; } = new Dictionary<AccountId, string>();
    public IReadOnlyList<(TranslationTask Task, PublishedEntry Record)> Mine { get; private set; } = [];

    /// <summary>Work given out in the chosen language that is not done.</summary>
    public IReadOnlyDictionary<Reference, TranslationTask> Given { get; private set; } =
        new Dictionary<Reference, TranslationTask>();
    public IReadOnlyList<TranslationReturn>? Result { get; private set; }

    public Task OnGetAsync(CancellationToken cancel) => RerenderAsync(cancel);

    public async Task RerenderAsync(CancellationToken cancel)
    {
        Target = Kernel.Language.TryParse(To, out var asked) ? asked : phrases.Language;
        MayAssign = visitor.May(Translations.Assign);
        Kinds = await translations.KindsAsync(cancel);
        var me = visitor.Who.Id;
        var open = await db.Set<TranslationTask>()
            .AsNoTracking()
            .Where(t => t.DoneAt == null && t.Assignee == me)
            .OrderBy(t => t.Due == null)
            .ThenBy(t => t.Due)
            .ThenBy(t => t.AssignedAt)
            .Take(200)
            .ToListAsync(cancel);
        var read = await register.Read([.. open.Select(t => t.Reference)], Audience.Staff, cancel);
        Mine = [.. open.Where(t => read.ContainsKey(t.Reference)).Select(t => (t, read[t.Reference]))];
        if (!MayAssign)
            return;
        P = Math.Clamp(P, 1, 1_000);
        if (!Enum.IsDefined(Lack))
            Lack = TranslationGap.Missing;
        var found = await translations.Lacking(
            Target,
            Lack,
            Kinds.Contains(Kind) ? Kind : null,
            (P - 1) * PageSize,
            PageSize + 1,
            cancel
        );
        (Records, HasMore) = ([.. found.Take(PageSize)], found.Count > PageSize);
        var shown = Records.Select(r => r.Reference).ToList();
        Given = await db.Set<TranslationTask>()
            .AsNoTracking()
            .Where(t => t.Target == Target && t.DoneAt == null && shown.Contains(t.Reference))
            .ToDictionaryAsync(t => t.Reference, cancel);
        Assignees = await accounts.Holders(Translators, cancel);
    }

    public async Task<IActionResult> OnPostGiveAsync(
        List<string> references,
        Guid? assignee,
        DateOnly? due,
        string? note,
        CancellationToken cancel
    )
    {
        await RerenderAsync(cancel);
        if (!MayAssign)
            throw new ForbiddenException(Translations.Assign);
        if (assignee is not { } to || !Assignees.ContainsKey(new(to)))
            throw new RuleViolationException("translation.assignee-missing");
        if (note?.Length > TranslationTask.NoteMaxLength)
            throw new RuleViolationException("translation.note-too-long", ("limit", TranslationTask.NoteMaxLength));
        await translations.Give(
            Chosen(references),
            Target,
            new(to),
            due,
            string.IsNullOrWhiteSpace(note) ? null : note.Trim(),
            this.Site(),
            visitor.Acting(),
            cancel
        );
        return Redirect(
            $"/{phrases.Language}/translations?to={Target}&lack={Lack}&kind={Uri.EscapeDataString(Kind ?? "")}"
        );
    }

    public async Task<IActionResult> OnPostSheetAsync(List<string> references, string? format, CancellationToken cancel)
    {
        await RerenderAsync(cancel);
        var texts = await sheeting.Collect(Chosen(references), Target, visitor.Acting(), phrases.Language, cancel);
        return format == "xliff"
            ? File(Xliff.Write(Target, texts), "application/xliff+xml", $"{Target}.xlf")
            : File(
                TranslationDocx.Write(
                    phrases["translation.sheet", ("language", Target.OwnName)],
                    phrases["translation.sheet.how"],
                    Target,
                    texts
                ),
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                $"{Target}.docx"
            );
    }

    public async Task<IActionResult> OnPostReturnAsync(IFormFile? file, CancellationToken cancel)
    {
        if (file is null || file.Length == 0)
            throw new RuleViolationException("translation.file-missing");
        if (file.Length > MostBytes)
            throw new RuleViolationException("files.too-large", ("limit", MostBytes >> 20));
        using var content = new MemoryStream();
        await file.CopyToAsync(content, cancel);
        Result = await sheeting.Return(content.ToArray(), visitor.Acting(), phrases.Language, cancel);
        await RerenderAsync(cancel);
        return Page();
    }

    private static List<Reference> Chosen(List<string> references)
    {
        var chosen = references
            .Take(500)
            .Select(r => Reference.TryParse(r, null, out var parsed) ? parsed : default)
            .Where(r => r != default)
            .Distinct()
            .ToList();
        return chosen.Count > 0 ? chosen : throw new RuleViolationException("translation.nothing-chosen");
    }
}
