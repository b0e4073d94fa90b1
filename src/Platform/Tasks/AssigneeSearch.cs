using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Platform.Tasks;

/// <summary>Somebody a task can be given to by choosing.</summary>
internal sealed record TaskAssignee(AccountId Id, string Name);

/// <summary>
/// To whom somebody may give a task: to themselves, and the Secretariat to everybody. Those who act for members are as
/// many as the members: they are not listed, and found by address.
/// </summary>
internal static class AssigneeSearch
{
    /// <summary>Whoever asks, then who works for the network, by name, where they may give tasks to others.</summary>
    public static async Task<IReadOnlyList<TaskAssignee>> ListAsync(
        PlenariaDb db,
        AccountId me,
        bool givesToOthers,
        CancellationToken cancel
    )
    {
        var ofMembers = Scope.Of(default(MemberId)).Kind;
        var found = await db.Set<Account>()
            .AsNoTracking()
            .Where(a => !a.IsClosed && (a.Id == me || givesToOthers && a.Grants.Any(g => g.ScopeKind != ofMembers)))
            .OrderBy(a => a.Name)
            .Select(a => new TaskAssignee(a.Id, a.Name))
            .ToListAsync(cancel);
        return [.. found.OrderByDescending(a => a.Id == me)];
    }

    /// <exception cref="RuleViolationException">Nobody who can sign in has this address.</exception>
    public static async Task<AccountId> FindByEmailAsync(PlenariaDb db, string typed, CancellationToken cancel)
    {
        var email = Accounts.Normal(typed);
        return await db.Set<Account>()
                .Where(a => a.Email == email && !a.IsClosed)
                .Select(a => (AccountId?)a.Id)
                .SingleOrDefaultAsync(cancel)
            ?? throw new RuleViolationException("tasks.unknown-email", ("email", email));
    }
}
