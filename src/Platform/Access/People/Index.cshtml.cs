using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Platform.Access.People;

[Allow(PlatformModule.ManageAccess)]
internal sealed class IndexModel(
    PlenariaDb db,
    Accounts accounts,
    PermissionCatalog rights,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    private const int Most = 200;

    public IReadOnlyList<Account> People { get; private set; } = [];
    public int Found { get; private set; }
    public IReadOnlyList<Role> Roles => rights.Roles;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public Role? Role { get; set; }

    [BindProperty]
    public Fields Input { get; set; } = new();

    public Task OnGetAsync(CancellationToken cancel)
    {
        Input.Language = phrases.Language.Code;
        return RerenderAsync(cancel);
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        var found = db.Set<Account>().AsNoTracking().Where(a => Role == null || a.Grants.Any(g => g.Role == Role));
        if (!string.IsNullOrWhiteSpace(Q))
        {
            var words =
                $"%{Q.Trim().ToLowerInvariant().Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
            // Names are few; letters with accents in capitals are the one thing the two databases fold differently.
            found = found.Where(a =>
                EF.Functions.Like(a.Email, words, @"\") || EF.Functions.Like(a.Name.ToLower(), words, @"\")
            );
        }
        // Ordered as the reader's language does, which the two databases do each in its own way.
        var names = await found
            .Select(a => new
            {
                a.Id,
                a.Name,
                a.IsClosed,
            })
            .ToListAsync(cancel);
        var shown = names
            .OrderBy(a => a.IsClosed)
            .ThenBy(a => a.Name, StringComparer.Create(phrases.Language.Culture, ignoreCase: true))
            .ThenBy(a => a.Id.Value)
            .Take(Most)
            .Select(a => a.Id)
            .ToList();
        Found = names.Count;
        var people = await found
            .Include(a => a.Grants)
            .Where(a => shown.Contains(a.Id))
            .ToDictionaryAsync(a => a.Id, cancel);
        People = [.. shown.Select(id => people[id])];
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await db.Set<Account>().AnyAsync(a => a.Email == Accounts.Normal(Input.Email), cancel))
            throw new RuleViolationException("access.people.known", ("email", Input.Email.Trim()));
        var id = await accounts.Open(
            Input.Email,
            Input.Name.Trim(),
            Kernel.Language.TryParse(Input.Language, out var language) ? language : phrases.Language,
            visitor.Acting(),
            cancel
        );
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}/people/{id}");
    }

    internal sealed class Fields
    {
        [Required(ErrorMessage = "site.missing"), StringLength(Account.NameMaxLength)]
        public string Name { get; set; } = "";

        [
            Required(ErrorMessage = "access.email-missing"),
            EmailAddress(ErrorMessage = "access.not-an-address"),
            StringLength(Account.EmailMaxLength)
        ]
        public string Email { get; set; } = "";
        public string Language { get; set; } = "";
    }
}
