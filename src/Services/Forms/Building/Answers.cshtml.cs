using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;

namespace Plenaria.Forms.Building;

/// <summary>What was sent of a form, the latest first, narrowed by what was chosen.</summary>
[Allow(FormsModule.Read)]
internal sealed class AnswersModel(
    FormService forms,
    ResponseReader reader,
    CurrentUser visitor,
    Localizer texts,
    PageLocalizer phrases
) : PageModel
{
    private const int MostColumns = 4,
        CellLength = 80;

    public string Key { get; private set; } = "";
    public FormDefinition Form { get; private set; } = null!;
    public ResponseFilter Filter { get; private set; } = ResponseFilter.None;
    public int Total { get; private set; }
    public int At { get; private set; }
    public IReadOnlyList<FormResponse> Responses { get; private set; } = [];

    /// <summary>The first questions, by which a response is recognised in the list.</summary>
    public IReadOnlyList<FormField> Columns { get; private set; } = [];

    /// <summary>Questions by which the list is narrowed, with their answers.</summary>
    public IReadOnlyList<(FormField Field, IReadOnlyList<(string Value, string Label)> Options)> Choices
    {
        get;
        private set;
    } = [];

    public string? CellOf(FormResponse response, FormField field) =>
        AnswerText.Of(field, new Answers(response.Given), texts, phrases.Language) is { } text
            ? Folding.Cut(text, CellLength)
            : null;

    public string AddressOf(int page) =>
        (Filter.Address.Length == 0 ? "?" : Filter.Address + "&")
        + string.Create(CultureInfo.InvariantCulture, $"page={page}");

    public async Task<IActionResult> OnGetAsync(string form, int page, CancellationToken cancel)
    {
        if (await forms.FindReadableAsync(form, visitor, cancel) is not { } open)
            return NotFound();
        (Key, Form, At) = (form, open.Definition, Math.Clamp(page, 0, 10_000));
        Filter = ResponseFilter.From(Form, Request.Query);
        Total = await reader.CountAsync(form, Filter, cancel);
        Responses = await reader.ListAsync(form, Filter, At * ResponseReader.PageSize, cancel);
        Columns =
        [
            .. Form
                .Fields.Where(f => f.Type is not (AnswerType.Heading or AnswerType.LongText) && !f.HasRows)
                .Take(MostColumns),
        ];
        Choices = [.. Form.Fields.Where(FormDesign.IsChosen).Select(f => (f, Options(f)))];
        return Page();
    }

    private IReadOnlyList<(string, string)> Options(FormField field) =>
        field.Type == AnswerType.YesNo
            ? [("yes", phrases["forms.yes"]), ("no", phrases["forms.no"])]
            : [.. field.Choices.Select(c => (c.Key, c.Label.For(phrases.Language)))];
}
