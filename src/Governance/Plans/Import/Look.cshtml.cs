using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Import;

/// <summary>
/// The tree beside its source. What is corrected is the outline in Markdown, which is read again by the same reader.
/// </summary>
[Allow(PlansModule.Edit), RequestFormLimits(ValueLengthLimit = SourceReader.MaxBytes)]
internal sealed class LookModel(PlenariaDb db, PlanImport import, CurrentUser visitor, PageLocalizer phrases)
    : PageModel,
        IRerenderable
{
    public ImportDraft Draft { get; private set; } = null!;
    public IReadOnlyList<SourceLine> Lines { get; private set; } = [];
    public PlanDraft Tree { get; private set; } = null!;
    public IReadOnlyList<Passage> Left { get; private set; } = [];
    public IReadOnlySet<int> LeftLines { get; private set; } = new HashSet<int>();

    [BindProperty]
    public string Text { get; set; } = "";

    [BindProperty]
    public int Version { get; set; }

    /// <summary>Goes along in the address while the text is read again.</summary>
    [BindProperty(SupportsGet = true, Name = "history")]
    public bool IsHistory { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (await db.Set<ImportDraft>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, cancel) is not { } draft)
            return NotFound();
        (Text, Version) = (draft.Text, draft.Version);
        Show(draft, draft.Text);
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        var id = Guid.Parse((string)RouteData.Values["id"]!);
        // Accepted or discarded in another tab: there is nothing left to look at.
        Show(
            await db.Set<ImportDraft>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, cancel)
                ?? throw new RuleViolationException("platform.changed-meanwhile"),
            Text
        );
    }

    public object? Stored => Draft.Version;

    public async Task<IActionResult> OnPostAgainAsync(Guid id, CancellationToken cancel)
    {
        var draft = await Load(id, cancel);
        draft.Text = Text;
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}{draft.Path}{(IsHistory ? "?history=true" : "")}");
    }

    public async Task<IActionResult> OnPostAcceptAsync(Guid id, CancellationToken cancel)
    {
        var draft = await Load(id, cancel);
        var corrected = PlanImport.Read(Encoding.UTF8.GetBytes(Text));
        db.Remove(draft);
        var plan = await import.Accept(
            corrected with
            {
                NotUnderstood = [.. corrected.NotUnderstood, .. LeftOf(draft, Text)],
            },
            draft.Year,
            draft.Language,
            draft.Source,
            draft.SourceName,
            visitor.Acting(),
            cancel,
            IsHistory
        );
        return Redirect($"/{phrases.Language}{plan.Path}");
    }

    public async Task<IActionResult> OnPostDiscardAsync(Guid id, CancellationToken cancel)
    {
        db.Remove(await Load(id, cancel));
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}/plans/import");
    }

    private async Task<ImportDraft> Load(Guid id, CancellationToken cancel)
    {
        var draft =
            await db.Set<ImportDraft>().SingleOrDefaultAsync(d => d.Id == id, cancel)
            ?? throw new RuleViolationException("platform.changed-meanwhile");
        PlenariaDb.RequireVersion(draft, Version);
        return draft;
    }

    private void Show(ImportDraft draft, string text)
    {
        Draft = draft;
        Lines = SourceReader.Read(draft.Source);
        Tree = PlanReader.Read([
            .. text.ReplaceLineEndings("\n").Split('\n').Select((line, i) => new SourceLine(i + 1, line)),
        ]);
        Left = [.. Tree.NotUnderstood, .. LeftOf(draft, text)];
        LeftLines = LeftOf(draft, text).SelectMany(p => p.Lines).ToHashSet();
    }

    /// <summary>
    /// What was not understood in the file and does not stand in the corrected text either, as a line or, when long
    /// enough to be told from chance, within one.
    /// </summary>
    private static IEnumerable<Passage> LeftOf(ImportDraft draft, string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.TrimEntries).ToHashSet();
        return PlanReader
            .Read(SourceReader.Read(draft.Source))
            .NotUnderstood.Where(p =>
                !lines.Contains(p.Text) && (p.Text.Length < 20 || !text.Contains(p.Text, StringComparison.Ordinal))
            );
    }
}
