using Plenaria.Platform.Modules;

namespace Plenaria.Publishing;

/// <summary>What the network says in its own voice: editorial pages, news, events, publications and video.</summary>
public sealed class PublishingModule : IModule
{
    public void Declare(ModuleBuilder module)
    {
    }
}
