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
internal sealed class BeginModel(
    FormService forms,
    Accounts accounts,
    ClientLimits limits,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public FormDefinition Form { get; private set; } = null!;

    /// <summary>Whether it takes answers at this moment, and until or from when.</summary>
    public FormState State { get; private set; } = FormState.Open;
    public ZonedMoment? Turn { get; private set; }
    public bool NeedsSignIn { get; private set; }

    /// <summary>How many are taken, where they have been.</summary>
    public int? Full { get; private set; }

    /// <summary>The address of the account, where the form is for those who have one.</summary>
    public string? Own { get; private set; }

    [BindProperty, EmailAddress(ErrorMessage = "access.not-an-address"), StringLength(FormResponse.EmailMaxLength)]
    public string? Email { get; set; }

    public async Task<IActionResult> OnGetAsync(string form, CancellationToken cancel)
    {
        if (await FindAsync(form, cancel) is not { } open)
            return NotFound();
        await ShowAsync(open, cancel);
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel) =>
        await ShowAsync(
            await FindAsync((string)RouteData.Values["form"]!, cancel)
                ?? throw new RuleViolationException("platform.changed-meanwhile"),
            cancel
        );

    public async Task<IActionResult> OnPostAsync(string form, CancellationToken cancel)
    {
        if (await FindAsync(form, cancel) is not { } open)
            return NotFound();
        await ShowAsync(open, cancel);
        if (NeedsSignIn)
            return Redirect($"/{phrases.Language}/sign-in?return=/{phrases.Language}/forms/{form}");
        if (!visitor.IsSignedIn)
            limits.CountAsk(HttpContext, $"form {open.Kind.Key}");
        var email = Own ?? Email?.Trim() ?? "";
        if (email.Length == 0)
            throw new RuleViolationException("access.email-missing");
        limits.CountLetter(email);
        var token = await forms.Begin(open, email, phrases.Language, this.Site(), visitor.Acting(), cancel);
        return Redirect($"/{phrases.Language}/answers/{token}");
    }

    // A draft, and what only some members are asked, are nobody else's.
    private async Task<OpenForm?> FindAsync(string form, CancellationToken cancel) =>
        await forms.FindAsync(form, cancel) is { } open
        && open.Stored?.StateAt(visitor.Acting().At) != FormState.Draft
        && open.Stored?.Access != FormAccess.Requested
            ? open
            : null;

    private async Task ShowAsync(OpenForm open, CancellationToken cancel)
    {
        Form = open.Definition;
        if (open.Stored is not { } stored)
            return;
        var now = visitor.Acting().At;
        State = stored.StateAt(now);
        Turn = stored.TurnsAt(now) is { } turn ? new(turn, stored.Zone) : null;
        NeedsSignIn = stored.Access == FormAccess.SignedIn && !visitor.IsSignedIn;
        if (stored.Access == FormAccess.SignedIn && visitor.Who.Id is { } me)
            Own = (await accounts.Reach([me], cancel)) is [var account] ? account.Email : null;
        Full = await forms.IsFullAsync(stored, cancel) ? stored.Quota : null;
    }
}
