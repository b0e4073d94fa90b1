using System.Net;

namespace Plenaria.Platform.Fetching;

/// <summary>Finds the addresses of a host.</summary>
internal interface IHostResolver
{
    /// <exception cref="System.Net.Sockets.SocketException">There is no such host, or nobody to ask.</exception>
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancel);
}

/// <summary>As the machine resolves names.</summary>
internal sealed class SystemHostResolver : IHostResolver
{
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancel) =>
        IPAddress.TryParse(host.Trim('[', ']'), out var address)
            ? [address]
            : await Dns.GetHostAddressesAsync(host, cancel);
}
