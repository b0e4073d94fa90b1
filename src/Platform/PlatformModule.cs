using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Modules;

namespace Plenaria.Platform;

/// <summary>The ground floor: register, journal, access, languages, mail, tasks, the site itself.</summary>
public sealed class PlatformModule : IModule
{
    public void Declare(ModuleBuilder module) => module
        .Services(services =>
        {
            services.AddScoped<Register.Register>();
            services.AddScoped<Journal.Journal>();
            services.AddScoped<Data.Archive>();
            services.AddScoped<Site.Network>();
            services.AddScoped<Visitor>();
            services.AddScoped<Language.Phrases>();
            services.AddSingleton<Rights>();
            services.AddSingleton<HouseActing>();
            services.AddScoped(s => new FirstLinks(s.GetRequiredService<Data.PlenariaDb>(), s.GetRequiredService<SignIns>()));
            services.AddScoped<Files.FileStore>();
            services.AddScoped<Mail.Outbox>();
            services.AddHostedService<Mail.Carrier>();
            services.AddScoped<Tasks.ITaskSource, Tasks.HandTasks>();
        })
        .Permission("site.staff-area", Role.Staff, Role.Regional, Role.Auditor)
        .Verb(TokenVerb.Make)
        .Verb(Data.ArchiveVerbs.Backup)
        .Verb(Data.ArchiveVerbs.Restore)
        .Routes(Files.FileRoutes.Map)
        .Sample(Site.NetworkSample.Load)
        .Sample(AccessSample.Load)
        .Check("journal", (services, cancel) => services.GetRequiredService<Journal.Journal>().Faults(cancel))
        .Check("files", (services, cancel) => services.GetRequiredService<Files.FileStore>().Faults(cancel));
}
