using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Members.People;

/// <summary>
/// What accounts may do for a member because of the roles people hold: act for it with any present role (a juror's
/// apart), vote with a voting role that the member confirmed. Nobody outside the member gives its vote away.
/// </summary>
internal sealed class RepresentationRights(PlenariaDb db, Accounts accounts)
{
    /// <summary>
    /// Whether the acting account is one of the member's own people: it holds a role that the member confirmed. A role
    /// that staff gave and nobody confirmed does not count, or its holder could confirm the next one. The system acts
    /// for all.
    /// </summary>
    public async Task<bool> ActsForMemberAsync(MemberId member, OperationContext acting, CancellationToken cancel)
    {
        if (acting.Actor.IsSystem)
            return true;
        if (acting.Actor.Id is not { } account)
            return false;
        var own =
            from role in db.Set<Representation>()
            join person in db.Set<Person>() on role.Person equals person.Id
            where
                role.Member == member
                && role.Until == null
                && role.ConfirmedAt != null
                && role.Role != RepresentationRole.Juror
                && person.Account == account
            select role.Id;
        return await own.AnyAsync(cancel);
    }

    /// <summary>
    /// Whether an account may confirm or refuse a role: one of the member's own people other than the one named; where
    /// the member has nobody else with a way in, the one named, once the institution's letter was proved.
    /// </summary>
    /// <param name="all">Everybody of the member, with their roles.</param>
    public static bool MayConfirm(
        AccountId? account,
        Representation role,
        Person named,
        IEnumerable<(Representation Role, Person Person)> all
    )
    {
        if (account is null || !role.IsUnconfirmed)
            return false;
        var others = all.Where(o =>
                o.Role.Holds && o.Role.Role != RepresentationRole.Juror && o.Person.Account is not null
            )
            .Where(o => o.Person.Id != named.Id && o.Person.Account != named.Account)
            .Select(o => o.Person.Account)
            .ToList();
        return others.Count > 0 ? others.Contains(account) : named.Account == account && role.ProvedOn is not null;
    }

    /// <summary>
    /// Gives an account what these roles allow. Takes nothing: the account may have been opened a moment ago.
    /// </summary>
    public async Task GrantAsync(
        AccountId account,
        Member member,
        IEnumerable<Representation> roles,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        foreach (var (role, isHeld) in Needed(member, roles))
            if (isHeld)
                await accounts.Grant(
                    account,
                    role,
                    Scope.Of(member.Id),
                    PeopleStore.Short(member.Name),
                    acting,
                    cancel
                );
    }

    /// <summary>Gives a stored account what these roles allow, and takes back the rest.</summary>
    public async Task SetAsync(
        AccountId account,
        Member member,
        IEnumerable<Representation> roles,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var needed = roles.ToList();
        await GrantAsync(account, member, needed, acting, cancel);
        foreach (var (role, isHeld) in Needed(member, needed))
            if (!isHeld)
                await accounts.Revoke(account, role, Scope.Of(member.Id), acting, cancel);
    }

    /// <summary>Sets what all people of a member may do: after it joined, left or was merged.</summary>
    public async Task SetAllAsync(Member member, OperationContext acting, CancellationToken cancel)
    {
        var held =
            from role in db.Set<Representation>().AsNoTracking()
            join person in db.Set<Person>() on role.Person equals person.Id
            where role.Member == member.Id && person.Account != null
            select new { role, person.Account };
        foreach (var roles in (await held.ToListAsync(cancel)).GroupBy(h => h.Account!.Value))
            await SetAsync(roles.Key, member, roles.Select(r => r.role), acting, cancel);
    }

    // Only a present member has a vote; an institution that left or was merged has none.
    private static (Role Role, bool IsHeld)[] Needed(Member member, IEnumerable<Representation> roles)
    {
        var present = roles
            .Where(r => r.Member == member.Id && r.IsPresent && r.Role != RepresentationRole.Juror)
            .ToList();
        return [(Role.Member, present.Count > 0), (Role.Delegate, member.IsPresent && present.Exists(r => r.Votes))];
    }
}
