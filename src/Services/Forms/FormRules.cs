using System.Globalization;
using System.Net.Mail;
using Plenaria.Platform.Places;
using Plenaria.Platform.Site;

namespace Plenaria.Forms;

/// <summary>What makes an answer good. Said per question, so that it can stand beside it.</summary>
internal static class FormRules
{
    /// <summary>The answers of the questions that are asked, trimmed, none twice; empty ones are left out.</summary>
    public static Dictionary<string, List<string>> Clean(
        FormDefinition form,
        IReadOnlyDictionary<string, List<string>> given
    )
    {
        var clean = new Dictionary<string, List<string>>();
        foreach (var field in form.Fields.Where(f => f.Type != AnswerType.Heading))
            if (given.TryGetValue(field.Key, out var values) && Clean(field, values) is { Count: > 0 } kept)
                clean[field.Key] = kept;
        // A question that is not asked has no answer on which another one could depend.
        while (form.Fields.Except(form.Asked(new Answers(clean))).Any(hidden => clean.Remove(hidden.Key))) { }
        return clean;
    }

    private static List<string> Clean(FormField field, List<string> values)
    {
        if (field.HasRows)
            return [.. values.Select(v => CleanRow(field, v)).Where(v => v.Trim('\t').Length > 0)];
        var kept = values.Select(v => v.ReplaceLineEndings("\n").Trim()).Where(v => v.Length > 0).Distinct();
        return [.. field.Type == AnswerType.Country ? kept.Select(k => Countries.Find(k) ?? k) : kept];
    }

    private static string CleanRow(FormField field, string value)
    {
        var cells = RowCells.Split(value, RowCells.CellsOf(field).Count);
        if (field.Type == AnswerType.Address)
            cells[^1] = Countries.Find(cells[^1]) ?? cells[^1];
        return RowCells.Join(cells);
    }

    /// <summary>
    /// What is wrong with each question's answer. While it is only kept for later (<paramref name="isSent"/> false)
    /// nothing is missing yet.
    /// </summary>
    public static IReadOnlyList<(string Field, RuleViolationException Fault)> Faults(
        FormDefinition form,
        Answers answers,
        bool isSent,
        Func<FormField, bool>? requires = null
    ) =>
        [
            .. form.Asked(answers)
                .Select(f =>
                    (f.Key, Fault: Fault(f, answers.Of(f.Key), isSent && (requires?.Invoke(f) ?? f.IsRequired)))
                )
                .Where(f => f.Fault is not null)
                .Select(f => (f.Key, f.Fault!)),
        ];

    private static RuleViolationException? Fault(FormField field, IReadOnlyList<string> values, bool isNeeded)
    {
        if (field.Type == AnswerType.Heading)
            return null;
        if (values.Count == 0)
            return isNeeded ? new("forms.missing") : null;
        if (field.HasRows)
            return RowRules.Fault(field, values, isNeeded);
        if (field.Type is not (AnswerType.Choices or AnswerType.Ranking or AnswerType.File) && values.Count > 1)
            return new("site.not-usable");
        foreach (var value in values)
        {
            if (value.Length > field.Characters)
                return new("forms.too-long", ("limit", field.Characters), ("length", value.Length));
            if (field.MaxWords is { } words && Words(value) > words)
                return new("forms.too-many-words", ("limit", words), ("length", Words(value)));
            if (value.Any(c => char.IsControl(c) && !(c == '\n' && field.Type == AnswerType.LongText)))
                return new("site.not-usable");
        }
        var one = values[0];
        return field.Type switch
        {
            AnswerType.Number => IsBetween(one, field.Least ?? long.MinValue, field.Most ?? long.MaxValue)
                ? null
                : new("forms.number"),
            AnswerType.Scale => IsBetween(one, field.ScaleFrom, field.ScaleTo) ? null : new("site.not-usable"),
            AnswerType.Email => MailAddress.TryCreate(one, out var address) && address.Address == one
                ? null
                : new("access.not-an-address", ("email", one)),
            AnswerType.Phone => one.Count(char.IsAsciiDigit) >= 5
            && one.All(c => char.IsAsciiDigit(c) || c is '+' or ' ' or '-' or '(' or ')' or '.' or '/')
                ? null
                : new("forms.phone"),
            AnswerType.Url => WebAddress.Of(one) is not null ? null : new("site.web-address"),
            AnswerType.Date => PartialDate.TryParse(one, out _) ? null : new("site.date-form"),
            AnswerType.YesNo => one is "yes" or "no" ? null : new("site.not-usable"),
            AnswerType.Choice or AnswerType.Choices or AnswerType.Ranking => values.All(v =>
                field.Choices.Exists(c => c.Key == v)
            )
                ? null
                : new("site.not-usable"),
            AnswerType.Country => Countries.RegionOf(one) is not null ? null : new("forms.country"),
            AnswerType.File => values.Count <= field.MostItems
                ? null
                : new("forms.too-many-files", ("limit", field.MostItems)),
            _ => null,
        };
    }

    private static bool IsBetween(string text, long least, long most) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number >= least
        && number <= most;

    public static int Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
}
