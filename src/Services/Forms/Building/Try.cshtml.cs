using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Plenaria.Platform.Access;
using Plenaria.Platform.Files;
using Plenaria.Platform.Language;

namespace Plenaria.Forms.Building;

/// <summary>A practice run: the form as it is being built, filled in and checked; nothing is kept.</summary>
[Allow(FormsModule.Build)]
internal sealed class TryModel(FormStore store, CurrentUser visitor, PageLocalizer phrases)
    : FormPage(store, visitor, phrases),
        IAnswering
{
    public FormDefinition Form => Draft;
    public IReadOnlyDictionary<string, List<string>> Given { get; private set; } =
        new Dictionary<string, List<string>>();
    public IReadOnlyDictionary<string, FileReference> Files { get; } = new Dictionary<string, FileReference>();
    public bool TakesFiles => false;

    public bool Requires(FormField field) => Stored?.Requires(field, Visitor.Acting().At) ?? field.IsRequired;

    /// <summary>Whether it could be sent so.</summary>
    public bool IsGood { get; private set; }
    public IReadOnlyList<FormField> Wrong { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string form, CancellationToken cancel) =>
        await LoadAsync(form, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string form, CancellationToken cancel)
    {
        if (!await LoadAsync(form, cancel))
            return NotFound();
        var given = new Dictionary<string, List<string>>();
        foreach (var field in Form.Fields)
            if (AnswerInput.Read(field, Request.Form) is { } values)
                given[field.Key] = values;
        Given = FormRules.Clean(Form, given);
        var faults = FormRules
            .Faults(Form, new Answers(Given), isSent: true, Requires)
            // Files are not taken here.
            .Where(f => Form.Field(f.Field)?.Type != AnswerType.File)
            .ToList();
        foreach (var (field, fault) in faults)
            ModelState.AddModelError(AnswerInput.NameOf(Form.Field(field)!), Phrases[fault.Key, fault.Arguments]);
        (IsGood, Wrong) = (faults.Count == 0, [.. faults.Select(f => Form.Field(f.Field)!)]);
        Response.StatusCode = IsGood ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
