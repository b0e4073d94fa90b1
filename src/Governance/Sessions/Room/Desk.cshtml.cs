using Microsoft.AspNetCore.Mvc;
using Plenaria.Ballots;
using Plenaria.Ballots.Rules;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Sessions.Live;
using Plenaria.Sessions.Planning;

namespace Plenaria.Sessions.Room;

/// <summary>The desk of a running session: quorum and calls, votes, floor, agenda, credentials.</summary>
[Allow(SessionsModule.Conduct)]
internal sealed class DeskModel(
    SessionStore sessions,
    SessionCommands hall,
    IBallots ballots,
    CurrentUser visitor,
    PageLocalizer phrases
) : RoomModel(sessions, visitor, phrases)
{
    private readonly PageLocalizer _phrases = phrases;

    protected override string Name => "desk";

    public Voices Voices { get; private set; } = null!;
    public IReadOnlyList<Measured> Quorum { get; private set; } = [];
    public BallotLine? Ballot { get; private set; }

    /// <summary>Voices of the running roll call that have not been heard.</summary>
    public IReadOnlyList<Seat> Unvoted { get; private set; } = [];

    /// <summary>What the desk looks for in its list of seats.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Find { get; set; }

    public IEnumerable<Seat> Found =>
        string.IsNullOrWhiteSpace(Find)
            ? ByName
            : ByName.Where(s =>
                Folding
                    .Fold(s.Name.For(_phrases.Language))
                    .Contains(Folding.Fold(Find.Trim()), StringComparison.Ordinal)
            );

    public Method Usual =>
        Session.Preset switch
        {
            Preset.Consensus => Method.Consensus,
            Preset.RollCall => Method.RollCall,
            _ => Method.ShowOfHands,
        };

    public string DecisionName(string key) => DecisionNames.Of(key, _phrases);

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel) =>
        await Load(reference, cancel) ? Page() : NotFound();

    public Task<IActionResult> OnPostCallAsync(string reference, CancellationToken cancel) =>
        Act(reference, acting => hall.Call(reference, acting, cancel), cancel);

    public Task<IActionResult> OnPostArriveAsync(string reference, Guid member, CancellationToken cancel) =>
        Act(reference, acting => hall.Arrive(reference, new(member), AttendanceMode.Hall, acting, cancel), cancel);

    public Task<IActionResult> OnPostLeaveAsync(string reference, Guid member, CancellationToken cancel) =>
        Act(reference, acting => hall.Depart(reference, new(member), acting, cancel), cancel);

    public Task<IActionResult> OnPostTakeAsync(string reference, Guid item, CancellationToken cancel) =>
        Act(reference, acting => hall.Take(reference, item, acting, cancel), cancel);

    public Task<IActionResult> OnPostGiveFloorAsync(string reference, Guid speech, CancellationToken cancel) =>
        Act(reference, acting => hall.GiveFloor(reference, speech, acting, cancel), cancel);

    public Task<IActionResult> OnPostEndSpeechAsync(string reference, Guid speech, CancellationToken cancel) =>
        Act(reference, acting => hall.LeaveFloor(reference, speech, acting, cancel), cancel);

    public Task<IActionResult> OnPostSpeakersAsync(string reference, bool open, CancellationToken cancel) =>
        Act(reference, acting => hall.OpenSpeakers(reference, open, acting, cancel), cancel);

    public Task<IActionResult> OnPostPutAsync(
        string reference,
        Guid? subject,
        string? question,
        Method method,
        string decision,
        CancellationToken cancel
    ) =>
        Act(
            reference,
            acting =>
                hall.PutVote(
                    reference,
                    subject,
                    LocalizedText.Empty.Reworded(
                        _phrases.Language,
                        question?.Length > Session.TitleMaxLength ? question[..Session.TitleMaxLength] : question
                    ),
                    method,
                    decision,
                    acting,
                    cancel
                ),
            cancel
        );

    public Task<IActionResult> OnPostHeardAsync(
        string reference,
        int number,
        Guid member,
        string option,
        string tracker,
        CancellationToken cancel
    ) => Act(reference, acting => hall.Cast(reference, number, new(member), option, tracker, acting, cancel), cancel);

    public Task<IActionResult> OnPostCloseAsync(
        string reference,
        bool objections,
        long? yes,
        long? no,
        long? abstain,
        CancellationToken cancel
    ) =>
        Act(
            reference,
            acting =>
                hall.CloseVote(
                    reference,
                    yes is null && no is null && abstain is null
                        ? null
                        : new Counted
                        {
                            Yes = yes ?? 0,
                            No = no ?? 0,
                            Abstentions = abstain ?? 0,
                        },
                    objections,
                    acting,
                    cancel
                ),
            cancel
        );

    public Task<IActionResult> OnPostVoidAsync(string reference, CancellationToken cancel) =>
        Act(reference, acting => hall.VoidVoteAsync(reference, acting, cancel), cancel);

    public Task<IActionResult> OnPostChairAsync(string reference, int number, Side side, CancellationToken cancel) =>
        Act(reference, acting => hall.SpeakAsChair(reference, number, side, acting, cancel), cancel);

    protected override async Task<bool> Load(string reference, CancellationToken cancel)
    {
        if (!await base.Load(reference, cancel))
            return false;
        Visitor.Acting().RequireLead(Session.Body);
        Voices = SessionCommands.VoicesOf(Session);
        Quorum = SessionCommands.Quorum(
            Session,
            Session.State == SessionState.Convened ? Session.Log.Calls.Count + 1 : Session.Log.Call
        );
        if (Session.Log.OpenVote is { Ballot: { } ballot } vote)
        {
            Ballot = await ballots.Read(ballot, cancel);
            if (vote.Method == Method.RollCall)
            {
                var waiting = await ballots.Waiting(ballot, cancel);
                Unvoted = [.. ByName.Where(s => waiting.Contains(s.Member))];
            }
        }
        return true;
    }
}
