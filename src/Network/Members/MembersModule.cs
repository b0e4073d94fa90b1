using Microsoft.Extensions.DependencyInjection;
using Plenaria.Members.Import;
using Plenaria.Platform.Access;
using Plenaria.Platform.Instruments;
using Plenaria.Platform.Modules;

namespace Plenaria.Members;

/// <summary>The institutions of the network, who acts for them, and the Secretariat's regional offices.</summary>
public sealed class MembersModule : IModule
{
    internal const string Edit = "members.edit";

    public void Declare(ModuleBuilder module) => module
        .Services(services => services.AddScoped<MemberStore>().AddScoped<MemberImport>().AddScoped<Territory>().AddScoped<IInstruments, MembersByRegion>().AddScoped<IScopeSource, OfficeScopes>().AddScoped<IScopeSource, MemberScopes>())
        .Door("members.door", "/members", order: 40)
        .Permission(Edit, Role.Staff, Role.Regional)
        .Routes(MemberRoutes.Map)
        .Verb(ImportVerb.Make)
        .Check("members", MemberCheck.Faults)
        .AfterUpgrade((services, cancel) => services.GetRequiredService<MemberStore>().Reckon(cancel))
        .Sample(MembersSample.Load);
}
