using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Platform.Access.SignIn;

/// <summary>The passkeys of whoever is signed in: add one, take one away.</summary>
[Authorize]
internal sealed class KeysModel(Passkeys passkeys, CurrentUser visitor, PageLocalizer phrases)
    : PageModel,
        IRerenderable
{
    public IReadOnlyList<Passkey> Keys { get; private set; } = [];
    public IReadOnlyList<string> RecoveryCodes { get; private set; } = [];

    [BindProperty]
    public string? Credential { get; set; }

    [BindProperty, StringLength(Passkey.NameMaxLength)]
    public string? Name { get; set; }

    private AccountId Me => visitor.Who.Id!.Value;

    public Task OnGetAsync(CancellationToken cancel) => RerenderAsync(cancel);

    public async Task RerenderAsync(CancellationToken cancel) => Keys = await passkeys.Of(Me, cancel);

    public async Task<IActionResult> OnPostOptionsAsync(CancellationToken cancel) =>
        Content(await passkeys.CreationOptions(HttpContext, Me, cancel), "application/json");

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(Name))
            throw new RuleViolationException("access.passkeys.name-missing");
        if (string.IsNullOrEmpty(Credential))
            throw new RuleViolationException("access.passkey.refused");
        RecoveryCodes = await passkeys.Add(HttpContext, Me, Name.Trim(), Credential, cancel);
        if (RecoveryCodes.Count == 0)
            return Redirect($"/{phrases.Language}/account/passkeys");
        await RerenderAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid key, CancellationToken cancel)
    {
        await passkeys.Remove(Me, key, visitor.Acting(), cancel);
        return Redirect($"/{phrases.Language}/account/passkeys");
    }
}
