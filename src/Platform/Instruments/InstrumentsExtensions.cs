using Plenaria.Platform.Modules;

namespace Plenaria.Platform.Instruments;

public static class InstrumentsExtensions
{
    /// <summary>What can carry out an action of a plan, and what it yields.</summary>
    public static ModuleBuilder Instruments<T>(this ModuleBuilder module)
        where T : class, IInstruments => module.Contribute<IInstruments, T>();
}
