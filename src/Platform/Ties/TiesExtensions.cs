using Plenaria.Platform.Modules;

namespace Plenaria.Platform.Ties;

public static class TiesExtensions
{
    /// <summary>Relations between members and persons.</summary>
    public static ModuleBuilder Ties<T>(this ModuleBuilder module)
        where T : class, ITies => module.Contribute<ITies, T>();
}
