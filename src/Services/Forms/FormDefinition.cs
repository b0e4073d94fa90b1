using System.Text.Json.Serialization;
using Plenaria.Platform;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;

namespace Plenaria.Forms;

/// <summary>What a question takes. A heading takes nothing and begins a part of the form.</summary>
public enum AnswerType
{
    Heading,
    Text,
    LongText,
    Number,
    Email,
    Phone,
    Url,
    Date,
    YesNo,
    Choice,
    Choices,
    Country,
    File,

    /// <summary>A number between <see cref="FormField.Least"/> and <see cref="FormField.Most"/>.</summary>
    Scale,

    /// <summary>The choices in the order of preference.</summary>
    Ranking,

    /// <summary>One of the columns for each of the choices.</summary>
    Matrix,

    /// <summary>Rows of the columns, as many as somebody needs: the lines of a budget.</summary>
    Table,

    /// <summary>Street, postal code, city, country.</summary>
    Address,

    /// <summary>People with name, e-mail address and role.</summary>
    People,
}

/// <summary>Who reads an answer, besides who gave it and the staff of the network.</summary>
public enum AnswerVisibility
{
    Staff,
    Reviewers,
    Public,
}

public sealed record FormChoice(string Key, LocalizedText Label);

/// <summary>A column of a matrix or of a table. Those of numbers are added up.</summary>
public sealed record FormColumn(string Key, LocalizedText Label, bool IsNumber = false);

/// <summary>A question is asked when the answer to another is one of these.</summary>
public sealed record FormCondition(string Field, List<string> Values);

/// <summary>
/// One question. Limits are in characters or in words, whichever is given; for numbers and scales they bound the value,
/// for files, tables and people <see cref="Most"/> is how many.
/// </summary>
public sealed record FormField(string Key, AnswerType Type, LocalizedText Label)
{
    public LocalizedText Hint { get; init; } = LocalizedText.Empty;
    public bool IsRequired { get; init; }

    /// <summary>
    /// The phase from which on an answer is required (<see cref="FormPhase.Key"/>); null: from the first.
    /// </summary>
    public string? RequiredFrom { get; init; }
    public AnswerVisibility Visibility { get; init; }

    /// <summary>
    /// Whether somebody reads the answer: asked wherever answers are shown (<see cref="AnswersView"/>, tables). The
    /// staff of the network, and whoever gave it, read every one.
    /// </summary>
    public bool IsReadBy(AnswerVisibility reader) => Visibility >= reader;

    /// <summary>Whether the answer may be shown to everybody.</summary>
    public bool IsPublic
    {
        get => Visibility == AnswerVisibility.Public;
        // What forms of an earlier version say.
        init => Visibility = value ? AnswerVisibility.Public : Visibility;
    }
    public int? MaxCharacters { get; init; }
    public int? MaxWords { get; init; }
    public long? Least { get; init; }
    public long? Most { get; init; }
    public List<FormChoice> Choices { get; init; } = [];
    public List<FormColumn> Columns { get; init; } = [];
    public FormCondition? When { get; init; }

    /// <summary>Whether an answer consists of rows with cells (<see cref="RowCells"/>).</summary>
    [JsonIgnore]
    public bool HasRows => Type is AnswerType.Matrix or AnswerType.Table or AnswerType.Address or AnswerType.People;

    /// <summary>The first number of a scale.</summary>
    [JsonIgnore]
    public long ScaleFrom => Math.Clamp(Least ?? 1, -FarthestScale, FarthestScale);

    /// <summary>The last number of a scale: never more than eleven in all.</summary>
    [JsonIgnore]
    public long ScaleTo => Math.Clamp(Most ?? 5, ScaleFrom + 1, ScaleFrom + WidestScale);

    internal const int FarthestScale = 100,
        WidestScale = 10,
        MostFiles = 20,
        MostRows = 100;

    /// <summary>The longest text that is kept, whatever a form allows.</summary>
    internal const int LongestAnswer = 20_000;

