using Plenaria.Platform.Home;
using Plenaria.Platform.Places;

namespace Plenaria.Publishing.Content;

/// <summary>A line of the calendar: an event that is published here, or what another module has coming.</summary>
/// <param name="Kind">What it is, in the reader's language; null of an event.</param>
/// <param name="Path">Without the language.</param>
internal sealed record CalendarEntry(
    DateTimeOffset StartsAt,
    DateTimeOffset? EndsAt,
    string? Zone,
    LocalizedText Title,
    string Path,
    string? Kind,
    string Place,
    LocalizedText Summary
)
{
    /// <summary>Null of what another module has coming.</summary>
    public Reference? Reference { get; init; }

    /// <summary>The month by the clocks of the place, as <see cref="PartialDate"/> is written.</summary>
    public string Month =>
        PlaceTime.In(Zone, StartsAt).ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);

    public static CalendarEntry Of(Item item, Language reader) =>
        new(
            item.StartsAt!.Value,
            item.EndsAt,
            item.Zone,
            item.Title,
            item.Path,
            null,
            string.Join(
                ", ",
                (
                    (string?[])[item.City, item.Country is { } country ? Countries.NameOf(country, reader) : null]
                ).OfType<string>()
            ),
            item.Summary
        )
        {
            Reference = item.Reference,
        };

    public static CalendarEntry Of(UpcomingItem item) =>
        new(
            item.StartsAt,
            item.EndsAt,
            item.Zone,
            item.Title,
            item.Path,
            item.Kind,
            item.Place ?? "",
            LocalizedText.Empty
        );
}
