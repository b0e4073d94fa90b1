using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Correspondence.Templates;

/// <summary>How the network words one letter, in the language of the page.</summary>
[Allow(CorrespondenceModule.EditTemplates)]
internal sealed class EditModel(
    LetterWordingStore store,
    LetterExample example,
    Localizer texts,
    Contributions contributions,
    TestLetters tests,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public LetterTemplate Template { get; private set; } = null!;
    public WordingForm Form { get; private set; } = null!;
    public IReadOnlyList<WordingField> Fields { get; private set; } = [];
    public IReadOnlyList<PlaceholderView> Placeholders { get; private set; } = [];
    public LetterPreview Preview { get; private set; } = null!;

    /// <summary>The languages in which the letter is worded otherwise than shipped.</summary>
    public IReadOnlyList<Kernel.Language> Changed { get; private set; } = [];

    /// <summary>What keeps the stored words from being used, each once.</summary>
    public IReadOnlyList<string> Faults => [.. Form.Faults.Values.Select(f => phrases[f.Key, f.Arguments]).Distinct()];

    /// <summary>What the page answers to a form that stores nothing.</summary>
    public string? Status { get; private set; }

    public bool IsOutOfDate => Fields.Any(f => f.Base is not null);
    public string Path => $"/administration/mail/templates/{Template.Key}";

    /// <summary>The version that the form began on; 0 while nobody had changed the letter.</summary>
    [BindProperty]
    public int Version { get; set; }

    /// <summary>In the order of the template.</summary>
    [BindProperty]
    public List<string?> Texts { get; set; } = [];

    public object? Stored => Form.Version;

    public async Task<IActionResult> OnGetAsync(string key, CancellationToken cancel)
    {
        if (!await FindAsync(key, cancel))
            return NotFound();
        await ShowAsync(cancel);
        Version = Form.Version;
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await FindAsync((string)RouteData.Values["key"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
        await ShowAsync(cancel);
    }

    public Task<IActionResult> OnPostAsync(string key, CancellationToken cancel) =>
        WithTypedAsync(
            key,
            async typed =>
            {
                await store.SaveAsync(Template, phrases.Language, Version, typed, visitor.Acting(), cancel);
                return Back();
            },
            cancel
        );

    /// <summary>Shows the letter with what was typed, and stores nothing.</summary>
    public Task<IActionResult> OnPostPreviewAsync(string key, CancellationToken cancel) =>
        WithTypedAsync(
            key,
            async _ =>
            {
                await ShowAsync(cancel);
                Status = phrases["mail.templates.previewed"];
                return Page();
            },
            cancel
        );

    /// <summary>Sends whoever asks the letter with what was typed, and stores nothing of that.</summary>
    public Task<IActionResult> OnPostTestAsync(string key, CancellationToken cancel) =>
        WithTypedAsync(
            key,
            async _ =>
            {
                await ShowAsync(cancel);
                Status = await tests.SendAsync(Preview.Subject ?? phrases[Template.NameKey], Preview.Text, cancel);
                return Page();
            },
            cancel
        );

    public async Task<IActionResult> OnPostResetAsync(string key, CancellationToken cancel)
    {
        if (!await FindAsync(key, cancel))
            return NotFound();
        var version = await store.ResetAsync(Template, phrases.Language, Version, visitor.Acting(), cancel);
        this.OfferUndo(Path, "Restore", ("Version", version));
        return Back();
    }

    /// <summary>Undoes the way back to the shipped texts.</summary>
    public async Task<IActionResult> OnPostRestoreAsync(string key, CancellationToken cancel)
    {
        if (!await FindAsync(key, cancel))
            return NotFound();
        await store.RestoreAsync(Template, phrases.Language, Version, visitor.Acting(), cancel);
        return Back();
    }

    private RedirectResult Back() => Redirect($"/{phrases.Language}{Path}");

    // The letters of a module that is switched off are not written, and not offered.
    private async Task<bool> FindAsync(string key, CancellationToken cancel)
    {
        var found = (await contributions.DeclaredAsync<LetterTemplate>(cancel)).FirstOrDefault(t => t.Key == key);
        Template = found ?? Template;
        return found is not null;
    }

    private Dictionary<string, string> ReadTyped() =>
        Template
            .TextKeys.Select((key, i) => (key, Text: Folding.Clean(Texts.ElementAtOrDefault(i) ?? "").Trim()))
            .ToDictionary(t => t.key, t => t.Text);

    // Every fault is told at its own field, and then nothing is done.
    private async Task<IActionResult> WithTypedAsync(
        string key,
        Func<IReadOnlyDictionary<string, string>, Task<IActionResult>> act,
        CancellationToken cancel
    )
    {
        if (!await FindAsync(key, cancel))
            return NotFound();
        var typed = ReadTyped();
        foreach (var (i, text) in Template.TextKeys.Index())
            if (WordingRules.FindFault(Template, text, phrases.Language, typed[text], texts) is { } fault)
                ModelState.AddModelError(WordingForm.FieldOf(i), phrases[fault.Key, fault.Arguments]);
        if (ModelState.IsValid)
            return await act(typed);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await ShowAsync(cancel);
        return Page();
    }

    private async Task ShowAsync(CancellationToken cancel)
    {
        var language = phrases.Language;
        Form = new(Template, await store.FindAsync(Template, language, cancel), texts, phrases);
        var changed = await store.ReadChangedAsync(cancel);
        Changed = [.. changed.Where(w => w.Template == Template.Key).Select(w => w.Language)];
        var typed = Request.HasFormContentType && Texts.Count > 0 ? ReadTyped() : null;
        Fields = Form.ReadFields(typed);
        Placeholders = example.Describe(Template, language);
        // What cannot be written is not shown as a letter: the one that leaves now is.
        var worded = typed is not null && ModelState.IsValid ? typed : Form.ReadUsed();
        Preview = await example.WriteAsync(Template, language, worded, this.Site(), cancel);
    }
}
