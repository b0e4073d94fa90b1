namespace Plenaria.Platform.Site;

/// <summary>A page whose form can be refused: loads again what the page shows beside the form.</summary>
public interface IRerenders
{
    Task RerenderAsync(CancellationToken cancel);
}
