using Plenaria.Platform.Modules;

namespace Plenaria.Platform.Access;

/// <summary>A right and the roles that carry it.</summary>
public sealed record Permission(string Key, IReadOnlyList<Role> Roles) : IUniqueDeclaration;

public static class PermissionExtensions
{
    /// <summary>A right and the roles that carry it.</summary>
    public static ModuleBuilder Permission(this ModuleBuilder module, string key, params IEnumerable<Role> roles) =>
        module.Add(new Permission(key, [.. roles]));
}

/// <summary>Who may do what, from the permissions that the modules declare.</summary>
public sealed class PermissionCatalog(ModuleCatalog modules)
{
    private readonly Dictionary<string, IReadOnlyList<Role>> _roles = modules
        .Declared<Permission>()
        .ToDictionary(p => p.Key, p => p.Roles);

    /// <summary>Every role that a module declares, in the order of the modules.</summary>
    public IReadOnlyList<Role> Roles { get; } = [.. modules.Declared<RoleDeclaration>().Select(r => r.Role)];

    /// <summary>The roles that carry each permission; a permission that nobody declared is a bug and throws.</summary>
    public IReadOnlyList<Role> RolesWith(string permission) =>
        _roles.TryGetValue(permission, out var roles)
            ? roles
            : throw new InvalidOperationException($"No module declares the permission '{permission}'.");

    public bool Allow(Actor who, string permission, Scope? scope)
    {
        var roles = RolesWith(permission);
        return who.IsSystem
            || who.Grants.Any(g =>
                roles.Contains(g.Role) && (scope is null || g.Scope == Scope.Everywhere || g.Scope == scope)
            );
    }
}
