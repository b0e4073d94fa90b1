using Microsoft.AspNetCore.Http;

namespace Plenaria.Forms;

/// <summary>Which responses of a form are wanted: by the answers that were chosen, one of each question's.</summary>
/// <param name="Chosen">By question: the answer.</param>
internal sealed record ResponseFilter(IReadOnlyDictionary<string, string> Chosen)
{
    private const string Prefix = "a.";

    public static readonly ResponseFilter None = new(new Dictionary<string, string>());

    /// <summary>Whether responses are found by the answer to this question.</summary>
    public static bool IsOffered(FormField field) =>
        field.Type
            is AnswerType.YesNo
                or AnswerType.Choice
                or AnswerType.Choices
                or AnswerType.Country
                or AnswerType.Scale;

    public static string NameOf(FormField field) => Prefix + field.Key;

    public static ResponseFilter From(FormDefinition form, IQueryCollection query) =>
        new(
            form.Fields.Where(IsOffered)
                .Select(f => (f.Key, Value: query[NameOf(f)].ToString()))
                .Where(f => f.Value.Length > 0)
                .ToDictionary(f => f.Key, f => f.Value)
        );

    /// <summary>The filter as a query string, with a question mark; empty when it takes all.</summary>
    public string Address =>
        Chosen.Count == 0
            ? ""
            : QueryString
                .Create(Chosen.Select(c => KeyValuePair.Create(Prefix + c.Key, (string?)c.Value)))
                .ToUriComponent();
}
