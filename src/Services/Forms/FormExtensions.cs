using Plenaria.Platform.Modules;

namespace Plenaria.Forms;

public static class FormExtensions
{
    /// <summary>A form that is filled in over a mailed link.</summary>
    public static ModuleBuilder Form<T>(this ModuleBuilder module)
        where T : class, IFormKind => module.Contribute<IFormKind, T>();
}
