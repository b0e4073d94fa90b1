using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Jobs;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Subjects;

namespace Plenaria.Imports;

/// <summary>
/// Takes tables over into the records of other modules: reading, comparing, choosing columns, applying in the
/// background. What the rows mean, each module says itself.
/// </summary>
public sealed class ImportsModule : IModule
{
    public void Declare(ModuleBuilder module) =>
        module
            .AlwaysOn()
            .Services(services =>
                services
                    .AddScoped<ImportCatalog>()
                    .AddScoped<ImportService>()
                    .AddScoped<ImportFileStore>()
                    .AddSingleton<ImportProgress>()
                    .AddHostedService<ImportWorker>()
            )
            .Authored<ImportFile>(f => f.Account, f => f.By, "imports.records")
            .Job(
                "imports",
                TimeSpan.FromDays(1),
                (services, cancel) => services.GetRequiredService<ImportFileStore>().ForgetOldAsync(cancel)
            )
            .Sample(ImportSample.LoadAsync);
}
