using System.Globalization;

namespace Plenaria.Platform.Places;

/// <summary>Hours by the clocks of the place where something is held: an IANA zone, UTC where it is unknown.</summary>
public static class PlaceTime
{
    public static TimeZoneInfo ZoneOf(string? zone) =>
        zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : TimeZoneInfo.Utc;

    public static DateTimeOffset In(string? zone, DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, ZoneOf(zone));

    private const string Form = "yyyy-MM-dd'T'HH:mm";

    /// <summary>A moment as a form's field for day and hour holds it, by the clocks there.</summary>
    public static string Typed(string? zone, DateTimeOffset at) =>
        In(zone, at).ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>
    /// What such a field sends, which browsers write with seconds when there are some; null when it cannot be a moment
    /// there.
    /// </summary>
    public static DateTimeOffset? Read(string? zone, string? typed) =>
        DateTime.TryParseExact(
            typed?.Trim(),
            [Form, Form + "':'ss", "yyyy-MM-dd HH:mm"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var local
        ) && local.Year is > 1900 and < 9998
            ? At(zone, local)
            : null;

    /// <summary>As <see cref="Read"/>, for a moment on which somebody's rights depend.</summary>
    /// <exception cref="RuleViolationException">It cannot be read, or a change of clocks skips that hour or has it
    /// twice.</exception>
    public static DateTimeOffset ReadClearly(string zone, string typed)
    {
        var at = Read(zone, typed) ?? throw new RuleViolationException("places.time-form", ("typed", typed));
        var (there, shown) = (ZoneOf(zone), Typed(zone, at));
        if (there.IsAmbiguousTime(In(zone, at)))
            throw new RuleViolationException("places.hour-twice", ("typed", shown.Replace('T', ' ')), ("zone", zone));
        return typed.Trim().Replace(' ', 'T').StartsWith(shown, StringComparison.Ordinal)
            ? at
            : throw new RuleViolationException(
                "places.hour-skipped",
                ("typed", typed.Replace('T', ' ')),
                ("zone", zone)
            );
    }

    /// <summary>
    /// The moment at which clocks there show this; of an hour that a change of clocks skips, the one after it.
    /// </summary>
    public static DateTimeOffset At(string? zone, DateTime local)
    {
        var there = ZoneOf(zone);
        var clock = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (there.IsInvalidTime(clock))
            clock = clock.AddHours(1);
        return new DateTimeOffset(clock, there.GetUtcOffset(clock)).ToUniversalTime();
    }
}
