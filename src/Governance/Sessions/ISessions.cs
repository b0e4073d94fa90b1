using Microsoft.EntityFrameworkCore;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Bodies;
using Plenaria.Platform.Data;
using Plenaria.Sessions.Minutes;

namespace Plenaria.Sessions;

/// <summary>A session as another module begins it. Agenda, motions and notice come on its page.</summary>
/// <param name="Zone">The IANA zone of its place.</param>
public sealed record SessionDraft(
    BodyKey Body,
    LocalizedText Title,
    string Zone,
    DateTimeOffset Starts,
    DateTimeOffset Ends
)
{
    public LocalizedText Text { get; init; } = LocalizedText.Empty;
    public string? Place { get; init; }

    /// <summary>Members with a seat; the body's own where none are named.</summary>
    public IReadOnlyCollection<MemberId> Seats { get; init; } = [];
}

/// <summary>A session as other modules see it. <paramref name="Path"/> is without the language.</summary>
public sealed record SessionLine(
    Reference Reference,
    BodyKey Body,
    LocalizedText Title,
    string Zone,
    DateTimeOffset Starts,
    DateTimeOffset Ends,
    SessionState State,
    string Path
);

/// <summary>A time that a member was there; without an end while it still is.</summary>
public sealed record AttendanceTime(DateTimeOffset From, DateTimeOffset? Until, bool IsRemote);

/// <summary>A member that was called to a session, and whether it came.</summary>
/// <param name="Times">When it was there; empty when it never came.</param>
/// <param name="RepresentedBy">Who was there and held its voice when it was not.</param>
public sealed record MemberAttendance(
    MemberId Member,
    LocalizedText Name,
    bool IsObserver,
    IReadOnlyList<AttendanceTime> Times,
    MemberId? RepresentedBy
);

/// <summary>
/// The door of this module: opens sessions for the bodies that modules declare, and says who was there. What was
/// decided, a module is told by <see cref="ISessionDecisions"/>.
/// </summary>
public interface ISessions
{
    /// <summary>Begins a session and saves it; its body is called together on the session's own page.</summary>
    /// <exception cref="ForbiddenException">The body is not the caller's to call together.</exception>
    /// <exception cref="RuleViolationException">There is no such body or member, or the times cannot be.</exception>
    Task<SessionLine> OpenAsync(SessionDraft draft, OperationContext acting, CancellationToken cancel);

    /// <summary>The sessions of a body, the latest first, drafts among them.</summary>
    Task<IReadOnlyList<SessionLine>> ListAsync(BodyKey body, CancellationToken cancel);

    /// <summary>Who had a seat in a session, and when they were there; null when there is no such session.</summary>
    Task<IReadOnlyList<MemberAttendance>?> FindAttendanceAsync(Reference session, CancellationToken cancel);
}

internal sealed class SessionsApi(PlenariaDb db, SessionStore sessions, BodyService bodies, IMembers members)
    : ISessions
{
    public async Task<SessionLine> OpenAsync(SessionDraft draft, OperationContext acting, CancellationToken cancel)
    {
        var body =
            (await bodies.ListAsync(cancel)).FirstOrDefault(b => b.Key == draft.Body)
            ?? throw new RuleViolationException("sessions.body-unknown");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(draft.Zone, out _))
            throw new RuleViolationException("sessions.zone-unknown", ("zone", draft.Zone));
        if (draft.Ends <= draft.Starts)
            throw new RuleViolationException("sessions.end-before-start");
        if (draft.Title.IsEmpty)
            throw new RuleViolationException("sessions.title-missing");
        var seated = await members.Lines(draft.Seats, cancel);
        if (draft.Seats.FirstOrDefault(id => !seated.ContainsKey(id)) is var unknown && unknown != default)
            throw new RuleViolationException("sessions.member-unknown", ("name", unknown));
        var session = await sessions.New(
            body,
            draft.Title,
            draft.Zone,
            draft.Starts,
            draft.Ends,
            Preset.Consensus,
            acting,
            cancel
        );
        await sessions.Change(
            session,
            "sessions.begun",
            acting,
            () =>
            {
                (session.Text, session.Place) = (draft.Text, draft.Place);
                foreach (var member in seated.Values.OrderBy(m => m.Id.Value))
                    sessions.Seat(session, member);
            },
            cancel
        );
        return Line(session);
    }

    public async Task<IReadOnlyList<SessionLine>> ListAsync(BodyKey body, CancellationToken cancel) =>
        [
            .. (
                await db.Set<Session>()
                    .AsNoTracking()
                    .Where(s => s.BodyKind == body.Kind && s.BodyId == body.Id)
                    .OrderByDescending(s => s.StartsAt)
                    .ToListAsync(cancel)
            ).Select(Line),
        ];

    public async Task<IReadOnlyList<MemberAttendance>?> FindAttendanceAsync(Reference session, CancellationToken cancel)
    {
        if (await sessions.Find(session.ToString(), cancel) is not { } found)
            return null;
        var attendance = new Attendance(found);
        return
        [
            .. found
                .Seats.OrderBy(s => s.Name.ToString(), StringComparer.Ordinal)
                .Select(s => new MemberAttendance(
                    s.Member,
                    s.Name,
                    s.IsObserver,
                    [
                        .. attendance
                            .TimesOf(s)
                            .Select(p => new AttendanceTime(p.From, p.Until, p.Manner == Live.AttendanceMode.Remote)),
                    ],
                    attendance.HolderOf(s)?.Member
                )),
        ];
    }

    private static SessionLine Line(Session session) =>
        new(
            session.Reference,
            session.Body,
            session.Title,
            session.Zone,
            session.StartsAt,
            session.EndsAt,
            session.State,
            session.Path
        );
}
