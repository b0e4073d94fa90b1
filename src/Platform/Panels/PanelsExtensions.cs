using Plenaria.Platform.Modules;

namespace Plenaria.Platform.Panels;

public static class PanelsExtensions
{
    /// <summary>What it shows on the pages of others.</summary>
    public static ModuleBuilder Panels<T>(this ModuleBuilder module)
        where T : class, IPanels => module.Contribute<IPanels, T>();
}
