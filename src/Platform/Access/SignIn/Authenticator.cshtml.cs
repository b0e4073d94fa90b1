using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Documents;
using Plenaria.Platform.Site;

namespace Plenaria.Platform.Access.SignIn;

[Authorize]
internal sealed class AuthenticatorModel(SignIns signIns, CurrentUser visitor, Network network)
    : PageModel,
        IRerenderable
{
    [BindProperty, RegularExpression("[A-Z2-7]{32}")]
    public string Secret { get; set; } = "";

    [BindProperty, Required(ErrorMessage = "access.code-missing"), StringLength(12, ErrorMessage = "access.code-wrong")]
    public string Code { get; set; } = "";

    public string Picture { get; private set; } = "";
    public IReadOnlyList<string> RecoveryCodes { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Secret = SignIns.NewSecret();
        await RerenderAsync(cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        // Shown in the answer to the POST and never again: they are kept as hashes only.
        RecoveryCodes = await signIns.Enrol(HttpContext, visitor.Who.Id!.Value, Secret, Code, cancel);
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        var name = Uri.EscapeDataString((await network.Profile(cancel)).ShortName);
        Picture = QrCode.Picture(
            $"otpauth://totp/{name}:{Uri.EscapeDataString(visitor.Who.Name)}?secret={Secret}&issuer={name}"
        );
    }
}
