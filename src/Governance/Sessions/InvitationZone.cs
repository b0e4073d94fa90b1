using System.Globalization;
using System.Text;
using Plenaria.Platform.Places;

namespace Plenaria.Sessions;

/// <summary>
/// A zone as calendars read it (VTIMEZONE of RFC 5545), spelt out as one dated observance for each change of its clocks
/// over the span needed. Recurrence rules guessed from two changes are wrong where a zone follows other rules: Dublin's
/// negative summer time, Ramadan in Morocco, the last days of a period in Egypt.
/// </summary>
internal static class InvitationZone
{
    private const string LocalForm = "yyyyMMdd'T'HHmmss";

    /// <summary>The component, with the line ends of RFC 5545 and one after its last line.</summary>
    public static string Write(string zone, DateTimeOffset from, DateTimeOffset until)
    {
        var (rules, text) = (PlaceTime.ZoneOf(zone), new StringBuilder());
        void Line(string line) => text.Append(line).Append("\r\n");
        void Observance(DateTimeOffset at, TimeSpan before, TimeSpan after)
        {
            // A later clock is called daylight time whatever the zone database calls it: readers only need the offsets.
            var kind = after > before ? "DAYLIGHT" : "STANDARD";
            Line($"BEGIN:{kind}");
            // The onset as the clocks read that were in force until then.
            Line($"DTSTART:{at.ToOffset(before).ToString(LocalForm, CultureInfo.InvariantCulture)}");
            Line($"TZOFFSETFROM:{Written(before)}");
            Line($"TZOFFSETTO:{Written(after)}");
            Line($"TZNAME:{Written(after)}");
            Line($"END:{kind}");
        }
        Line("BEGIN:VTIMEZONE");
        Line($"TZID:{zone}");
        var offset = rules.GetUtcOffset(from);
        Observance(from, offset, offset);
        foreach (var (at, after) in Changes(rules, from, until))
        {
            Observance(at, offset, after);
            offset = after;
        }
        Line("END:VTIMEZONE");
        return text.ToString();
    }

    private static IEnumerable<(DateTimeOffset At, TimeSpan After)> Changes(
        TimeZoneInfo rules,
        DateTimeOffset from,
        DateTimeOffset until
    )
    {
        // No zone changes its clocks twice within a day.
        for (var day = from; day < until; day = day.AddDays(1))
        {
            var (before, after) = (rules.GetUtcOffset(day), rules.GetUtcOffset(day.AddDays(1)));
            if (before == after)
                continue;
            var (low, high) = (day.ToUnixTimeSeconds(), day.AddDays(1).ToUnixTimeSeconds());
            while (high - low > 1)
            {
                var middle = (low + high) / 2;
                if (rules.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(middle)) == before)
                    low = middle;
                else
                    high = middle;
            }
            yield return (DateTimeOffset.FromUnixTimeSeconds(high), after);
        }
    }

    private static string Written(TimeSpan offset) =>
        (offset < TimeSpan.Zero ? "-" : "+")
        + offset.ToString(offset.Seconds == 0 ? "hhmm" : "hhmmss", CultureInfo.InvariantCulture);
}
