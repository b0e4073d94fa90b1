namespace Plenaria.Platform.Site;

/// <summary>
/// The address people reach the house at, from the setting <c>Site:Url</c>. Every link that leaves the house is built on
/// it, whatever a request claims. Without it, links follow the address that was asked: good for a look, not for a house
/// that sends mail.
/// </summary>
public sealed class SiteAddress
{
    public SiteAddress(string? setting)
    {
        if (string.IsNullOrWhiteSpace(setting))
            return;
        Url = Uri.TryCreate(setting, UriKind.Absolute, out var url) && url is { Scheme: "http" or "https", AbsolutePath: "/" }
            ? url
            : throw new InvalidOperationException("Site:Url is an address such as https://network.example, without a path.");
    }

    public Uri? Url { get; }
}
