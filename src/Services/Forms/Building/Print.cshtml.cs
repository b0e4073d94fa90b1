using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Files;

namespace Plenaria.Forms.Building;

/// <summary>
/// All answers to a form on one page, to be printed or read through: a sheet each, in the order of sending.
/// </summary>
[Allow(FormsModule.Read)]
internal sealed class PrintModel(FormService forms, ResponseReader reader, CurrentUser visitor, FileStore files)
    : PageModel
{
    private IReadOnlyDictionary<string, FormDefinition> _versions = new Dictionary<string, FormDefinition>();

    public string Key { get; private set; } = "";
    public FormDefinition Form { get; private set; } = null!;
    public ResponseFilter Filter { get; private set; } = ResponseFilter.None;
    public int Total { get; private set; }

    public async Task<IActionResult> OnGetAsync(string form, CancellationToken cancel)
    {
        if (await forms.FindReadableAsync(form, visitor, cancel) is not { } open)
            return NotFound();
        (Key, Form) = (form, open.Definition);
        Filter = ResponseFilter.From(Form, Request.Query);
        Total = await reader.CountAsync(form, Filter, cancel);
        _versions = await reader.VersionsAsync(form, cancel);
        return Page();
    }

    /// <summary>The responses, some hundred at a time, each with the version of the form that was answered.</summary>
    public async IAsyncEnumerable<PrintedAnswers> ReadAsync()
    {
        await foreach (var page in reader.PagesAsync(Key, Filter))
        {
            var questions = _versions.Values.SelectMany(v => v.Fields).ToList();
            yield return new(
                [.. page.Select(r => (r, _versions[r.Kept]))],
                await files.Describe(AnswerText.FilesOf(page, questions), CancellationToken.None)
            );
        }
    }
}

/// <summary>Some responses, and the files they name.</summary>
internal sealed record PrintedAnswers(
    IReadOnlyList<(FormResponse Response, FormDefinition Form)> Responses,
    IReadOnlyDictionary<string, FileReference> Files
);
