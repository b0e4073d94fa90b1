using Plenaria.Members;
using Plenaria.Platform.Access;

namespace Plenaria.Exchange;

/// <summary>
/// Who is behind a member or an office, and where letters to them go: the accounts with a role there.
/// </summary>
internal sealed class People(Accounts accounts, TimeProvider time)
{
    /// <summary>The keys of the members that can be written to, for a query of those that look for some.</summary>
    public IQueryable<Guid> QueryMembers() => accounts.QueryMembersOf(Role.Member, time.GetUtcNow());

    public Task<ILookup<MemberId, AccountAddress>> FindAsync(
        IReadOnlyCollection<MemberId> members,
        CancellationToken cancel
    ) => accounts.FindHoldersAsync(Role.Member, members, time.GetUtcNow(), cancel);

    public async Task<IReadOnlyList<AccountAddress>> Of(MemberId member, CancellationToken cancel) =>
        [.. (await FindAsync([member], cancel))[member]];

    /// <summary>Who works for an office; the Secretariat where nobody does yet.</summary>
    public async Task<IReadOnlyList<AccountAddress>> Of(OfficeId office, CancellationToken cancel) =>
        await accounts.Holding(Role.Regional, Scope.Of(office), time.GetUtcNow(), cancel) is { Count: > 0 } own
            ? own
            : await accounts.Holding(Role.Staff, Scope.Everywhere, time.GetUtcNow(), cancel);

    public Task<IReadOnlyList<AccountAddress>> Of(IReadOnlyCollection<AccountId> ids, CancellationToken cancel) =>
        accounts.Reach(ids, cancel);
}

internal static class OfficeNames
{
    /// <summary>What an office is called; empty when there is none of this key.</summary>
    public static async Task<string> OfficeName(
        this IMembers members,
        OfficeId office,
        Language reader,
        CancellationToken cancel
    ) => (await members.Offices(cancel)).FirstOrDefault(o => o.Id == office)?.Name.For(reader) ?? "";
}
