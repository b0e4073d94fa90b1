using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Platform.Access.People;

/// <summary>One person: roles given and taken, sessions ended, the account closed. Each in the journal.</summary>
[Allow(PlatformModule.ManageAccess)]
internal sealed class PersonModel(
    PlenariaDb db,
    Accounts accounts,
    SignIns signIns,
    Journal.Journal journal,
    Site.Contributions contributions,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public Account Person { get; private set; } = null!;
    public bool IsEnrolled { get; private set; }
    public IReadOnlyList<(Scope Scope, string Name)> Places { get; private set; } = [];
    public IReadOnlyList<JournalLine> History { get; private set; } = [];
    public IReadOnlyList<AccessToken> Tokens { get; private set; } = [];

    /// <summary>A delegate is named by the member, never here.</summary>
    public IReadOnlyList<Role> Roles { get; private set; } = [];

    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public Role Role { get; set; }

    [BindProperty]
    public string? Where { get; set; }

    [BindProperty]
    public DateOnly? Until { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) =>
        await Load(id, cancel) ? Page() : NotFound();

    public Task RerenderAsync(CancellationToken cancel) => Load(Guid.Parse((string)RouteData.Values["id"]!), cancel);

    public Task<IActionResult> OnPostGrantAsync(Guid id, CancellationToken cancel) =>
        Change(
            id,
            async acting =>
            {
                if (!Roles.Contains(Role))
                    throw new RuleViolationException("access.people.delegate-by-member");
                var (scope, name) = await Chosen(cancel);
                // To the end of the last day, wherever that day ends last (UTC−12).
                DateTimeOffset? until = Until is { } day ? new(day.AddDays(1), new(12, 0), TimeSpan.Zero) : null;
                if (until <= acting.At)
                    throw new RuleViolationException("access.people.day-is-over");
                await accounts.Grant(Person.Id, Role, scope, name, acting, cancel, until);
            },
            cancel
        );

    public Task<IActionResult> OnPostRevokeAsync(Guid id, Guid grant, CancellationToken cancel) =>
        Change(
            id,
            async acting =>
            {
                if (Person.Grants.Find(g => g.Id == grant) is not { } given)
                    throw new RuleViolationException("platform.changed-meanwhile");
                await DemandAnother(given.Role == Role.Staff, cancel);
                await accounts.Revoke(Person.Id, given.Role, given.Scope, acting, cancel);
            },
            cancel
        );

    public Task<IActionResult> OnPostEndSessionsAsync(Guid id, CancellationToken cancel) =>
        Change(
            id,
            async acting =>
            {
                await accounts.EndAccess(Person, acting, cancel);
                journal.Append(acting, Person.Stream, "access.sessions-ended", null, new { });
            },
            cancel
        );

    public async Task<IActionResult> OnPostRevokeTokenAsync(Guid id, Guid token, CancellationToken cancel)
    {
        if (!await Load(id, cancel))
            return NotFound();
        await accounts.RevokeToken(Person.Id, token, visitor.Acting(), cancel);
        return Redirect($"/{phrases.Language}/people/{id}");
    }

    /// <summary>
    /// For whoever has lost their device: the next sign-in is by mail alone, and asks them to set up a second step
    /// again.
    /// </summary>
    public Task<IActionResult> OnPostResetAsync(Guid id, CancellationToken cancel) =>
        Change(
            id,
            async acting =>
            {
                (Person.SealedSecret, Person.RecoveryHashes) = (null, []);
                await accounts.EndAccess(Person, acting, cancel);
                db.RemoveRange(await db.Set<Passkey>().Where(p => p.AccountId == Person.Id).ToListAsync(cancel));
                journal.Append(acting, Person.Stream, "access.second-step-reset", null, new { });
            },
            cancel
        );

    public Task<IActionResult> OnPostCloseAsync(Guid id, CancellationToken cancel) =>
        Change(
            id,
            async acting =>
            {
                await DemandAnother(Person.Grants.Exists(g => g.Role == Role.Staff), cancel);
                Person.IsClosed = true;
                await accounts.EndAccess(Person, acting, cancel);
                journal.Append(acting, Person.Stream, "access.account-closed", null, new { });
            },
            cancel
        );

    public Task<IActionResult> OnPostReopenAsync(Guid id, CancellationToken cancel) =>
        Change(
            id,
            acting =>
            {
                Person.IsClosed = false;
                journal.Append(acting, Person.Stream, "access.account-reopened", null, new { });
                return Task.CompletedTask;
            },
            cancel
        );

    public object? Stored => Person.Version;

    private async Task<IActionResult> Change(Guid id, Func<OperationContext, Task> change, CancellationToken cancel)
    {
        if (!await Load(id, cancel))
            return NotFound();
        PlenariaDb.RequireVersion(Person, Version);
        db.Entry(Person).Property(p => p.Stamp).IsModified = true;
        await change(visitor.Acting());
        await db.SaveChangesAsync(cancel);
        // Sessions and tokens that ended stay ended: a closed account is opened again, and its person signs in anew.
        if (Person.IsClosed)
            this.OfferUndo($"/people/{id}", "Reopen", ("Version", Person.Version));
        return Redirect($"/{phrases.Language}/people/{id}");
    }

    /// <summary>A house whose last key is thrown away can only be entered by its operator.</summary>
    private async Task DemandAnother(bool isStaff, CancellationToken cancel)
    {
        if (
            isStaff
            && !await db.Set<Account>()
                .AnyAsync(
                    a =>
                        a.Id != Person.Id
                        && !a.IsClosed
                        && a.Grants.Any(g =>
                            g.Role == Role.Staff && g.ScopeKind == Scope.Everywhere.Kind && g.Until == null
                        ),
                    cancel
                )
        )
            throw new RuleViolationException("access.people.last-staff");
    }

    private async Task<(Scope Scope, string? Name)> Chosen(CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(Where))
            return Role == Role.Member
                ? throw new RuleViolationException("access.people.member-needs-place")
                : (Scope.Everywhere, null);
        foreach (var source in (await contributions.GetAsync<IScopeSource>(cancel)).Where(s => s.Roles.Contains(Role)))
        foreach (var (scope, name) in await source.Offer(Person.Language, cancel))
            if ($"{scope.Kind}:{scope.Id}" == Where)
                return (scope, name);
        throw new RuleViolationException("access.people.place-and-role");
    }

    private async Task<bool> Load(Guid id, CancellationToken cancel)
    {
        Roles =
        [
            .. (await contributions.DeclaredAsync<RoleDeclaration>(cancel)).Where(r => r.IsGiven).Select(r => r.Role),
        ];
        var key = new AccountId(id);
        if (
            await db.Set<Account>().Include(a => a.Grants).SingleOrDefaultAsync(a => a.Id == key, cancel)
            is not { } person
        )
            return false;
        Person = person;
        IsEnrolled = await signIns.IsEnrolled(key, cancel);
        var places = new List<(Scope, string)>();
        foreach (var source in await contributions.GetAsync<IScopeSource>(cancel))
            places.AddRange(await source.Offer(phrases.Language, cancel));
        Places = places;
        History = await journal.Read(person.Stream, 30, cancel);
        Tokens = [.. (await accounts.Tokens(key, visitor.Acting().At, cancel)).Select(t => t.Token)];
        return true;
    }
}
