using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Modules;

namespace Plenaria.Platform;

/// <summary>The ground floor: register, journal, access, languages, mail, the site itself.</summary>
public sealed class PlatformModule : IModule
{
    public void Declare(ModuleBuilder module) => module
        .Services(services =>
        {
            services.AddScoped<Register.Register>();
            services.AddScoped<Journal.Journal>();
            services.AddScoped<Site.Network>();
            services.AddScoped<Access.Visitor>();
            services.AddScoped<Language.Phrases>();
            services.AddSingleton<Access.Rights>();
            services.AddSingleton<Access.HouseActing>();
        })
        .Permission("site.staff-area", Access.Role.Staff, Access.Role.Regional, Access.Role.Auditor)
        .Sample(Site.NetworkSample.Load)
        .Check("journal", (services, cancel) => services.GetRequiredService<Journal.Journal>().Faults(cancel));
}
