using Plenaria.Platform.Language;

namespace Plenaria.Platform.Forms;

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
}

public sealed record FormChoice(string Key, LocalizedText Label);

/// <summary>A question is asked when the answer to another is one of these.</summary>
public sealed record FormCondition(string Field, List<string> Values);

/// <summary>
/// One question. Limits are in characters or in words, whichever is given; for numbers they bound the value, for files
/// <see cref="Most"/> is how many. <see cref="IsPublic"/>: the answer may be shown to everybody.
/// </summary>
public sealed record FormField(string Key, AnswerType Type, LocalizedText Label)
{
    public LocalizedText Hint { get; init; } = LocalizedText.Empty;
    public bool IsRequired { get; init; }
    public bool IsPublic { get; init; }
    public int? MaxCharacters { get; init; }
    public int? MaxWords { get; init; }
    public long? Least { get; init; }
    public long? Most { get; init; }
    public List<FormChoice> Choices { get; init; } = [];
    public FormCondition? When { get; init; }

    /// <summary>How long an answer may be in characters, whatever else bounds it.</summary>
    public int Characters =>
        MaxCharacters
        ?? (
            MaxWords is { } words ? words * 20
            : Type == AnswerType.LongText ? 10_000
            : 300
        );
}

/// <summary>A form: what it is called, what is said before it, and its questions in order.</summary>
public sealed record FormDefinition(string Key, LocalizedText Title, LocalizedText Intro, List<FormField> Fields)
{
    /// <summary>The questions that are asked, given these answers.</summary>
    public IEnumerable<FormField> Asked(Answers answers) =>
        Fields.Where(f => f.When is not { } when || answers.Of(when.Field).Any(when.Values.Contains));

    public FormField? Field(string key) => Fields.Find(f => f.Key == key);
}

/// <summary>
/// Answers by question: most have one, choices and files several. A yes is <c>yes</c>, a country its code, a date as
/// <see cref="PartialDate"/> writes it, a file its hash.
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

    FormDefinition Define(Localizer texts);

    /// <summary>
    /// More that is wrong with answers that are about to be sent: the field, a text's key and its values.
    /// </summary>
    Task<IReadOnlyList<(string Field, RuleViolationException Fault)>> Check(Sent sent, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<(string, RuleViolationException)>>([]);

    /// <summary>
    /// Takes what was sent, in the transaction that marks it as sent; again when it was reopened and sent anew.
    /// </summary>
    Task Take(Sent sent, Access.OperationContext acting, CancellationToken cancel);

    /// <summary>Whether a visitor may read what was sent, and open its files.</summary>
    Task<bool> MayRead(Guid response, Access.CurrentUser visitor, CancellationToken cancel) =>
        Task.FromResult(visitor.May(PlatformModule.StaffArea));

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
