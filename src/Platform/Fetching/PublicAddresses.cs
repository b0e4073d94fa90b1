using System.Net;
using System.Net.Sockets;

namespace Plenaria.Platform.Fetching;

/// <summary>
/// Which addresses belong to the public internet. All others (this machine, the network around it, what providers of
/// machines reserve for themselves) are nothing that somebody outside may have this program ask.
/// </summary>
internal static class PublicAddresses
{
    // IANA IPv4 Special-Purpose Address Registry, multicast, class E; and where Azure serves its machines.
    private static readonly IPNetwork[] Reserved4 =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "168.63.129.16/32",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork Unicast6 = IPNetwork.Parse("2000::/3"),
        Nat64 = IPNetwork.Parse("64:ff9b::/96"),
        SixToFour = IPNetwork.Parse("2002::/16");

    // Of global unicast: IETF protocols (Teredo among them), documentation.
    private static readonly IPNetwork[] Reserved6 =
    [
        .. new[] { "2001::/23", "2001:db8::/32", "3fff::/20" }.Select(IPNetwork.Parse),
    ];

    public static bool Contains(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return !Array.Exists(Reserved4, n => n.Contains(address));
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return false;
        var bytes = address.GetAddressBytes();
        // RFC 6052 and RFC 3056: a translator or relay would ask the IPv4 address within.
        if (Nat64.Contains(address))
            return Contains(new(bytes.AsSpan(12, 4)));
        if (SixToFour.Contains(address))
            return Contains(new(bytes.AsSpan(2, 4)));
        return address.ScopeId == 0 && Unicast6.Contains(address) && !Array.Exists(Reserved6, n => n.Contains(address));
    }
}
