using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Imports;

/// <summary>A kind of import and what carries it out.</summary>
/// <param name="Reader">Of its tables.</param>
internal sealed record KnownImport(ImportKind Kind, IImport Import, TableReader Reader)
{
    public IEnumerable<ImportColumn> Needed => Import.Columns.Where(c => c.IsNeeded);
}

/// <summary>The imports of the modules that this network uses.</summary>
internal sealed class ImportCatalog(Contributions contributions, Localizer texts)
{
    // A heading may also be what the pages call a column, in any language.
    private TableReader MakeReader(IImport import) =>
        new([
            .. import.Columns.Select(column =>
                column with
                {
                    Headings =
                    [
                        .. column.Headings,
                        .. Language.All.Select(l => Folding.Fold(texts.Get(l, column.TextKey))),
                    ],
                }
            ),
        ]);

    public async Task<KnownImport?> FindAsync(string kind, CancellationToken cancel)
    {
        if (
            (await contributions.DeclaredAsync<ImportDeclaration>(cancel)).FirstOrDefault(d => d.Kind.Key == kind)
            is not { } declared
        )
            return null;
        var imports = await contributions.GetAsync<IImport>(cancel);
        var import = imports.First(i => i.GetType() == declared.Implementation);
        return new(declared.Kind, import, MakeReader(import));
    }

    /// <exception cref="InvalidOperationException">No module in use imports it.</exception>
    public async Task<KnownImport> GetAsync(string kind, CancellationToken cancel) =>
        await FindAsync(kind, cancel) ?? throw new InvalidOperationException($"Nothing imports '{kind}'.");
}
