using Plenaria.Platform.Modules;

namespace Plenaria.Members;

/// <summary>The institutions of the network, who acts for them, and the Secretariat's regional offices.</summary>
public sealed class MembersModule : IModule
{
    public void Declare(ModuleBuilder module) => module.Sample(MembersSample.Load);
}
