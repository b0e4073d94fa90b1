using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using Plenaria.Platform.Places;
using Plenaria.Sessions;

namespace Plenaria.Tests.Governance.Sessions;

/// <summary>The zone rules of an invitation, read as RFC 5545 says and held against the zone database.</summary>
public class InvitationZoneTests
{
    private sealed record Observance(DateTime Onset, TimeSpan Offset);

    /// <summary>
    /// Observances of a VTIMEZONE; the onset is local time, by the offset in force before it. Recurrence rules are not
    /// read: there must be none.
    /// </summary>
    private static List<Observance> Read(string calendar)
    {
        var zone = Regex.Match(calendar, "BEGIN:VTIMEZONE.*END:VTIMEZONE", RegexOptions.Singleline).Value;
        Assert.DoesNotContain("RRULE", zone, StringComparison.Ordinal);
        return
        [
            .. Regex
                .Matches(zone, @"BEGIN:(STANDARD|DAYLIGHT)\r\n(.*?)END:\1", RegexOptions.Singleline)
                .Select(m =>
                {
                    string Value(string name) =>
                        Regex.Match(m.Groups[2].Value, $@"^{name}:([^\r]+)\r$", RegexOptions.Multiline).Groups[1].Value;
                    return new Observance(
                        DateTime.ParseExact(Value("DTSTART"), "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture),
                        Offset(Value("TZOFFSETTO"))
                    );
                }),
        ];
    }

    private static TimeSpan Offset(string written)
    {
        var offset = TimeSpan.ParseExact(
            written[1..],
            written.Length == 5 ? "hhmm" : "hhmmss",
            CultureInfo.InvariantCulture
        );
        return written[0] == '-' ? -offset : offset;
    }

    // RFC 5545, 3.6.5: the observance with the latest onset before the local time.
    private static TimeSpan OffsetAt(IEnumerable<Observance> observances, DateTime local) =>
        observances.Where(o => o.Onset <= local).MaxBy(o => o.Onset)!.Offset;

    private static string Invite(string zone, DateTimeOffset starts) =>
        Invitation.Of(
            new Session
            {
                Id = Guid.CreateVersion7(),
                Reference = Reference.Parse("T-S-2027-01"),
                Body = new(NetworkBodies.Group),
                Title = LocalizedText.Original(Language.English, "A session"),
                Zone = zone,
                StartsAt = starts,
                EndsAt = starts.AddHours(2),
                Language = Language.English,
                Rules = Presets.Of(null),
            },
            Invitation.Request,
            "network@example.org",
            "member@example.org",
            new("https://example.org/seat"),
            Language.English,
            starts.AddDays(-30)
        );

    /// <summary>The zones of all countries a member can be of, as the system's zone table lists them.</summary>
    private static List<string> Zones()
    {
        var countries = Countries.All.ToHashSet();
        var listed = File.Exists("/usr/share/zoneinfo/zone.tab")
            ? File.ReadLines("/usr/share/zoneinfo/zone.tab")
                .Where(l => !l.StartsWith('#'))
                .Select(l => l.Split('\t'))
                .Where(l => countries.Contains(l[0]))
                .Select(l => l[2])
            : TimeZoneInfo
                .GetSystemTimeZones()
                .Where(z => z.HasIanaId && z.Id.Contains('/', StringComparison.Ordinal))
                .Select(z => z.Id);
        return [.. listed.Where(z => TimeZoneInfo.TryFindSystemTimeZoneById(z, out _))];
    }

    [Fact]
    public void Zone_rules_of_an_invitation_give_the_offsets_of_the_zone_database_for_two_years()
    {
        var starts = new DateTimeOffset(2027, 1, 1, 10, 0, 0, TimeSpan.Zero);
        var (zones, wrong, others) = (Zones(), new List<string>(), new List<string>());
        Assert.True(zones.Count > 350);
        foreach (var zone in zones)
        {
            var observances = Read(Invite(zone, starts));
            var (rules, noda) = (
                TimeZoneInfo.FindSystemTimeZoneById(zone),
                DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone)
            );
            for (var at = starts.AddYears(-1); at < starts.AddYears(1); at = at.AddHours(3))
            {
                var offset = rules.GetUtcOffset(at);
                var local = at.ToOffset(offset).DateTime;
                // An hour that the clocks show twice; the framework does not know Dublin's.
                var around = new[] { rules.GetUtcOffset(at.AddHours(-3)), rules.GetUtcOffset(at.AddHours(3)) };
                if (around.Any(o => o != offset && rules.GetUtcOffset(new DateTimeOffset(local, o)) == o))
                    continue;
                if (OffsetAt(observances, local) != offset)
                    wrong.Add($"{zone} {local:s}: {OffsetAt(observances, local)}, not {offset}");
                else if (noda is not null && noda.GetUtcOffset(Instant.FromDateTimeOffset(at)).ToTimeSpan() != offset)
                    others.Add(zone);
            }
        }
        Assert.Empty(wrong);
        // Another edition of the zone database may know a law of one or two countries that this machine's does not, not
        // more.
        Assert.True(others.Distinct().Count() <= 5, string.Join(", ", others.Distinct()));
    }

    [Theory]
    [InlineData("Europe/Dublin", "2026-12-10", 0)]
    [InlineData("Europe/Dublin", "2027-07-10", 1)]
    [InlineData("Africa/Casablanca", "2027-02-12", 0)]
    [InlineData("Africa/Casablanca", "2027-06-01", 1)]
    [InlineData("Africa/Cairo", "2027-10-28", 3)]
    [InlineData("Africa/Cairo", "2027-10-29", 2)]
    [InlineData("America/Bogota", "2027-03-01", -5)]
    public void Winter_in_Dublin_Ramadan_in_Casablanca_and_the_last_day_in_Cairo_are_right(
        string zone,
        string day,
        int hours
    )
    {
        var local = DateOnly.Parse(day, CultureInfo.InvariantCulture).ToDateTime(new(10, 0));
        var invitation = Invite(zone, new DateTimeOffset(local, TimeSpan.FromHours(hours)));
        Assert.Contains($"DTSTART;TZID={zone}:{local:yyyyMMdd'T'HHmmss}", invitation);
        Assert.Equal(TimeSpan.FromHours(hours), OffsetAt(Read(invitation), local));
    }

    [Fact]
    public void Invitations_that_went_wrong_in_trials_are_right()
    {
        var folder = Sources.Path("..", "shared", "data", "trials", "30-invitation-zones");
        Assert.SkipUnless(Directory.Exists(folder), "The trials are not on this machine.");
        foreach (var file in Directory.GetFiles(folder, "*.ics"))
        {
            var start = Regex.Match(
                File.ReadAllText(file),
                @"^DTSTART;TZID=([^:]+):(\d{8}T\d{6})",
                RegexOptions.Multiline
            );
            var (zone, local) = (
                start.Groups[1].Value,
                DateTime.ParseExact(start.Groups[2].Value, "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture)
            );
            var at = PlaceTime.At(zone, local);
            Assert.Equal(at.UtcDateTime, local - OffsetAt(Read(Invite(zone, at)), local));
        }
    }
}
