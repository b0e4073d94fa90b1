using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Language;

namespace Plenaria.Platform.Access.SignIn;

[AllowAnonymous]
internal sealed class AskModel(SignIns signIns, ClientLimits limits, PageLocalizer phrases) : PageModel
{
    [
        BindProperty,
        Required(ErrorMessage = "access.email-missing"),
        EmailAddress(ErrorMessage = "access.not-an-address"),
        StringLength(Account.EmailMaxLength)
    ]
    public string Email { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string? Return { get; set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        limits.CountSignIn(HttpContext);
        var returnTo = Url.IsLocalUrl(Return) && Return.Length <= 500 ? Return : null;
        var site = new Uri($"{Request.Scheme}://{Request.Host}");
        var network = ClientLimits.NetworkOf(HttpContext.Connection.RemoteIpAddress);
        var request = await signIns.Ask(Email, returnTo, phrases.Language, site, network, cancel);
        return Redirect($"/{phrases.Language}/sign-in/code?request={request}");
    }
}
