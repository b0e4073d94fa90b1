using Plenaria.Platform.Modules;

namespace Plenaria.Platform.Access;

public static class ScopesExtensions
{
    /// <summary>Where a role may hold: its places, offered when somebody is given the role.</summary>
    public static ModuleBuilder Scopes<T>(this ModuleBuilder module)
        where T : class, IScopeSource => module.Contribute<IScopeSource, T>();
}
