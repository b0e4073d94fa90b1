using Plenaria.Sessions.Live;

namespace Plenaria.Sessions.Minutes;

/// <summary>
/// A member in the list of who was there. <paramref name="Holder"/> spoke its voice at the end, while it was not there.
/// </summary>
internal sealed record AttendanceRow(
    MemberId Member,
    string Name,
    string Country,
    bool IsObserver,
    IReadOnlyList<Presence> Times,
    string? Holder
)
{
    public bool WasThere => Times.Count > 0;
}

/// <summary>
/// Who was called, who came and went when, and who was represented: from the events of the session alone.
/// </summary>
internal sealed class Attendance(Session session)
{
    private readonly SessionLog _log = session.Log;

    public int Invited => session.Seats.Count(s => !s.IsObserver);
    public int There => session.Seats.Count(s => !s.IsObserver && Came(s));

    /// <summary>Those that never came, and whose holder did.</summary>
    public int Represented => session.Seats.Count(s => !s.IsObserver && !Came(s) && HolderOf(s) is not null);

    private bool Came(Seat seat) => _log.Attendance.Exists(p => p.Member == seat.Member.Value);

    /// <summary>Who came and holds the voice of a member that is not there.</summary>
    public Seat? HolderOf(Seat seat) =>
        _log.HolderOf(seat.Member.Value) is { } holder && _log.Attendance.Exists(p => p.Member == holder)
            ? session.Seats.Find(s => s.Member.Value == holder)
            : null;

    /// <summary>When a member was there, the earliest first.</summary>
    public IEnumerable<Presence> TimesOf(Seat seat) =>
        _log.Attendance.Where(p => p.Member == seat.Member.Value).OrderBy(p => p.From);

    /// <summary>By name, as the reader's language sorts them.</summary>
    public IReadOnlyList<AttendanceRow> Rows(Language reader) =>
        [
            .. session
                .Seats.Select(s => new AttendanceRow(
                    s.Member,
                    s.Name.For(reader),
                    s.Country,
                    s.IsObserver,
                    [.. TimesOf(s)],
                    HolderOf(s)?.Name.For(reader)
                ))
                .OrderBy(r => r.Name, StringComparer.Create(reader.Culture, ignoreCase: true)),
        ];
}
