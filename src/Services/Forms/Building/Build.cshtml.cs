using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Forms.Building;

/// <summary>A form being built: its questions in order, what keeps it from being published, its title.</summary>
[Allow(FormsModule.Build)]
internal sealed class BuildModel(FormStore store, CurrentUser visitor, PageLocalizer phrases)
    : FormPage(store, visitor, phrases)
{
    public IReadOnlyList<(string? Field, RuleViolationException Fault)> Faults =>
        FormDesign.Faults(Draft, Stored?.Phases ?? []);
    public bool MayPublish => Stored is not { HasChanges: false } || IsClosed;
    public bool MayClose => Stored is { Published: not null, ClosedAt: null } && Needed.Count == 0;
    public bool IsClosed => Stored?.ClosedAt is not null;
    public string StateKey =>
        $"forms.state.{PageLocalizer.Kebab((Stored?.StateAt(Visitor.Acting().At) ?? FormState.Open).ToString())}";

    [BindProperty, StringLength(QuestionFields.LabelMaxLength)]
    public string? Label { get; set; }

    [BindProperty]
    public AnswerType Type { get; set; } = AnswerType.Text;

    [BindProperty, StringLength(200)]
    public string? Title { get; set; }

    [BindProperty, StringLength(5_000)]
    public string? Intro { get; set; }

    public async Task<IActionResult> OnGetAsync(string form, CancellationToken cancel)
    {
        if (!await LoadAsync(form, cancel))
            return NotFound();
        Fill();
        return Page();
    }

    public override async Task RerenderAsync(CancellationToken cancel)
    {
        await base.RerenderAsync(cancel);
        if (Title is null)
            Fill();
    }

    public async Task<IActionResult> OnPostAddAsync(string form, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(Label))
            throw new RuleViolationException("forms.build.label-missing");
        var key = "";
        await ChangeAsync(
            form,
            FormStore.Changed,
            "build",
            (stored, _) =>
                (stored.Draft, key) = FormDesign.Add(
                    stored.Draft,
                    Type,
                    LocalizedText.Original(Phrases.Language, Label.Trim())
                ),
            cancel
        );
        return Redirect($"/{Phrases.Language}/forms/{form}/questions/{key}");
    }

    public Task<IActionResult> OnPostMoveAsync(string form, string field, int to, CancellationToken cancel) =>
        ChangeFieldsAsync(form, field, $"build#q-{field}", draft => FormDesign.Move(draft, field, to), cancel);

    public async Task<IActionResult> OnPostRemoveAsync(string form, string field, CancellationToken cancel)
    {
        if (await LoadAsync(form, cancel) && Needed.Contains(field))
            throw new RuleViolationException("forms.build.needed");
        if (Draft?.Field(field) is null)
            return NotFound();
        var result = await ChangeAsync(
            form,
            FormStore.Changed,
            "build",
            (stored, _) =>
                (stored.BeforeRemoval, stored.Draft) = (stored.Draft, FormDesign.Remove(stored.Draft, field)),
            cancel
        );
        this.OfferUndo($"/forms/{form}/build", "Restore", ("Version", Stored?.Version));
        return result;
    }

    /// <summary>Puts the question back that somebody has just removed.</summary>
    public Task<IActionResult> OnPostRestoreAsync(string form, CancellationToken cancel) =>
        ChangeAsync(form, "forms.design-restored", "build", (stored, acting) => stored.Restore(acting.At), cancel);

    public Task<IActionResult> OnPostTextsAsync(string form, CancellationToken cancel) =>
        ChangeAsync(
            form,
            FormStore.Changed,
            $"build?in={In}#texts",
            (stored, _) =>
            {
                var title = stored.Draft.Title.Reworded(In, Title);
                if (title.IsEmpty)
                    throw new RuleViolationException("forms.build.title-missing");
                stored.Draft = stored.Draft with { Title = title, Intro = stored.Draft.Intro.Reworded(In, Intro) };
            },
            cancel
        );

    public async Task<IActionResult> OnPostPublishAsync(string form, CancellationToken cancel)
    {
        this.SuggestNext("forms.build.look", $"/forms/{form}");
        return await PublishAsync(form, cancel);
    }

    public async Task<IActionResult> OnPostCloseAsync(string form, CancellationToken cancel)
    {
        var result = await ChangeAsync(
            form,
            "forms.design-closed",
            "build",
            (stored, acting) => stored.Close(acting.At),
            cancel
        );
        this.OfferUndo($"/forms/{form}/build", "Reopen", ("Version", Stored?.Version));
        return result;
    }

    public Task<IActionResult> OnPostReopenAsync(string form, CancellationToken cancel) =>
        ChangeAsync(form, "forms.design-reopened", "build", (stored, _) => stored.Reopen(), cancel);

    private async Task<IActionResult> ChangeFieldsAsync(
        string form,
        string field,
        string path,
        Func<FormDefinition, FormDefinition> change,
        CancellationToken cancel
    ) =>
        await LoadAsync(form, cancel) && Draft.Field(field) is not null
            ? await ChangeAsync(
                form,
                FormStore.Changed,
                path,
                (stored, _) => stored.Draft = change(stored.Draft),
                cancel
            )
            : NotFound();

    private void Fill() => (Title, Intro) = (Draft.Title.In(In)?.Text, Draft.Intro.In(In)?.Text);
}
