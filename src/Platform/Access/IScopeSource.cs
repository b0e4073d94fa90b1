namespace Plenaria.Platform.Access;

/// <summary>
/// A module's places where a role may hold (its offices, members, calls, events), to choose from when a role is given.
/// </summary>
public interface IScopeSource
{
    /// <summary>The roles for which these places make sense.</summary>
    IReadOnlyList<Role> Roles { get; }

    Task<IReadOnlyList<(Scope Scope, string Name)>> Offer(Kernel.Language reader, CancellationToken cancel);
}
