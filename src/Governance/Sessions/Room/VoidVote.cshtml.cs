using Microsoft.AspNetCore.Mvc;
using Plenaria.Ballots;
using Plenaria.Platform.Access;
using Plenaria.Platform.Confirmation;
using Plenaria.Platform.Language;
using Plenaria.Sessions.Live;

namespace Plenaria.Sessions.Room;

/// <summary>Says before a secret ballot is declared void how many votes are deleted unread.</summary>
[Allow(SessionsModule.Conduct)]
internal sealed class VoidVoteModel(
    SessionStore sessions,
    SessionCommands commands,
    IBallots ballots,
    CurrentUser visitor,
    PageLocalizer texts
) : RunningVoteModel(sessions, ballots, visitor, texts)
{
    protected override string Button => Phrases["sessions.vote.void.do"];

    protected override IReadOnlyList<string> Final =>
        [Phrases["sessions.vote.void.final.votes"], Phrases["sessions.vote.void.final.record"]];

    public Task<IActionResult> OnPostAsync(string reference, string? version, CancellationToken cancel) =>
        Act(
            reference,
            acting =>
            {
                Confirmation.RequireSeen(version);
                return commands.VoidVoteAsync(reference, acting, cancel);
            },
            cancel
        );

    protected override bool Ends(Vote vote) => vote.Method == Method.Secret;

    protected override Task<IReadOnlyList<ConfirmationSection>> DescribeAsync(Vote vote, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<ConfirmationSection>>([]);
}