    /// <summary>How many rows, files or people an answer holds at most.</summary>
    [JsonIgnore]
    public int MostItems =>
        Type switch
        {
            AnswerType.Table or AnswerType.People => (int)Math.Clamp(Most ?? 20, 1, MostRows),
            AnswerType.File => (int)Math.Clamp(Most ?? 1, 1, MostFiles),
            _ => 1,
        };

    /// <summary>How long an answer may be in characters, whatever else bounds it.</summary>
    [JsonIgnore]
    public int Characters =>
        Math.Min(
            LongestAnswer,
            MaxCharacters
                ?? (
                    MaxWords is { } words ? words * 20
                    : Type == AnswerType.LongText ? 10_000
                    : 300
                )
        );
}

/// <summary>A form: what it is called, what is said before it, and its questions in order.</summary>
public sealed record FormDefinition(string Key, LocalizedText Title, LocalizedText Intro, List<FormField> Fields)
{
    /// <summary>The questions that are asked, given these answers.</summary>
    public IEnumerable<FormField> Asked(Answers answers) =>
        Fields.Where(f => f.When is not { } when || answers.Of(when.Field).Any(when.Values.Contains));

    /// <summary>Whether those who review read anything of it.</summary>
    [JsonIgnore]
    public bool HasReviewers =>
        Fields.Exists(f => f.Type != AnswerType.Heading && f.IsReadBy(AnswerVisibility.Reviewers));

    public FormField? Field(string key) => Fields.Find(f => f.Key == key);
}

/// <summary>
/// Answers by question: most have one, choices and files several. A yes is <c>yes</c>, a country its code, a date as
/// <see cref="PartialDate"/> writes it, a file its hash; ranked choices stand in their order, and what has rows has one
/// value per row (<see cref="RowCells"/>).
/// </summary>
public sealed class Answers(IReadOnlyDictionary<string, List<string>> given)
{
    public static readonly Answers None = new(new Dictionary<string, List<string>>());

    public IReadOnlyDictionary<string, List<string>> All { get; } = given;

    public IReadOnlyList<string> Of(string field) => All.TryGetValue(field, out var values) ? values : [];

    public string? One(string field) => Of(field) is [{ Length: > 0 } first, ..] ? first : null;

    public bool Yes(string field) => One(field) == "yes";
}

/// <summary>A module's form: what it asks, what is done with what was sent, and what has become of it.</summary>
public interface IFormKind
{
    /// <summary>Its word in addresses: <c>/forms/{key}</c>.</summary>
    string Key { get; }

    /// <summary>The form as the module ships it. Staff may reword it and add questions of their own.</summary>
    FormDefinition Define(Localizer texts);

    /// <summary>Questions whose answers the module reads: they stay in the form, and keep their type.</summary>
    IReadOnlyCollection<string> Needed => [];

    /// <summary>
    /// More that is wrong with answers that are about to be sent: the field, a text's key and its values.
    /// </summary>
    Task<IReadOnlyList<(string Field, RuleViolationException Fault)>> Check(Sent sent, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<(string, RuleViolationException)>>([]);

    /// <summary>
    /// Takes what was sent, in the transaction that marks it as sent; again when it was reopened and sent anew.
    /// </summary>
    Task Take(Sent sent, OperationContext acting, CancellationToken cancel);

    /// <summary>The permission to read what was sent, in lists, tables and by programs.</summary>
    string ReadPermission => PlatformModule.StaffArea;

    /// <summary>Whether a visitor may read what was sent, and open its files.</summary>
    Task<bool> MayRead(Guid response, CurrentUser visitor, CancellationToken cancel) =>
        Task.FromResult(visitor.May(ReadPermission));

    /// <summary>What the sender is told has become of it.</summary>
    Task<string> Says(Guid response, Kernel.Language reader, CancellationToken cancel);
}

/// <summary>A form as it was sent.</summary>
public sealed record Sent(Guid Response, Kernel.Language Language, string Email, Answers Answers);

public static class FormTexts
{
    /// <summary>A text of the interface in all five languages, as a value.</summary>
    public static LocalizedText Everywhere(
        this Localizer texts,
        string key,
        params IEnumerable<(string Name, object? Value)> values
    )
    {
        var all = values.ToList();
        return LocalizedText.InEvery(Kernel.Language.English, language => texts.Get(language, key, all));
    }
}
