using System.ComponentModel.DataAnnotations;

namespace Plenaria.Forms.Building;

/// <summary>A choice or column as it is edited: its label in one language.</summary>
internal sealed class LabelFields
{
    [StringLength(40)]
    public string? Key { get; set; }

    [StringLength(300)]
    public string? Label { get; set; }
    public bool IsNumber { get; set; }

    /// <summary>How it reads in the language it was written in, where this one lacks it.</summary>
    public string? Shown { get; init; }
}

/// <summary>A question as it is edited, in one language.</summary>
internal sealed class QuestionFields
{
    public const int LabelMaxLength = 500;

    private const int Blanks = 3;

    // Every number that somebody could mean.
    private const double Farthest = 1e15;

    [Required(ErrorMessage = "forms.build.label-missing"), StringLength(LabelMaxLength)]
    public string? Label { get; set; }

    [StringLength(1_000)]
    public string? Hint { get; set; }
    public bool IsRequired { get; set; }

    [StringLength(40)]
    public string? RequiredFrom { get; set; }
    public AnswerVisibility Visibility { get; set; }

    [Range(1, 20_000)]
    public int? MaxCharacters { get; set; }

    [Range(1, 3_000)]
    public int? MaxWords { get; set; }

    [Range(-Farthest, Farthest)]
    public long? Least { get; set; }

    [Range(-Farthest, Farthest)]
    public long? Most { get; set; }
    public List<LabelFields> Choices { get; set; } = [];
    public List<LabelFields> Columns { get; set; } = [];

    /// <summary>The answers of another question on which this one is asked: <c>question=answer</c>.</summary>
    public List<string> When { get; set; } = [];

    public static QuestionFields Of(FormField field, Kernel.Language editing) =>
        new()
        {
            Label = field.Label.In(editing)?.Text,
            Hint = field.Hint.In(editing)?.Text,
            IsRequired = field.IsRequired,
            RequiredFrom = field.RequiredFrom,
            Visibility = field.Visibility,
            MaxCharacters = field.MaxCharacters,
            MaxWords = field.MaxWords,
            Least = field.Least,
            Most = field.Most,
            Choices = [.. field.Choices.Select(c => Fields(c.Key, c.Label, editing))],
            Columns = [.. field.Columns.Select(c => Fields(c.Key, c.Label, editing, c.IsNumber))],
            When = field.When is { } when ? [.. when.Values.Select(v => $"{when.Field}={v}")] : [],
        };

    /// <summary>Adds empty lines for more choices and columns.</summary>
    public void AddBlanks(AnswerType type)
    {
        if (FormDesign.HasChoices(type))
            AddBlanks(Choices, FormDesign.MostChoices);
        if (FormDesign.HasColumns(type))
            AddBlanks(Columns, FormDesign.MostColumns);
    }

    private static void AddBlanks(List<LabelFields> labels, int most)
    {
        for (var i = 0; i < Blanks && labels.Count < most; i++)
            labels.Add(new());
    }

    private static LabelFields Fields(
        string key,
        LocalizedText label,
        Kernel.Language editing,
        bool isNumber = false
    ) =>
        new()
        {
            Key = key,
            Label = label.In(editing)?.Text,
            Shown = label.For(editing),
            IsNumber = isNumber,
        };

    /// <summary>The question as it was typed.</summary>
    /// <exception cref="RuleViolationException">A condition names two questions, or more choices than are
    /// kept.</exception>
    public FormField Apply(FormField field, Kernel.Language editing)
    {
        var isTranslation = field.Label.Source is { } source && source != editing;
        return field with
        {
            Label = field.Label.Reworded(editing, Label),
            Hint = field.Hint.Reworded(editing, Hint),
            IsRequired = IsRequired && field.Type != AnswerType.Heading,
            RequiredFrom = string.IsNullOrEmpty(RequiredFrom) ? null : RequiredFrom,
            Visibility = Visibility,
            MaxCharacters = MaxCharacters,
            MaxWords = MaxWords,
            Least = Least,
            Most = Most,
            Choices = ApplyChoices(field, editing, isTranslation),
            Columns = ApplyColumns(field, editing, isTranslation),
            When = Condition(),
        };
    }

    private List<FormChoice> ApplyChoices(FormField field, Kernel.Language editing, bool isTranslation)
    {
        var known = field.Choices.ToDictionary(c => c.Key, c => c.Label);
        var merged = Merge(Choices, known, editing, isTranslation, "c", FormDesign.MostChoices);
        return [.. merged.Select(c => new FormChoice(c.Key, c.Label))];
    }

    private List<FormColumn> ApplyColumns(FormField field, Kernel.Language editing, bool isTranslation)
    {
        var known = field.Columns.ToDictionary(c => c.Key, c => c.Label);
        var merged = Merge(Columns, known, editing, isTranslation, "k", FormDesign.MostColumns);
        return [.. merged.Select(c => new FormColumn(c.Key, c.Label, c.Fields.IsNumber))];
    }

    private FormCondition? Condition()
    {
        var chosen = When.Select(w => w.Split('=', 2)).Where(w => w.Length == 2).ToLookup(w => w[0], w => w[1]);
        return chosen.Count switch
        {
            0 => null,
            1 => new(chosen.Single().Key, [.. chosen.Single()]),
            _ => throw new RuleViolationException("forms.build.one-condition"),
        };
    }

    // A label that was emptied goes; in another language than its own, only its translation does.
    private static IEnumerable<(string Key, LocalizedText Label, LabelFields Fields)> Merge(
        List<LabelFields> typed,
        Dictionary<string, LocalizedText> known,
        Kernel.Language editing,
        bool isTranslation,
        string letter,
        int most
    )
    {
        if (typed.Count(t => !string.IsNullOrWhiteSpace(t.Label)) > most)
            throw new RuleViolationException("forms.build.too-many-choices", ("limit", most));
        var (taken, seen) = (known.Keys.ToHashSet(), new HashSet<string>());
        foreach (var line in typed)
        {
            var old = line.Key is { } key && seen.Add(key) ? known.GetValueOrDefault(key) : null;
            if (string.IsNullOrWhiteSpace(line.Label) && (old is null || !isTranslation))
                continue;
            var kept = old is null ? FormDesign.NewKey(letter, taken) : line.Key!;
            taken.Add(kept);
            yield return (kept, (old ?? LocalizedText.Empty).Reworded(editing, line.Label), line);
        }
    }
}
