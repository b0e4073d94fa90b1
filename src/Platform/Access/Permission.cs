using Plenaria.Platform.Modules;

namespace Plenaria.Platform.Access;

/// <summary>A right and the roles that carry it.</summary>
public sealed record Permission(string Key, IReadOnlyList<Role> Roles) : IUniqueDeclaration;

/// <summary>Roles of one module that carry a permission of another as well.</summary>
public sealed record AddedRoles(string Permission, IReadOnlyList<Role> Roles);

public static class PermissionExtensions
{
    /// <summary>A right and the roles that carry it.</summary>
    public static ModuleBuilder Permission(this ModuleBuilder module, string key, params IEnumerable<Role> roles) =>
        module.Add(new Permission(key, [.. roles]));

    /// <inheritdoc cref="AddedRoles"/>
    public static ModuleBuilder AddRoles(
        this ModuleBuilder module,
        string permission,
        params IEnumerable<Role> roles
    ) => module.Add(new AddedRoles(permission, [.. roles]));
}

/// <summary>Who may do what, from the permissions that the modules declare.</summary>
public sealed class PermissionCatalog(ModuleCatalog modules)
{
    private readonly Dictionary<string, IReadOnlyList<Role>> _roles = modules
        .Declared<Permission>()
        .ToDictionary<Permission, string, IReadOnlyList<Role>>(
            p => p.Key,
            p =>
                [
                    .. p
                        .Roles.Concat(
                            modules.Declared<AddedRoles>().Where(a => a.Permission == p.Key).SelectMany(a => a.Roles)
                        )
                        .Distinct(),
                ]
        );

    /// <summary>Every role that a module declares, in the order of the modules.</summary>
    public IReadOnlyList<Role> Roles { get; } = [.. modules.Declared<RoleDeclaration>().Select(r => r.Role)];

    /// <summary>The roles that carry each permission; a permission that nobody declared is a bug and throws.</summary>
    public IReadOnlyList<Role> RolesWith(string permission) =>
        _roles.TryGetValue(permission, out var roles)
            ? roles
            : throw new InvalidOperationException($"No module declares the permission '{permission}'.");

    /// <summary>Whether a module of this installation declares it.</summary>
    public bool Has(string permission) => _roles.ContainsKey(permission);

    public bool Allow(Actor who, string permission, Scope? scope)
    {
        var roles = RolesWith(permission);
        return who.IsSystem
            || who.Grants.Any(g =>
                roles.Contains(g.Role) && (scope is null || g.Scope == Scope.Everywhere || g.Scope == scope)
            );
    }
}
