using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Experiences.Writing;

/// <summary>Who writes a practice together: people who have a way in, named by their address.</summary>
[Allow(ExperiencesModule.Write)]
internal sealed class AuthorsModel(
    ExperienceStore experiences,
    Accounts accounts,
    PlenariaDb db,
    CurrentUser visitor,
    PageLocalizer phrases,
    TimeProvider time
) : PageModel, IRerenderable
{
    public Experience Experience { get; private set; } = null!;
    public IReadOnlyList<(AccountId Account, string Name)> Names { get; private set; } = [];

    private OperationContext _acting = null!;

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel) =>
        await Load(slug, cancel) ? Page() : NotFound();

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load((string)RouteData.Values["slug"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    public async Task<IActionResult> OnPostAsync(string slug, string? email, CancellationToken cancel)
    {
        if (!await Load(slug, cancel))
            return NotFound();
        if (
            await accounts.Known(email?.Trim() ?? "", time.GetUtcNow(), cancel) is not { Id: { } id } known
            || !_acting.Rights.Allow(known, ExperiencesModule.Write, null)
        )
            throw new RuleViolationException("experiences.authors.unknown");
        if (Experience.Authors.Exists(a => a.Account == id))
            throw new RuleViolationException("experiences.authors.already");
        return await Save(
            "experiences.author-added",
            () => Experience.Authors.Add(new() { Experience = Experience.Id, Account = id }),
            cancel
        );
    }

    public async Task<IActionResult> OnPostRemoveAsync(string slug, Guid account, CancellationToken cancel)
    {
        if (!await Load(slug, cancel))
            return NotFound();
        if (Experience.Owner is null && Experience.Authors.Count == 1)
            throw new RuleViolationException("experiences.authors.last");
        return await Save(
            "experiences.author-removed",
            () => db.RemoveRange(Experience.Authors.Where(a => a.Account.Value == account)),
            cancel
        );
    }

    private async Task<IActionResult> Save(string act, Action change, CancellationToken cancel)
    {
        await experiences.Change(Experience, act, _acting, change, cancel, keepsRevision: false);
        return Redirect($"/{phrases.Language}{Experience.Path}/authors");
    }

    private async Task<bool> Load(string slug, CancellationToken cancel)
    {
        if (
            await experiences.Find(slug, cancel, toEdit: true) is not { } experience
            || await experiences.Editing(experience, visitor, cancel) is not { } acting
        )
            return false;
        (Experience, _acting) = (experience, acting);
        var names = await accounts.Names([.. experience.Authors.Select(a => a.Account)], cancel);
        Names = [.. names.OrderBy(n => n.Value, StringComparer.CurrentCulture).Select(n => (n.Key, n.Value))];
        return true;
    }
}
