using Plenaria.Platform.Site;

namespace Plenaria.Imports;

/// <summary>A kind of import and what carries it out.</summary>
internal sealed record KnownImport(ImportKind Kind, IImport Import)
{
    public IEnumerable<ImportColumn> Needed => Import.Columns.Where(c => c.IsNeeded);
}

/// <summary>The imports of the modules that this network uses.</summary>
internal sealed class ImportCatalog(Contributions contributions)
{
    public async Task<KnownImport?> FindAsync(string kind, CancellationToken cancel)
    {
        if (
            (await contributions.DeclaredAsync<ImportDeclaration>(cancel)).FirstOrDefault(d => d.Kind.Key == kind)
            is not { } declared
        )
            return null;
        var imports = await contributions.GetAsync<IImport>(cancel);
        return new(declared.Kind, imports.First(i => i.GetType() == declared.Implementation));
    }

    /// <exception cref="InvalidOperationException">No module in use imports it.</exception>
    public async Task<KnownImport> GetAsync(string kind, CancellationToken cancel) =>
        await FindAsync(kind, cancel) ?? throw new InvalidOperationException($"Nothing imports '{kind}'.");
}
