using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Language;

namespace Plenaria.Platform.Access.SignIn;

/// <summary>Sign-in by a key the device holds: as the only step, or as the second after a mailed link.</summary>
[AllowAnonymous]
internal sealed class PasskeyModel(Passkeys passkeys, PageLocalizer phrases) : PageModel
{
    [BindProperty]
    public string? Credential { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Return { get; set; }

    public async Task<IActionResult> OnPostOptionsAsync(CancellationToken cancel) =>
        Content(await passkeys.RequestOptions(HttpContext, cancel), "application/json");

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(Credential))
            throw new RuleViolationException("access.passkey.refused");
        var pending = await passkeys.SignIn(HttpContext, Credential, cancel);
        return Redirect(
            After.Step(
                pending.Length > 0 ? pending
                    : Url.IsLocalUrl(Return) ? Return
                    : "",
                phrases.Language
            )
        );
    }
}
