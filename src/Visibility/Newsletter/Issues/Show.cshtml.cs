using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Site;

namespace Plenaria.Newsletter.Issues;

/// <summary>An issue that was sent, in the reader's language.</summary>
[AllowAnonymous, Cacheable]
internal sealed class ShowModel(IssueStore issues) : PageModel
{
    public IssueContent Shown { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int number, CancellationToken cancel)
    {
        if (await issues.QueryArchive().SingleOrDefaultAsync(i => i.Number == number, cancel) is not { } issue)
            return NotFound();
        Shown = await issues.ReadContentAsync(issue, this.Site(), cancel);
        return Page();
    }
}
