using Plenaria.Ballots;
using Plenaria.Platform.Access;
using Plenaria.Platform.Confirmation;
using Plenaria.Platform.Language;
using Plenaria.Sessions.Live;

namespace Plenaria.Sessions.Room;

/// <summary>What the pages share that ask before the running ballot of a session ends.</summary>
internal abstract class RunningVoteModel(
    SessionStore sessions,
    IBallots ballots,
    CurrentUser visitor,
    PageLocalizer texts
) : ConfirmationModel(sessions, visitor, texts)
{
    protected override string Name => "desk";

    protected BallotLine Box { get; private set; } = null!;

    protected abstract string Button { get; }

    protected abstract IReadOnlyList<string> Final { get; }

    protected abstract bool Ends(Vote vote);

    protected abstract Task<IReadOnlyList<ConfirmationSection>> DescribeAsync(Vote vote, CancellationToken cancel);

    protected override async Task<bool> Load(string reference, CancellationToken cancel)
    {
        if (!await base.Load(reference, cancel))
            return false;
        Visitor.Acting().RequireLead(Session.Body);
        // Votes go on arriving while the page is read: it is about the vote, not about how many have been cast.
        Confirmation = new(Button, $"{Session.Log.OpenVote?.Number}", $"{Session.Path}/desk")
        {
            Obstacle = Phrases["sessions.no-vote"],
        };
        if (
            Session.Log.OpenVote is not { Ballot: { } ballot } vote
            || !Ends(vote)
            || await ballots.Read(ballot, cancel) is not { } box
        )
            return true;
        Box = box;
        Confirmation = Confirmation with
        {
            Obstacle = null,
            Sections = [Received(), .. await DescribeAsync(vote, cancel)],
            Final = Final,
        };
        return true;
    }

    private ConfirmationSection Received() =>
        new(
            Phrases["sessions.vote.received"],
            Phrases["sessions.vote.have", ("voted", Box.HaveVoted), ("roll", Box.OnRoll)],
            []
        );
}
