using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;

namespace Plenaria.Platform.Site.SetUp;

/// <summary>
/// The key to an installation that belongs to nobody yet: made at start, held in memory, void once a network has a
/// name.
/// </summary>
public sealed class SetUpKey
{
    public string Value { get; } = Accounts.Secret();
}

/// <summary>Names the network and opens the first account.</summary>
[AllowAnonymous]
internal sealed class SetUpModel(
    PlenariaDb db,
    Journal.Journal journal,
    Accounts accounts,
    FirstLinks links,
    SystemActor house,
    PageLocalizer phrases,
    SetUpKey key
) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    [BindProperty]
    public Fields Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await IsOpen(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await IsOpen(cancel))
            return NotFound();
        var (acting, language) = (house.As("set-up"), phrases.Language);
        db.Add(
            new NetworkProfile
            {
                Name = LocalizedText.Original(language, Input.Name),
                Purpose = LocalizedText.Empty,
                ShortName = Input.ShortName,
                Prefix = Input.Prefix,
                DefaultLanguage = language,
            }
        );
        journal.Append(acting, "site", "site.network-named", null, new { Input.ShortName, Input.Prefix });
        var account = await accounts.Open(Input.Email, Input.Email.Split('@')[0], language, acting, cancel);
        await accounts.Grant(account, Role.Staff, Scope.Everywhere, null, acting, cancel);
        await db.SaveChangesAsync(cancel);
        return Redirect(await links.ForNewHouse(account, language, cancel));
    }

    private async Task<bool> IsOpen(CancellationToken cancel) =>
        System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(
            Accounts.Hash(Token ?? ""),
            Accounts.Hash(key.Value)
        ) && !await db.Set<NetworkProfile>().AnyAsync(cancel);

    internal sealed class Fields
    {
        [Required(ErrorMessage = "site.missing"), StringLength(NetworkProfile.NameMaxLength)]
        public string Name { get; set; } = "";

        [Required(ErrorMessage = "site.missing"), StringLength(60)]
        public string ShortName { get; set; } = "";

        [
            Required(ErrorMessage = "site.missing"),
            RegularExpression("[A-Z][A-Z0-9]{1,11}", ErrorMessage = "site.set-up.prefix.hint")
        ]
        public string Prefix { get; set; } = "";

        [
            Required(ErrorMessage = "access.email-missing"),
            EmailAddress(ErrorMessage = "access.not-an-address"),
            StringLength(254)
        ]
        public string Email { get; set; } = "";
    }
}
