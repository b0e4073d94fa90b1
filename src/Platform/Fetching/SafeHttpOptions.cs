using System.Net;
using Microsoft.Extensions.Configuration;

namespace Plenaria.Platform.Fetching;

/// <summary>Bounds of what is read from addresses that others gave.</summary>
public sealed record SafeHttpOptions
{
    /// <summary>How much of an answer is read, in bytes, sent and decompressed alike.</summary>
    public long MaxBytes { get; init; } = 10 << 20;

    /// <summary>How long all of it may take, redirects included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// A proxy through which all is asked. It has to refuse private addresses itself as well: it resolves names once
    /// more.
    /// </summary>
    public Uri? Proxy { get; init; }

    /// <summary>Networks that may be asked although they are not public.</summary>
    public IReadOnlyList<IPNetwork> AllowedNetworks { get; init; } = [];

    /// <summary>The section <c>Fetching</c> of the configuration.</summary>
    public static SafeHttpOptions Read(IConfiguration fetching) =>
        new()
        {
            MaxBytes = Math.Clamp(fetching.GetValue("MaxMegabytes", 10L), 1, 1_000) << 20,
            Timeout = TimeSpan.FromSeconds(Math.Clamp(fetching.GetValue("Seconds", 20), 1, 600)),
            Proxy = fetching["Proxy"] is { Length: > 0 } proxy ? new(proxy) : null,
            AllowedNetworks =
            [
                .. (fetching["AllowedNetworks"] ?? "")
                    .Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)
                    .Select(IPNetwork.Parse),
            ],
        };
}
