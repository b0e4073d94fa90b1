using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Language;

namespace Plenaria.Platform.Access.SignIn;

/// <summary>Where somebody is signed in, and the tokens of their programs: each can be ended.</summary>
[Authorize]
internal sealed class SessionsModel(SignIns signIns, Accounts accounts, CurrentUser visitor, PageLocalizer phrases)
    : PageModel
{
    public IReadOnlyList<SignInSession> Sessions { get; private set; } = [];
    public IReadOnlyList<AccessToken> Tokens { get; private set; } = [];
    public Guid? Present => SignIns.SessionOf(HttpContext);

    private AccountId Me => visitor.Who.Id!.Value;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Sessions = await signIns.Sessions(Me, cancel);
        Tokens = [.. (await accounts.Tokens(Me, visitor.Acting().At, cancel)).Select(t => t.Token)];
    }

    public async Task<IActionResult> OnPostEndAsync(Guid session, CancellationToken cancel)
    {
        await OnGetAsync(cancel);
        await signIns.End([.. Sessions.Select(s => s.Id).Where(id => id == session)], cancel);
        return Redirect($"/{phrases.Language}/account/sessions");
    }

    public async Task<IActionResult> OnPostEndOthersAsync(CancellationToken cancel)
    {
        await OnGetAsync(cancel);
        await signIns.End([.. Sessions.Select(s => s.Id).Where(id => id != Present)], cancel);
        return Redirect($"/{phrases.Language}/account/sessions");
    }

    public async Task<IActionResult> OnPostRevokeTokenAsync(Guid token, CancellationToken cancel)
    {
        await accounts.RevokeToken(Me, token, visitor.Acting(), cancel);
        return Redirect($"/{phrases.Language}/account/sessions");
    }
}
