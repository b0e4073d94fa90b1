using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Instruments;
using Plenaria.Platform.Modules;

namespace Plenaria.Members;

/// <summary>The institutions of the network, who acts for them, and the Secretariat's regional offices.</summary>
public sealed class MembersModule : IModule
{
    public void Declare(ModuleBuilder module) => module
        .Services(services => services.AddScoped<IInstruments, MembersByRegion>().AddScoped<IScopeSource, OfficeScopes>().AddScoped<IScopeSource, MemberScopes>())
        .Door("members.door", "/members", order: 40)
        .Sample(MembersSample.Load);
}
