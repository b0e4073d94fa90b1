using System.Globalization;
using Plenaria.Platform.Documents;
using Plenaria.Platform.Files;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;

namespace Plenaria.Forms;

/// <summary>An answer as one text, as a cell of a table holds it.</summary>
internal static class AnswerText
{
    /// <summary>
    /// Choices by their labels, rows on lines of their own, a file by its name where it is given, else by its hash;
    /// null where nothing was answered.
    /// </summary>
    public static string? Of(
        FormField field,
        Answers answers,
        Localizer texts,
        Kernel.Language reader,
        IReadOnlyDictionary<string, FileReference>? files = null
    )
    {
        var values = answers.Of(field.Key);
        if (values.Count == 0)
            return null;
        if (field.HasRows)
            return string.Join('\n', values.Select(v => string.Join(" | ", Row(field, v, reader))));
        return field.Type switch
        {
            AnswerType.Choice or AnswerType.Choices => string.Join("; ", values.Select(v => LabelOf(field, v, reader))),
            AnswerType.YesNo => texts.Get(reader, values[0] == "yes" ? "forms.yes" : "forms.no"),
            AnswerType.Ranking => string.Join(" > ", values.Select(v => LabelOf(field, v, reader))),
            AnswerType.Country => Countries.NameOf(values[0], reader),
            AnswerType.File when files is not null => string.Join(
                "; ",
                values.Select(v => files.GetValueOrDefault(v)?.Name ?? v)
            ),
            _ => string.Join("; ", values),
        };
    }

    /// <summary>The headings of a table of responses.</summary>
    public static IReadOnlyList<string> Headings(
        IReadOnlyList<FormField> questions,
        Localizer texts,
        Kernel.Language reader
    ) =>
        [
            texts.Get(reader, "forms.answers.sent"),
            texts.Get(reader, "forms.answers.from"),
            .. questions.Select(q => q.Label.For(reader)),
        ];

    /// <summary>A response as a line of a table: when and by whom it was sent, then each answer.</summary>
    public static IReadOnlyList<TableCell> Line(
        FormResponse response,
        IReadOnlyList<FormField> questions,
        Localizer texts,
        Kernel.Language reader,
        IReadOnlyDictionary<string, FileReference> files
    ) =>
        [
            response.SentAt,
            response.Email,
            .. questions.Select(q => CellOf(q, new(response.Given), texts, reader, files)),
        ];

    // What is counted with stays a number.
    private static TableCell CellOf(
        FormField field,
        Answers answers,
        Localizer texts,
        Kernel.Language reader,
        IReadOnlyDictionary<string, FileReference> files
    ) =>
        field.Type is AnswerType.Number or AnswerType.Scale
        && answers.Of(field.Key) is [var one]
        && long.TryParse(one, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : Of(field, answers, texts, reader, files);

    /// <summary>The hashes of the files that responses hold.</summary>
    public static IReadOnlyCollection<string> FilesOf(
        IEnumerable<FormResponse> responses,
        IReadOnlyList<FormField> questions
    )
    {
        var keys = questions.Where(q => q.Type == AnswerType.File).Select(q => q.Key).ToList();
        return [.. responses.SelectMany(r => keys.SelectMany(k => r.Given.GetValueOrDefault(k, []))).Distinct()];
    }

    /// <summary>The cells of a row as people read them.</summary>
    public static IReadOnlyList<string> Row(FormField field, string value, Kernel.Language reader)
    {
        var cells = RowCells.Split(value, RowCells.CellsOf(field).Count);
        return field.Type switch
        {
            AnswerType.Matrix =>
            [
                LabelOf(field, cells[0], reader),
                field.Columns.Find(c => c.Key == cells[1])?.Label.For(reader) ?? cells[1],
            ],
            AnswerType.Address =>
            [
                .. cells[..^1].Where(c => c.Length > 0),
                .. cells[^1].Length > 0 ? (string[])[Countries.NameOf(cells[^1], reader)] : [],
            ],
            _ => cells,
        };
    }

    public static string LabelOf(FormField field, string choice, Kernel.Language reader) =>
        field.Choices.Find(c => c.Key == choice)?.Label.For(reader) ?? choice;
}
