using Plenaria.Platform.Access;

namespace Plenaria.Members.People;

/// <summary>
/// Who may act for one member: its own people, in its name; and whoever looks after it, in their own.
/// </summary>
internal sealed class RepresentationService(Territory territory, CurrentUser visitor)
{
    /// <summary>This visitor acting for the member.</summary>
    /// <exception cref="ForbiddenException">They do not represent it, and do not look after it.</exception>
    public async Task<OperationContext> For(Member member, CancellationToken cancel)
    {
        var acting = visitor.Acting();
        if (acting.Actor.Grants.Contains(new(Role.Member, Scope.Of(member.Id))))
            return acting with { OnBehalfOf = new(member.Id, member.Name.ToString()) };
        await territory.Demand(acting, member.Country, member.Stream, cancel);
        return acting;
    }

    /// <summary>Whether this visitor looks after the member, for the Secretariat or an office.</summary>
    public Task<bool> LooksAfter(Member member, CancellationToken cancel) =>
        territory.Allows(visitor.Acting(), member.Country, cancel);
}
