using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Language;

namespace Plenaria.Platform.Access.SignIn;

[Authorize]
internal sealed class OutModel(SignIns signIns, PageLocalizer phrases) : PageModel
{
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await signIns.SignOut(HttpContext, cancel);
        // What forms kept in this browser is not for whoever sits down at it next (W3C Clear Site Data).
        Response.Headers["Clear-Site-Data"] = "\"storage\"";
        return Redirect($"/{phrases.Language}");
    }
}
