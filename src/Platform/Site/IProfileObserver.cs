namespace Plenaria.Platform.Site;

/// <summary>Is told after the settings of the network were changed and saved.</summary>
internal interface IProfileObserver
{
    Task ProfileChangedAsync(CancellationToken cancel);
}
