namespace Plenaria.Platform.Places;

/// <summary>Hours by the clocks of the place where something is held: an IANA zone, UTC where it is unknown.</summary>
public static class PlaceTime
{
    public static TimeZoneInfo ZoneOf(string? zone) => zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : TimeZoneInfo.Utc;

    public static DateTimeOffset In(string? zone, DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, ZoneOf(zone));

    /// <summary>The moment at which clocks there show this; of an hour that a change of clocks skips, the one after it.</summary>
    public static DateTimeOffset At(string? zone, DateTime local)
    {
        var there = ZoneOf(zone);
        var clock = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (there.IsInvalidTime(clock))
            clock = clock.AddHours(1);
        return new DateTimeOffset(clock, there.GetUtcOffset(clock)).ToUniversalTime();
    }
}
