using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Ballots;
using Plenaria.Platform.Access;
using Plenaria.Platform.Bodies;
using Plenaria.Platform.Site;
using Plenaria.Sessions.Live;
using Plenaria.Sessions.Minutes;
using Plenaria.Sessions.Papers;
using Plenaria.Sessions.Wording;

namespace Plenaria.Sessions.Planning;

/// <summary>
/// A session as everybody reads it: when and where, its agenda, its motions, what was decided and why.
/// </summary>
[AllowAnonymous, Cacheable]
internal sealed class ShowModel(
    SessionStore sessions,
    MinutesStore minutes,
    DocumentStore papers,
    IBallots ballots,
    BodyService bodies,
    CurrentUser visitor
) : PageModel
{
    public Session Session { get; private set; } = null!;

    /// <summary>What the body is called, and its page; null when its module is switched off.</summary>
    public Body? Body { get; private set; }
    public bool HasSeat { get; private set; }
    public int Documents { get; private set; }
    public MinutesState? Minutes { get; private set; }
    private readonly Dictionary<int, IReadOnlyList<DocumentView>> _papers = [];

    /// <summary>What the body is going to vote on: open amendments, each before its motion.</summary>
    public IReadOnlyList<(Motion Motion, Amendment? Amendment)> ToVote { get; private set; } = [];

    /// <summary>Sessions that prepare this one, and the one whose motions it works on.</summary>
    public (IReadOnlyList<Session> By, Session? Of) Preparing { get; private set; } = ([], null);

    public ShownVote Shown(Vote vote) => new(Session, vote, Papers: _papers.GetValueOrDefault(vote.Number));

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel)
    {
        if (
            await sessions.Find(reference, cancel) is not { } session
            || !session.IsPublic && !visitor.MayLead(session.Body)
        )
            return NotFound();
        Session = session;
        Body = await bodies.FindAsync(session.Body, cancel);
        Documents = (await papers.Of(session, cancel)).Select(d => d.Number).Distinct().Count();
        // Votes taken by name are read by everybody, once they are closed.
        foreach (
            var vote in session.Log.Votes.Where(v => v is { Method: Method.RollCall, IsOpen: false, Ballot: not null })
        )
            _papers[vote.Number] = await ballots.Papers(vote.Ballot!.Value, cancel);
        if (session.State == SessionState.Ended)
            Minutes = (await minutes.Find(session, cancel))?.State;
        else if (session.State is SessionState.Convened or SessionState.Open)
            ToVote =
            [
                .. session
                    .Motions.Where(m => m.State == MotionState.Submitted)
                    .SelectMany(m => m.InVotingOrder().Select(a => (m, (Amendment?)a)).Append((m, null))),
            ];
        var (by, of) = await sessions.Preparing(session, cancel);
        Preparing = ([.. by.Where(s => s.IsPublic)], of is { IsPublic: true } ? of : null);
        HasSeat = session.SeatsOf(visitor.Who).Count > 0;
        return Page();
    }
}
