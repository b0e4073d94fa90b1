using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Plenaria.Ballots;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Sessions.Live;

namespace Plenaria.Sessions.Room;

/// <summary>
/// A delegate's place on a phone: to say that one is there, to hand on a voice, to ask for the floor, to vote.
/// </summary>
/// <remarks>Whom the desk accredited may hold no role at all: who has a seat is read from the session.</remarks>
[Authorize]
internal sealed class SeatModel(
    SessionStore sessions,
    SessionCache snapshots,
    PlenariaDb db,
    SessionCommands hall,
    IBallots ballots,
    VotingRights rights,
    CurrentUser visitor,
    PageLocalizer phrases
) : RoomModel(sessions, visitor, phrases)
{
    protected override string Name => "seat";

    public IReadOnlyList<Seat> Own { get; private set; } = [];

    /// <summary>The voices one may vote for now: one's own and those one holds.</summary>
    public IReadOnlyList<Seat> Held { get; private set; } = [];

    /// <summary>The members whose vote one may cast.</summary>
    public IReadOnlySet<MemberId> VotesFor { get; private set; } = new HashSet<MemberId>();

    /// <summary>Whether one may act on a seat, or only read how it stands there.</summary>
    public bool MayActOn(Seat seat) => seat.IsObserver || VotesFor.Contains(seat.Member);

    public IReadOnlySet<MemberId> Voted { get; private set; } = new HashSet<MemberId>();

    /// <summary>The mark of the vote just sent, by which it is found again; shown once.</summary>
    [TempData]
    public string? Mark { get; set; }

    /// <summary>What the page says once a vote is in; of a secret one also the tracker, where it is known.</summary>
    public string Acknowledgement(Vote vote, Seat seat, string? tracker)
    {
        var voted = $"✓ {Phrases["sessions.voted", ("name", seat.Name.For(Reader))]}";
        return vote.Method == Method.Secret && tracker is not null
            ? $"{voted} {Phrases["sessions.tracker", ("tracker", tracker)]}"
            : voted;
    }

    public string? TrackerOf(Seat seat) =>
        Mark?.Split(' ') is [var tracker, var member] && member == seat.Member.ToString() ? tracker : null;

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel) =>
        await Load(reference, cancel) ? Page() : NotFound();

    public Task<IActionResult> OnPostArriveAsync(
        string reference,
        Guid member,
        AttendanceMode manner,
        CancellationToken cancel
    ) => Act(reference, acting => hall.Arrive(reference, new(member), manner, acting, cancel), cancel);

    public Task<IActionResult> OnPostLeaveAsync(string reference, Guid member, CancellationToken cancel) =>
        Act(reference, acting => hall.Depart(reference, new(member), acting, cancel), cancel);

    public Task<IActionResult> OnPostAskAsync(
        string reference,
        Guid member,
        SpeechKind kind,
        CancellationToken cancel
    ) => Act(reference, acting => hall.AskFloor(reference, new(member), kind, acting, cancel), cancel);

    public Task<IActionResult> OnPostBackAsync(string reference, Guid speech, CancellationToken cancel) =>
        Act(reference, acting => hall.LeaveFloor(reference, speech, acting, cancel), cancel);

    /// <summary>Hundreds vote in one moment: what the page shows is not read to take a vote.</summary>
    public async Task<IActionResult> OnPostVoteAsync(
        string reference,
        int number,
        Guid member,
        string option,
        string tracker,
        CancellationToken cancel
    )
    {
        if (!await hall.Cast(reference, number, new(member), option, tracker, Visitor.Acting(), cancel))
            return NotFound();
        Mark = $"{tracker} {member}";
        return Redirect($"/{RouteData.Values["lang"]}/plenaries/{reference}/seat");
    }

    protected override Task<Session?> Read(string reference, CancellationToken cancel) =>
        snapshots.Of(reference, db, Sessions, cancel);

    protected override async Task<bool> Load(string reference, CancellationToken cancel)
    {
        if (!await base.Load(reference, cancel))
            return false;
        var own = await rights.FindAsync(Session, Visitor.Who, cancel);
        Own = [.. InOrder(Session.SeatsOf(Visitor.Who).Union(Session.Seats.Where(s => own.Contains(s.Member))))];
        VotesFor = own;
        // One's own voice first.
        Held = [.. InOrder(SessionCommands.VoicesHeldBy(Session, own)).OrderByDescending(s => own.Contains(s.Member))];
        if (Session.Log.OpenVote?.Ballot is { } ballot)
            Voted = await ballots.Voted(ballot, [.. Held.Select(h => h.Member)], cancel);
        return Own.Count > 0 || Visitor.MayLead(Session.Body);
    }
}
