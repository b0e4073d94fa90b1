using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Correspondence.Templates;

/// <summary>One text of the letter on the page.</summary>
/// <param name="Field">The name of its field in the form.</param>
/// <param name="Label">What the field is called.</param>
/// <param name="Value">What was typed, else how the network words it.</param>
/// <param name="Shipped">As this version ships it.</param>
/// <param name="Base">As it was shipped when it was changed, where that was otherwise.</param>
/// <param name="Stored">What is stored, where something else was typed.</param>
internal sealed record WordingField(
    string Field,
    string Label,
    bool IsLine,
    string Value,
    string Shipped,
    string? Base,
    string? Stored
)
{
    public int MaxLength => IsLine ? LetterTemplate.LineMaxLength : LetterTemplate.TextMaxLength;
    public int Rows => Math.Clamp(Value.Length / 70 + Value.Count(c => c == '\n') + 1, 3, 24);
}

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
    private LetterWording? _wording;

    public LetterTemplate Template { get; private set; } = null!;
    public IReadOnlyList<WordingField> Fields { get; private set; } = [];
    public IReadOnlyList<PlaceholderView> Placeholders { get; private set; } = [];
    public LetterPreview Preview { get; private set; } = null!;

    /// <summary>The languages in which the letter is worded otherwise than shipped.</summary>
    public IReadOnlyList<Kernel.Language> Changed { get; private set; } = [];

    /// <summary>What keeps the stored words from being used, each once.</summary>
    public IReadOnlyList<string> Faults { get; private set; } = [];

    /// <summary>What the page answers to a form that stores nothing.</summary>
    public string? Status { get; private set; }

    public bool IsChanged => _wording is { IsAsShipped: false };
    public bool IsOutOfDate => Fields.Any(f => f.Base is not null);
    public string Path => $"/administration/mail/templates/{Template.Key}";

    /// <summary>The version that the form began on; 0 while nobody had changed the letter.</summary>
    [BindProperty]
    public int Version { get; set; }

    /// <summary>In the order of the template.</summary>
    [BindProperty]
    public List<string?> Texts { get; set; } = [];

    object? IRerenderable.Stored => _wording?.Version ?? 0;

    public async Task<IActionResult> OnGetAsync(string key, CancellationToken cancel)
    {
        if (!await FindAsync(key, cancel))
            return NotFound();
        await ShowAsync(cancel);
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await FindAsync((string)RouteData.Values["key"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
        await ShowAsync(cancel);
    }

    public async Task<IActionResult> OnPostAsync(string key, CancellationToken cancel)
    {
        if (!await FindAsync(key, cancel))
            return NotFound();
        if (await RefuseAsync(cancel) is { } refused)
            return refused;
        await store.SaveAsync(Template, phrases.Language, Version, ReadTyped(), visitor.Acting(), cancel);
        return Back();
    }

    /// <summary>Shows the letter with what was typed, and stores nothing.</summary>
    public async Task<IActionResult> OnPostPreviewAsync(string key, CancellationToken cancel)
    {
        if (!await FindAsync(key, cancel))
            return NotFound();
        if (await RefuseAsync(cancel) is { } refused)
            return refused;
        await ShowAsync(cancel);
        Status = phrases["mail.templates.previewed"];
        return Page();
    }

    /// <summary>Sends whoever asks the letter with what was typed, and stores nothing of that.</summary>
    public async Task<IActionResult> OnPostTestAsync(string key, CancellationToken cancel)
    {
        if (!await FindAsync(key, cancel))
            return NotFound();
        if (await RefuseAsync(cancel) is { } refused)
            return refused;
        await ShowAsync(cancel);
        Status = await tests.SendAsync(Preview.Subject ?? phrases[Template.NameKey], Preview.Text, cancel);
        return Page();
    }

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

    private bool HasTyped => Request.HasFormContentType && Texts.Count > 0;

    private Dictionary<string, string> ReadTyped() =>
        Template
            .TextKeys.Select((key, i) => (key, Text: Folding.Clean(Texts.ElementAtOrDefault(i) ?? "").Trim()))
            .ToDictionary(t => t.key, t => t.Text);

    // Every fault at its own field.
    private async Task<IActionResult?> RefuseAsync(CancellationToken cancel)
    {
        var typed = ReadTyped();
        foreach (var (i, key) in Template.TextKeys.Index())
            if (WordingRules.FindFault(Template, key, phrases.Language, typed[key], texts) is { } fault)
                ModelState.AddModelError(FieldOf(i), phrases[fault.Key, fault.Arguments]);
        if (ModelState.IsValid)
            return null;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await ShowAsync(cancel);
        return Page();
    }

    private static string FieldOf(int index) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Texts[{index}]");

    private async Task ShowAsync(CancellationToken cancel)
    {
        var language = phrases.Language;
        _wording = await store.FindAsync(Template, language, cancel);
        if (!HttpMethods.IsPost(Request.Method))
            Version = _wording?.Version ?? 0;
        Changed =
        [
            .. (await store.ReadChangedAsync(cancel)).Where(w => w.Template == Template.Key).Select(w => w.Language),
        ];
        var typed = HasTyped ? ReadTyped() : null;
        Fields = [.. Template.TextKeys.Select((key, i) => FieldOf(key, i, typed?[key]))];
        Placeholders = example.Describe(Template, language);
        var faults = _wording is null
            ? new Dictionary<string, RuleViolationException>()
            : LetterWordings.FindFaults(Template, _wording, texts);
        Faults = [.. faults.Values.Select(f => phrases[f.Key, f.Arguments]).Distinct()];
        // What cannot be written is not shown as a letter: the one that leaves now is.
        var worded =
            typed is not null && ModelState.IsValid ? typed
            : faults.Count > 0 ? Template.TextKeys.ToDictionary(k => k, k => texts.GetShipped(language, k))
            : Template.TextKeys.ToDictionary(k => k, StoredOf);
        Preview = await example.WriteAsync(Template, language, worded, this.Site(), cancel);
    }

    private string StoredOf(string key) =>
        _wording?.Texts.GetValueOrDefault(key) ?? texts.GetShipped(phrases.Language, key);

    private WordingField FieldOf(string key, int index, string? typed)
    {
        var shipped = texts.GetShipped(phrases.Language, key);
        var stored = StoredOf(key);
        var basis = _wording?.Shipped.GetValueOrDefault(key);
        var sentence = Template.TextKeys.Take(index + 1).Count(k => Template.IsLine(k) && k != Template.Subject);
        return new(
            FieldOf(index),
            key == Template.Subject ? phrases["mail.subject"]
                : Template.IsLine(key) ? phrases["mail.templates.sentence", ("number", sentence)]
                : phrases["mail.templates.body"],
            Template.IsLine(key),
            typed ?? stored,
            shipped,
            basis == shipped ? null : basis,
            typed is null || typed == stored.Trim() || stored == shipped ? null : stored
        );
    }
}
