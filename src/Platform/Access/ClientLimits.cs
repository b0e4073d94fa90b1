using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Plenaria.Platform.Access;

/// <summary>
/// How often people who are not known may do what costs others something: ask for mail, try a code, upload. Counted in
/// this process by the network they come from, by form, and by the address that is written to; what guards an account
/// itself is counted in the database.
/// </summary>
public sealed class ClientLimits : IDisposable
{
    private readonly PartitionedRateLimiter<string> _asks = PerHour(60);
    private readonly PartitionedRateLimiter<string> _tries = PerHour(120);

    // A hall of delegates signs in from one address; what guards an account is counted for each account.
    private readonly PartitionedRateLimiter<string> _signIns = PerHour(1_000);
    private readonly PartitionedRateLimiter<string> _byForm = PerHour(600);
    private readonly PartitionedRateLimiter<string> _byRecipient = PerHour(6);
    private readonly PartitionedRateLimiter<string> _megabytes = PerHour(300);

    /// <summary>A form sent by somebody who is not signed in.</summary>
    /// <exception cref="RuleViolationException">Too many in the last hour, from this network or of this
    /// form.</exception>
    public void CountAsk(HttpContext context, string form)
    {
        Count(_asks, NetworkOf(context.Connection.RemoteIpAddress));
        Count(_byForm, form);
    }

    /// <summary>A link asked for.</summary>
    /// <exception cref="RuleViolationException">Too many in the last hour from this network.</exception>
    public void CountSignIn(HttpContext context) => Count(_signIns, NetworkOf(context.Connection.RemoteIpAddress));

    /// <summary>A code typed.</summary>
    /// <inheritdoc cref="CountAsk"/>
    public void CountTry(HttpContext context) => Count(_tries, NetworkOf(context.Connection.RemoteIpAddress));

    /// <summary>A letter that somebody who is not signed in has written to an address of their choice.</summary>
    /// <exception cref="RuleViolationException">The address was written to too often in the last hour.</exception>
    public void CountLetter(string recipient) => Count(_byRecipient, Mailbox(recipient), "mail.enough-to-address");

    /// <summary>An upload by somebody who is not signed in.</summary>
    /// <exception cref="RuleViolationException">Too much from this network in the last hour.</exception>
    public void CountUpload(HttpContext context, long bytes) =>
        Count(
            _megabytes,
            NetworkOf(context.Connection.RemoteIpAddress),
            "files.enough-for-now",
            (int)(bytes >> 20) + 1
        );

    /// <summary>
    /// Whom requests are counted for: an IPv4 address; of an IPv6 address the first 64 bits, since a household or a
    /// rented machine has all addresses below them (RFC 6177).
    /// </summary>
    public static string NetworkOf(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? new IPAddress([.. address.GetAddressBytes().Take(8), .. new byte[8]]) + "/64"
            : address.ToString();
    }

    // What stands after a plus reaches the same mailbox (RFC 5233).
    private static string Mailbox(string address)
    {
        var normal = Accounts.Normal(address);
        var (plus, at) = (normal.IndexOf('+', StringComparison.Ordinal), normal.LastIndexOf('@'));
        return plus > 0 && plus < at ? normal[..plus] + normal[at..] : normal;
    }

    private static void Count(
        PartitionedRateLimiter<string> limiter,
        string partition,
        string refusal = "access.too-many-tries",
        int permits = 1
    )
    {
        using var lease = limiter.AttemptAcquire(partition, permits);
        if (!lease.IsAcquired)
            throw new RuleViolationException(refusal, ("minutes", 60));
    }

    private static PartitionedRateLimiter<string> PerHour(int most) =>
        PartitionedRateLimiter.Create<string, string>(partition =>
            RateLimitPartition.GetSlidingWindowLimiter(
                partition,
                _ =>
                    new()
                    {
                        PermitLimit = most,
                        Window = TimeSpan.FromHours(1),
                        SegmentsPerWindow = 6,
                        QueueLimit = 0,
                    }
            )
        );

    public void Dispose()
    {
        foreach (
            var limiter in (PartitionedRateLimiter<string>[])
                [_asks, _tries, _signIns, _byForm, _byRecipient, _megabytes]
        )
            limiter.Dispose();
    }
}
