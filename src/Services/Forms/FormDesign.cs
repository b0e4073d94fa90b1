namespace Plenaria.Forms;

/// <summary>Changes of a form that is being built, and what keeps it from being published.</summary>
internal static class FormDesign
{
    public const int MostFields = 200,
        MostChoices = 60,
        MostColumns = 12;

    /// <summary>Types whose answers are chosen from a list, and which can therefore be a condition.</summary>
    public static bool IsChosen(FormField field) =>
        field.Type is AnswerType.YesNo or AnswerType.Choice or AnswerType.Choices;

    /// <summary>Types that have choices: rows, in a matrix.</summary>
    public static bool HasChoices(AnswerType type) =>
        type is AnswerType.Choice or AnswerType.Choices or AnswerType.Ranking or AnswerType.Matrix;

    public static bool HasColumns(AnswerType type) => type is AnswerType.Matrix or AnswerType.Table;

    /// <summary>The questions before this one that it can depend on.</summary>
    public static IEnumerable<FormField> Before(FormDefinition form, string key) =>
        form.Fields.TakeWhile(f => f.Key != key).Where(IsChosen);

    public static IEnumerable<string> ValuesOf(FormField field) =>
        field.Type == AnswerType.YesNo ? ["yes", "no"] : field.Choices.Select(c => c.Key);

    /// <summary>The form with one more question at its end, and the key it got.</summary>
    public static (FormDefinition Form, string Key) Add(FormDefinition form, AnswerType type, LocalizedText label)
    {
        if (form.Fields.Count >= MostFields)
            throw new RuleViolationException("forms.build.too-many", ("limit", MostFields));
        var key = NewKey("q", form.Fields.Select(f => f.Key));
        return (form with { Fields = [.. form.Fields, new(key, type, label)] }, key);
    }

    public static FormDefinition Replace(FormDefinition form, FormField field) =>
        form with
        {
            Fields = [.. form.Fields.Select(f => f.Key == field.Key ? field : f)],
        };

    /// <summary>The form without a question; questions that depended on it are asked of everybody.</summary>
    public static FormDefinition Remove(FormDefinition form, string key) =>
        form with
        {
            Fields =
            [
                .. form.Fields.Where(f => f.Key != key).Select(f => f.When?.Field == key ? f with { When = null } : f),
            ],
        };

    /// <summary>The form with a question at another place, counted from 0.</summary>
    public static FormDefinition Move(FormDefinition form, string key, int to)
    {
        var fields = form.Fields.Where(f => f.Key != key).ToList();
        fields.Insert(Math.Clamp(to, 0, fields.Count), form.Field(key)!);
        return form with { Fields = fields };
    }

    /// <summary>A key that none of these is: a letter and a number that rises.</summary>
    public static string NewKey(string letter, IEnumerable<string> known)
    {
        var taken = known.ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(1, int.MaxValue).Select(n => $"{letter}{n}").First(k => !taken.Contains(k));
    }

    /// <summary>What keeps the form from being published: the question (null: the form) and what is wrong.</summary>
    /// <param name="phases">Those of the form, which its questions name.</param>
    public static IReadOnlyList<(string? Field, RuleViolationException Fault)> Faults(
        FormDefinition form,
        IReadOnlyList<FormPhase> phases
    )
    {
        var faults = new List<(string?, RuleViolationException)>();
        if (form.Title.IsEmpty)
            faults.Add((null, new("forms.build.title-missing")));
        if (!form.Fields.Exists(f => f.Type != AnswerType.Heading))
            faults.Add((null, new("forms.build.no-questions")));
        foreach (var field in form.Fields)
            if (Fault(form, field, phases) is { } fault)
                faults.Add((field.Key, fault));
        return faults;
    }

    private static RuleViolationException? Fault(FormDefinition form, FormField field, IReadOnlyList<FormPhase> phases)
    {
        if (field.RequiredFrom is { } phase && phases.All(p => p.Key != phase))
            return new("forms.build.phase-gone");
        if (field.Label.IsEmpty)
            return new("forms.build.label-missing");
        if (HasChoices(field.Type) && field.Choices.Count < (field.Type == AnswerType.Matrix ? 1 : 2))
            return new("forms.build.choices-missing");
        if (HasColumns(field.Type) && field.Columns.Count == 0)
            return new("forms.build.columns-missing");
        if (field.When is { } when)
        {
            if (Before(form, field.Key).FirstOrDefault(f => f.Key == when.Field) is not { } asked)
                return new("forms.build.condition-order");
            if (when.Values.Except(ValuesOf(asked)).Any())
                return new("forms.build.condition-gone");
        }
        return field is { Least: { } least, Most: { } most } && least > most ? new("forms.build.limits")
            : field.Type == AnswerType.Scale && !IsScale(field) ? new("forms.build.scale")
            : null;
    }

    private static bool IsScale(FormField field) =>
        (field.Least ?? field.ScaleFrom) == field.ScaleFrom && (field.Most ?? field.ScaleTo) == field.ScaleTo;

    /// <summary>The languages in which a text of the form is missing.</summary>
    public static IReadOnlyList<Kernel.Language> MissingIn(FormDefinition form) =>
        MissingIn([form.Title, form.Intro, .. form.Fields.SelectMany(TextsOf)]);

    /// <summary>The languages in which a text of the question is missing.</summary>
    public static IReadOnlyList<Kernel.Language> MissingIn(FormField field) => MissingIn([.. TextsOf(field)]);

    private static IReadOnlyList<Kernel.Language> MissingIn(List<LocalizedText> texts) =>
        [.. Kernel.Language.All.Where(l => texts.Exists(t => !t.IsEmpty && t.In(l) is null))];

    private static IEnumerable<LocalizedText> TextsOf(FormField field) =>
        [field.Label, field.Hint, .. field.Choices.Select(c => c.Label), .. field.Columns.Select(c => c.Label)];
}
