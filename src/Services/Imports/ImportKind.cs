using Plenaria.Platform.Modules;

namespace Plenaria.Imports;

/// <summary>What a module takes over from tables.</summary>
/// <param name="Key">Its name in addresses and in the journal, such as <c>members</c>.</param>
/// <param name="Permission">What whoever imports must hold everywhere: a file may name any place.</param>
/// <param name="TitleKey">The text that names the import, such as “Import members”.</param>
/// <param name="LeadKey">The text that says what to upload.</param>
/// <param name="Act">The act that the journal records once per file.</param>
/// <param name="Path">Where what was imported is seen, without the language.</param>
public sealed record ImportKind(string Key, string Permission, string TitleKey, string LeadKey, string Act, string Path)
{
    /// <summary>Where a file is brought, without the language.</summary>
    public string UploadPath => $"/import/{Key}";
}

/// <summary>A kind of import and what carries it out.</summary>
internal sealed record ImportDeclaration(ImportKind Kind, Type Implementation) : IUniqueDeclaration
{
    string IUniqueDeclaration.Key => Kind.Key;
}

public static class ImportExtensions
{
    /// <summary>
    /// Lets tables of this kind be imported, by the pages under <c>/import</c> and by the module's command, while the
    /// module is switched on.
    /// </summary>
    public static ModuleBuilder Import<T>(this ModuleBuilder module, ImportKind kind)
        where T : class, IImport => module.Contribute<IImport, T>().Add(new ImportDeclaration(kind, typeof(T)));
}
