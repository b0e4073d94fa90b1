using Plenaria.Platform.Language;

namespace Plenaria.Members.Import;

/// <summary>What the page of a spreadsheet says of its rows, in the reader's language.</summary>
internal static class ImportTexts
{
    public static string Says(this PageLocalizer texts, Refusal fault) =>
        texts[
            fault.Rule,
            ("country", fault.Value),
            ("value", fault.Value),
            ("choices", fault.Choices?.Invoke(texts.Language))
        ];

    /// <summary>A value of a member.</summary>
    public static string Says(this PageLocalizer texts, object? value) =>
        value switch
        {
            MemberKind kind => texts.Name("members.kind", kind),
            PopulationClass population => texts.Name("members.population", population),
            _ => value?.ToString() ?? "–",
        };
}
