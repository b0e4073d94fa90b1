using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Files;

namespace Plenaria.Forms.Building;

/// <summary>One response, to be read and printed.</summary>
[Allow(FormsModule.Read)]
internal sealed class AnswerModel(FormService forms, ResponseReader reader, CurrentUser visitor, FileStore files)
    : PageModel
{
    public string Key { get; private set; } = "";
    public Answered Answered { get; private set; } = null!;
    public IReadOnlyDictionary<string, FileReference> Files { get; private set; } =
        new Dictionary<string, FileReference>();

    public async Task<IActionResult> OnGetAsync(string form, Guid id, CancellationToken cancel)
    {
        if (
            await forms.FindReadableAsync(form, visitor, cancel) is null
            || await reader.FindAsync(form, id, cancel) is null
        )
            return NotFound();
        (Key, Answered) = (form, await forms.Read(id, cancel));
        Files = await files.Describe(
            [.. Answered.Form.Fields.Where(f => f.Type == AnswerType.File).SelectMany(f => Answered.Answers.Of(f.Key))],
            cancel
        );
        return Page();
    }
}
