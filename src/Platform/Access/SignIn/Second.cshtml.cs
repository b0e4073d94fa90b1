using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Language;

namespace Plenaria.Platform.Access.SignIn;

[AllowAnonymous]
internal sealed class SecondModel(SignIns signIns, ClientLimits limits, PageLocalizer phrases) : PageModel
{
    [BindProperty, Required(ErrorMessage = "access.code-missing"), StringLength(20, ErrorMessage = "access.code-wrong")]
    public string Code { get; set; } = "";

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        limits.CountTry(HttpContext);
        return Redirect(After.Step(await signIns.UseSecondFactor(HttpContext, Code, cancel), phrases.Language));
    }
}
