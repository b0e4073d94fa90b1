using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;
using Plenaria.Platform.Site;

namespace Plenaria.Forms;

/// <summary>What a form is about, and the address that the way back to it is mailed to.</summary>
[AllowAnonymous]
internal sealed class BeginModel(FormService forms, ClientLimits limits, CurrentUser visitor, PageLocalizer phrases)
    : PageModel,
        IRerenderable
{
    public FormDefinition Form { get; private set; } = null!;

    /// <summary>Whether it takes answers at this moment, and until or from when.</summary>
    public FormState State { get; private set; } = FormState.Open;
    public ZonedMoment? Turn { get; private set; }
    public bool NeedsSignIn { get; private set; }

    [
        BindProperty,
        Required(ErrorMessage = "access.email-missing"),
        EmailAddress(ErrorMessage = "access.not-an-address"),
        StringLength(FormResponse.EmailMaxLength)
    ]
    public string Email { get; set; } = "";

    public async Task<IActionResult> OnGetAsync(string form, CancellationToken cancel)
    {
        if (await FindAsync(form, cancel) is not { } open)
            return NotFound();
        Show(open);
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel) =>
        Show(
            await FindAsync((string)RouteData.Values["form"]!, cancel)
                ?? throw new RuleViolationException("platform.changed-meanwhile")
        );

    public async Task<IActionResult> OnPostAsync(string form, CancellationToken cancel)
    {
        if (await FindAsync(form, cancel) is not { } open)
            return NotFound();
        Show(open);
        if (NeedsSignIn)
            return Redirect($"/{phrases.Language}/sign-in?return=/{phrases.Language}/forms/{form}");
        if (!visitor.IsSignedIn)
            limits.CountAsk(HttpContext, $"form {open.Kind.Key}");
        limits.CountLetter(Email);
        var token = await forms.Begin(open, Email, phrases.Language, this.Site(), visitor.Acting(), cancel);
        return Redirect($"/{phrases.Language}/answers/{token}");
    }

    // A draft, and what only some members are asked, are nobody else's.
    private async Task<OpenForm?> FindAsync(string form, CancellationToken cancel) =>
        await forms.FindAsync(form, cancel) is { } open
        && open.Stored?.StateAt(visitor.Acting().At) != FormState.Draft
        && open.Stored?.Access != FormAccess.Requested
            ? open
            : null;

    private void Show(OpenForm open)
    {
        Form = open.Definition;
        if (open.Stored is not { } stored)
            return;
        var now = visitor.Acting().At;
        State = stored.StateAt(now);
        Turn = stored.TurnsAt(now) is { } turn ? new(turn, stored.Zone) : null;
        NeedsSignIn = stored.Access == FormAccess.SignedIn && !visitor.IsSignedIn;
    }
}
