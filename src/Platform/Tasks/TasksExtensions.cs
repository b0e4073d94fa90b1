using Plenaria.Platform.Modules;

namespace Plenaria.Platform.Tasks;

public static class TasksExtensions
{
    /// <summary>What waits for a person: on their workspace, while the module is switched on.</summary>
    public static ModuleBuilder Tasks<T>(this ModuleBuilder module)
        where T : class, ITaskSource => module.Contribute<ITaskSource, T>();
}
