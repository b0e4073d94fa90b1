using Microsoft.AspNetCore.Mvc;
using Plenaria.Ballots;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Confirmation;
using Plenaria.Platform.Language;
using Plenaria.Sessions.Live;

namespace Plenaria.Sessions.Room;

/// <summary>Says before a ballot ends early whose voice has not been heard.</summary>
[Allow(SessionsModule.Conduct)]
internal sealed class CloseVoteModel(
    SessionStore sessions,
    SessionCommands commands,
    IBallots ballots,
    IMembers members,
    CurrentUser visitor,
    PageLocalizer texts
) : RunningVoteModel(sessions, ballots, visitor, texts)
{
    private readonly IBallots _ballots = ballots;

    protected override string Button => Phrases["sessions.vote.close"];

    protected override IReadOnlyList<string> Final =>
        [Phrases["sessions.vote.close.final.votes"], Phrases["sessions.vote.close.final.result"]];

    public Task<IActionResult> OnPostAsync(string reference, string? version, CancellationToken cancel) =>
        Act(
            reference,
            acting =>
            {
                Confirmation.RequireSeen(version);
                return commands.CloseVote(reference, null, objections: false, acting, cancel);
            },
            cancel
        );

    protected override bool Ends(Vote vote) => vote.Method is Method.RollCall or Method.Secret;

    protected override async Task<IReadOnlyList<ConfirmationSection>> DescribeAsync(Vote vote, CancellationToken cancel)
    {
        var (missing, title) = (Box.OnRoll - Box.HaveVoted, Phrases["sessions.vote.waiting"]);
        if (missing == 0)
            return [];
        var text = Phrases.Count("sessions.vote.waiting.text", missing);
        // Of a secret ballot nobody is named.
        if (vote.Method == Method.Secret)
            return [new(title, text, [], Warns: true)];
        var waiting = await _ballots.Waiting(vote.Ballot!.Value, cancel);
        return await new AudienceSections(members, Phrases).NameAsync(
            title,
            text,
            [.. Session.Seats.Where(s => waiting.Contains(s.Member)).Select(s => (s.Member, s.Name))],
            cancel
        );
    }
}
