using Plenaria.Platform.Language;

namespace Plenaria.Imports;

/// <summary>What is said of a row, in the reader's language.</summary>
internal static class ImportTexts
{
    /// <summary>What stands in the placeholders of the rule's text.</summary>
    public static IEnumerable<(string Name, object? Value)> ValuesFor(this RowFault fault, Language reader) =>
        [("value", fault.Value), ("choices", fault.Choices?.Invoke(reader))];

    /// <summary>The columns that no table can do without, by name.</summary>
    public static string NamesOfNeeded(this PageLocalizer texts, KnownImport import) =>
        string.Join(", ", import.Needed.Select(c => texts[c.TextKey]));

    /// <summary>A value of a record.</summary>
    public static string ValueText(this PageLocalizer texts, string? value, bool isKey) =>
        value is null ? "–"
        : isKey ? texts[value]
        : value;
}
