using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Language;

namespace Plenaria.Platform.Access.SignIn;

/// <summary>A GET shows a button: mail programs that look at links before people do must not use them up.</summary>
[AllowAnonymous]
internal sealed class LinkModel(SignIns signIns, PageLocalizer phrases) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel) =>
        Redirect(After.Step(await signIns.UseLink(HttpContext, Token ?? "", cancel), phrases.Language));
}
