using System.Globalization;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;

namespace Plenaria.Publishing.Content;

/// <summary>An event's time as its page and its lists write it.</summary>
internal static class EventTimes
{
    /// <summary>
    /// Day and hour by the clocks of the place, with the zone, its difference from UTC; one day is named once.
    /// </summary>
    public static string Of(Item item, PageLocalizer phrases) =>
        item.StartsAt is { } startsAt ? Of(startsAt, item.EndsAt, item.Zone, phrases) : "";

    /// <inheritdoc cref="Of(Item, PageLocalizer)"/>
    public static string Of(DateTimeOffset startsAt, DateTimeOffset? until, string? zone, PageLocalizer phrases)
    {
        var culture = phrases.Language.Culture;
        var starts = PlaceTime.In(zone, startsAt);
        var difference =
            starts.Offset == TimeSpan.Zero
                ? "UTC"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"UTC{(starts.Offset < TimeSpan.Zero ? "−" : "+")}{starts.Offset:hh\\:mm}"
                );
        // The zone by its city, as lists of zones name it.
        var offset =
            zone?.Contains('/', StringComparison.Ordinal) == true && !zone.StartsWith("Etc/", StringComparison.Ordinal)
                ? $"{zone[(zone.LastIndexOf('/') + 1)..].Replace('_', ' ')}, {difference}"
                : difference;
        string Day(DateTimeOffset at) => phrases.Date(PartialDate.On(DateOnly.FromDateTime(at.DateTime)));
        string Clock(DateTimeOffset at) => at.DateTime.ToString("t", culture);
        if (until is not { } endsAt)
            return $"{Day(starts)}, {Clock(starts)} ({offset})";
        var ends = PlaceTime.In(zone, endsAt);
        return starts.Date == ends.Date
            ? $"{Day(starts)}, {Clock(starts)}–{Clock(ends)} ({offset})"
            : $"{Day(starts)}, {Clock(starts)} – {Day(ends)}, {Clock(ends)} ({offset})";
    }
}
