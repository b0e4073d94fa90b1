using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Language;

namespace Plenaria.Platform.Access.SignIn;

[Authorize]
internal sealed class OutModel(Phrases phrases) : PageModel
{
    public async Task<IActionResult> OnPostAsync()
    {
        await HttpContext.SignOutAsync();
        return Redirect($"/{phrases.Language}");
    }
}
