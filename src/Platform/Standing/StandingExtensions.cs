using Plenaria.Platform.Modules;

namespace Plenaria.Platform.Standing;

public static class StandingExtensions
{
    /// <summary>Duties of members, met and pending.</summary>
    public static ModuleBuilder Standing<T>(this ModuleBuilder module)
        where T : class, IStanding => module.Contribute<IStanding, T>();
}
