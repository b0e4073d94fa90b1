using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

namespace Plenaria.Sessions;

/// <summary>
/// A session as the calendars of those invited understand it: iTIP (RFC 5546), with the zone of the place spelt out, so
/// that a change of the clocks between notice and session moves nobody's appointment.
/// </summary>
internal static class Invitation
{
    public const string Request = "REQUEST",
        Cancel = "CANCEL";

    /// <param name="from">Address of the network: who invites.</param>
    public static string Of(
        Session session,
        string method,
        string from,
        string to,
        Uri link,
        Language reader,
        DateTimeOffset at
    )
    {
        var calendar = new Calendar { Method = method, ProductId = "-//Plenaria//Sessions//EN" };
        calendar.Events.Add(
            new CalendarEvent
            {
                // One appointment for the whole life of the session.
                Uid = $"{session.Reference}@{from[(from.LastIndexOf('@') + 1)..].TrimEnd('>')}",
                Sequence = session.Sequence,
                Status = method == Cancel ? "CANCELLED" : "CONFIRMED",
                DtStamp = new CalDateTime(at.UtcDateTime, "UTC"),
                Start = new CalDateTime(session.Starts.DateTime, session.Zone),
                End = new CalDateTime(session.Ends.DateTime, session.Zone),
                Summary = session.Title.For(reader),
                Description = session.Text.For(reader),
                Location = session.Place,
                Url = link,
                Organizer = new Organizer($"mailto:{MimeKit.MailboxAddress.Parse(from).Address}"),
                Attendees =
                [
                    new Attendee($"mailto:{to}")
                    {
                        Role = "REQ-PARTICIPANT",
                        ParticipationStatus = "NEEDS-ACTION",
                        Rsvp = false,
                    },
                ],
            }
        );
        var written = new CalendarSerializer().SerializeToString(calendar)!;
        var zone = InvitationZone.Write(
            session.Zone,
            WholeSecond(session.StartsAt).AddYears(-1),
            session.EndsAt.AddYears(1)
        );
        return written.Insert(written.IndexOf("BEGIN:VEVENT", StringComparison.Ordinal), zone);
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset at) =>
        DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds());
}
