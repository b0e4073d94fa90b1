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
    WordingViewReader reader,
    Localizer texts,
    Contributions contributions,
    TestLetters tests,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public LetterTemplate Template { get; private set; } = null!;
    public WordingView View { get; private set; } = null!;

    /// <summary>What the page answers to a form that stores nothing.</summary>
    public string? Status { get; private set; }

    public string Path => $"/administration/mail/templates/{Template.Key}";

    /// <summary>The version that the form began on; 0 while nobody had changed the letter.</summary>
    [BindProperty]
    public int Version { get; set; }

    /// <summary>In the order of the template.</summary>
    [BindProperty]
    public List<string?> Texts { get; set; } = [];

    public object? Stored => View.Version;

    public async Task<IActionResult> OnGetAsync(string key, CancellationToken cancel)
    {
        if (!await FindAsync(key, cancel))
            return NotFound();
        await ShowAsync(cancel);
        Version = View.Version;
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
                await store.SaveAsync(Seen, typed, visitor.Acting(), cancel);
                return Back();
            },
            cancel
        );

    /// <summary>Shows the letter with what was typed, and stores nothing.</summary>
    public Task<IActionResult> OnPostPreviewAsync(string key, CancellationToken cancel) =>
        WithTypedAsync(key, _ => ShowAsync(() => Task.FromResult(phrases["mail.templates.previewed"]), cancel), cancel);

    /// <summary>Sends whoever asks the letter with what was typed, and stores nothing of that.</summary>
    public Task<IActionResult> OnPostTestAsync(string key, CancellationToken cancel) =>
        WithTypedAsync(
            key,
            _ =>
                ShowAsync(
                    () => tests.SendAsync(View.Preview.Subject ?? phrases[Template.NameKey], View.Preview.Text, cancel),
                    cancel
                ),
            cancel
        );

    public async Task<IActionResult> OnPostResetAsync(string key, CancellationToken cancel)
    {
        if (!await FindAsync(key, cancel))
            return NotFound();
        var version = await store.ResetAsync(Seen, visitor.Acting(), cancel);
        this.OfferUndo(Path, "Restore", ("Version", version));
        return Back();
    }

    /// <summary>Undoes the way back to the shipped texts.</summary>
    public async Task<IActionResult> OnPostRestoreAsync(string key, CancellationToken cancel)
    {
        if (!await FindAsync(key, cancel))
            return NotFound();
        await store.RestoreAsync(Seen, visitor.Acting(), cancel);
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

    private SeenWording Seen => new(Template, phrases.Language, Version);

    // Every fault is told at its own field, and then nothing is done.
    private async Task<IActionResult> WithTypedAsync(
        string key,
        Func<IReadOnlyDictionary<string, string>, Task<IActionResult>> act,
        CancellationToken cancel
    )
    {
        if (!await FindAsync(key, cancel))
            return NotFound();
        var typed = WordingForm.Read(Template, Texts);
        foreach (var (i, text) in Template.TextKeys.Index())
            if (WordingRules.FindFault(Template, text, phrases.Language, typed[text], texts) is { } fault)
                ModelState.AddModelError(WordingForm.FieldOf(i), phrases[fault.Key, fault.Arguments]);
        if (ModelState.IsValid)
            return await act(typed);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await ShowAsync(cancel);
        return Page();
    }

    private async Task<IActionResult> ShowAsync(Func<Task<string>> answer, CancellationToken cancel)
    {
        await ShowAsync(cancel);
        Status = await answer();
        return Page();
    }

    private async Task ShowAsync(CancellationToken cancel)
    {
        var typed = Request.HasFormContentType && Texts.Count > 0 ? WordingForm.Read(Template, Texts) : null;
        View = await reader.ReadAsync(Template, typed, ModelState.IsValid, this.Site(), cancel);
    }
}
