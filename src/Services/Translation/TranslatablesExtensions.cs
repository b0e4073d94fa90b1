using Plenaria.Platform.Modules;

namespace Plenaria.Translation;

public static class TranslatablesExtensions
{
    /// <summary>Records whose texts are translated.</summary>
    public static ModuleBuilder Translatables<T>(this ModuleBuilder module)
        where T : class, ITranslatables => module.Contribute<ITranslatables, T>();
}
