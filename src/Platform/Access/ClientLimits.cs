using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Plenaria.Platform.Access;

/// <summary>
/// How often one network address may ask for a link and try a code, whoever it asks for. Counted in this process: what
/// guards an account itself is counted in the database.
/// </summary>
public sealed class ClientLimits : IDisposable
{
    private readonly PartitionedRateLimiter<string> _asks = PerHour(60), _tries = PerHour(120);

    /// <exception cref="RuleBroken">Too many in the last hour.</exception>
    public void CountAsk(HttpContext context) => Count(_asks, context);

    /// <inheritdoc cref="CountAsk"/>
    public void CountTry(HttpContext context) => Count(_tries, context);

    private static void Count(PartitionedRateLimiter<string> limiter, HttpContext context)
    {
        using var lease = limiter.AttemptAcquire(context.Connection.RemoteIpAddress?.ToString() ?? "");
        if (!lease.IsAcquired)
            throw new RuleBroken("access.too-many-tries", ("minutes", 60));
    }

    private static PartitionedRateLimiter<string> PerHour(int most) => PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetSlidingWindowLimiter(address, _ => new() { PermitLimit = most, Window = TimeSpan.FromHours(1), SegmentsPerWindow = 6, QueueLimit = 0 }));

    public void Dispose()
    {
        _asks.Dispose();
        _tries.Dispose();
    }
}
