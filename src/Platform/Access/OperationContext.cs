namespace Plenaria.Platform.Access;

/// <summary>
/// Where a grant holds: everywhere, or in one office's territory, for one member, body, call or event.
/// </summary>
public readonly record struct Scope(string Kind, Guid Id)
{
    public static readonly Scope Everywhere = new("all", Guid.Empty);

    public static Scope Of(OfficeId office) => new("office", office.Value);

    public static Scope Of(MemberId member) => new("member", member.Value);
}

/// <summary>A role that somebody holds, and where.</summary>
public sealed record Grant(Role Role, Scope Scope);

/// <summary>Who acts: a signed-in person, or the house itself (then without an id).</summary>
public sealed record Actor(AccountId? Id, string Name, IReadOnlyList<Grant> Grants, bool IsSystem = false)
{
    /// <summary>The members in whose name this person may act.</summary>
    public IReadOnlyList<MemberId> Represents =>
        [.. Grants.Where(g => g.Role == Role.Member && g.Scope.Kind == "member").Select(g => new MemberId(g.Scope.Id))];

    /// <summary>The members whose vote this person may cast.</summary>
    public IReadOnlyList<MemberId> VotesFor =>
        [
            .. Grants
                .Where(g => g.Role == Role.Delegate && g.Scope.Kind == "member")
                .Select(g => new MemberId(g.Scope.Id)),
        ];

    /// <summary>Everybody who did not sign in.</summary>
    public static readonly Actor Public = new(null, "", []);

    /// <summary>A command, a job or an import: trusted, named by what it is.</summary>
    public static Actor ForSystem(string name) => new(null, name, [], IsSystem: true);
}

/// <summary>The member in whose name a person acts.</summary>
public sealed record Mandate(MemberId Id, string Name);

/// <summary>
/// Who acts, in the name of which member, when and why. Travels with every change: it decides whether the change is
/// allowed and is what the journal records.
/// </summary>
public sealed record OperationContext(
    Actor Actor,
    Mandate? OnBehalfOf,
    DateTimeOffset At,
    string? Reason,
    PermissionCatalog Rights
)
{
    /// <summary>The day of the act, in UTC.</summary>
    public DateOnly Today => DateOnly.FromDateTime(At.UtcDateTime);

    /// <summary>
    /// True when some grant of this person carries the permission, anywhere (<paramref name="scope"/> null) or there.
    /// </summary>
    public bool Can(string permission, Scope? scope = null) => Rights.Allow(Actor, permission, scope);

    /// <exception cref="ForbiddenException">Nobody granted this person the permission there.</exception>
    public void Require(string permission, Scope? scope = null)
    {
        if (!Can(permission, scope))
            throw new ForbiddenException(permission);
    }
}

/// <summary>The person may not do this. Pages and endpoints answer 403.</summary>
public sealed class ForbiddenException(string permission) : Exception($"Not allowed: {permission}.");
