using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Imports;

/// <summary>Files that somebody is looking through, for the pages that show one.</summary>
internal static class ImportSample
{
    private const string List = "imports.json";

    private sealed record SampleFile(Guid Id, string Kind, string File, string Language);

    public static async Task LoadAsync(IServiceProvider services, SampleFolder folder, CancellationToken cancel)
    {
        if (!folder.Has(List))
            return;
        var (files, catalog) = (
            services.GetRequiredService<ImportFileStore>(),
            services.GetRequiredService<ImportCatalog>()
        );
        var by = services.GetRequiredService<SystemActor>().As("sample").Actor;
        foreach (var file in folder.Read<IReadOnlyList<SampleFile>>(List))
        {
            if (await catalog.FindAsync(file.Kind, cancel) is not { } import)
                continue;
            using var content = new MemoryStream(folder.Bytes(file.File));
            await files.AddAsync(
                import,
                new(file.Kind, file.File, content, Language.Parse(file.Language)),
                by,
                cancel,
                file.Id
            );
        }
    }
}
