using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Platform.Forms;

/// <summary>What a form is about, and the address that the way back to it is mailed to.</summary>
[AllowAnonymous]
internal sealed class BeginModel(
    Forms forms,
    ClientLimits limits,
    CurrentUser visitor,
    Localizer texts,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public FormDefinition Form { get; private set; } = null!;

    [
        BindProperty,
        Required(ErrorMessage = "access.email-missing"),
        EmailAddress(ErrorMessage = "access.not-an-address"),
        StringLength(FormResponse.EmailMaxLength)
    ]
    public string Email { get; set; } = "";

    public async Task<IActionResult> OnGetAsync(string form, CancellationToken cancel)
    {
        if (await forms.FindKindAsync(form, cancel) is not { } kind)
            return NotFound();
        Form = kind.Define(texts);
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        var kind = await forms.FindKindAsync((string)RouteData.Values["form"]!, cancel);
        Form = (kind ?? throw new RuleViolationException("platform.changed-meanwhile")).Define(texts);
    }

    public async Task<IActionResult> OnPostAsync(string form, CancellationToken cancel)
    {
        if (await forms.FindKindAsync(form, cancel) is not { } kind)
            return NotFound();
        if (!visitor.IsSignedIn)
            limits.CountAsk(HttpContext, $"form {kind.Key}");
        limits.CountLetter(Email);
        var token = await forms.Begin(kind, Email, phrases.Language, this.Site(), visitor.Acting(), cancel);
        return Redirect($"/{phrases.Language}/answers/{token}");
    }
}
