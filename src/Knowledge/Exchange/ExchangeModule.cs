using Plenaria.Platform.Modules;

namespace Plenaria.Exchange;

/// <summary>What cities say to each other: questions and answers, contribution drives, collections, bookmarks.</summary>
public sealed class ExchangeModule : IModule
{
    public void Declare(ModuleBuilder module)
    {
    }
}
