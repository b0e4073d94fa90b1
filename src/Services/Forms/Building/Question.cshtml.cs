using Microsoft.AspNetCore.Mvc;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;

namespace Plenaria.Forms.Building;

/// <summary>
/// One question being edited: its words in one language, its limits, its choices, on what it depends.
/// </summary>
[Allow(FormsModule.Build)]
internal sealed class QuestionModel(FormStore store, CurrentUser visitor, PageLocalizer phrases)
    : FormPage(store, visitor, phrases)
{
    public FormField Field { get; private set; } = null!;
    public QuestionFields Input { get; set; } = new();

    public IReadOnlyList<FormPhase> Phases => Stored?.Phases ?? [];
    public IReadOnlyList<FormField> Before => [.. FormDesign.Before(Draft, Field.Key)];

    /// <summary>Whether a module reads the answer.</summary>
    public bool IsNeeded => Needed.Contains(Field.Key);
    public bool HasLength => Field.Type is AnswerType.Text or AnswerType.LongText;
    public bool HasLeast => Field.Type is AnswerType.Number or AnswerType.Scale;
    public bool HasMost => HasLeast || Field.Type is AnswerType.File or AnswerType.Table or AnswerType.People;
    public string MostKey => HasLeast ? "forms.build.most" : "forms.build.most-items";

    public string LabelOf(FormField asked, string value) =>
        asked.Type == AnswerType.YesNo
            ? Phrases[value == "yes" ? "forms.yes" : "forms.no"]
            : asked.Choices.Find(c => c.Key == value)?.Label.For(In) ?? value;

    public async Task<IActionResult> OnGetAsync(string form, string field, CancellationToken cancel)
    {
        if (!await FindAsync(form, field, cancel))
            return NotFound();
        Input = QuestionFields.Of(Field, In);
        Input.AddBlanks(Field.Type);
        return Page();
    }

    public override async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await FindAsync((string)RouteData.Values["form"]!, (string)RouteData.Values["field"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
        Input.AddBlanks(Field.Type);
    }

    public async Task<IActionResult> OnPostAsync(
        string form,
        string field,
        [FromForm(Name = nameof(Input))] QuestionFields input,
        CancellationToken cancel
    )
    {
        Input = input;
        if (!await FindAsync(form, field, cancel))
            return NotFound();
        var changed = input.Apply(Field, In);
        // A module reads the answer: whether it must be there is not for staff to say.
        if (IsNeeded)
            changed = changed with { IsRequired = Field.IsRequired, RequiredFrom = null, When = Field.When };
        if (FormDesign.HasChoices(Field.Type) && IsNeeded && !HoldsChoices(changed))
            throw new RuleViolationException("forms.build.needed-choices");
        return await ChangeAsync(
            form,
            FormStore.Changed,
            $"build#q-{field}",
            (stored, _) => stored.Draft = FormDesign.Replace(stored.Draft, changed),
            cancel
        );
    }

    // What a module reads it reads by the keys that it knows.
    private bool HoldsChoices(FormField changed) =>
        Field.Choices.Select(c => c.Key).Order().SequenceEqual(changed.Choices.Select(c => c.Key).Order());

    private async Task<bool> FindAsync(string form, string field, CancellationToken cancel)
    {
        if (!await LoadAsync(form, cancel) || Draft.Field(field) is not { } found)
            return false;
        Field = found;
        return true;
    }
}
