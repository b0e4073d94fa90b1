using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Plenaria.Ballots;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;

namespace Plenaria.Sessions.Room;

/// <summary>
/// What the hall sees on its wall: the point, who speaks, the vote. It renews itself, also without scripts.
/// </summary>
[AllowAnonymous]
internal sealed class ScreenModel(SessionStore sessions, IBallots ballots, CurrentUser visitor, PageLocalizer phrases)
    : RoomModel(sessions, visitor, phrases)
{
    private const string Seconds = "4";

    protected override string Name => "screen";

    /// <summary>Whoever reads slowly, or by ear, stops the page from renewing itself.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Still { get; set; }

    public Voices Voices { get; private set; } = null!;
    public BallotLine? Ballot { get; private set; }

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel)
    {
        if (!await Load(reference, cancel))
            return NotFound();
        Voices = SessionCommands.VoicesOf(Session);
        Ballot = Session.Log.OpenVote?.Ballot is { } ballot ? await ballots.Read(ballot, cancel) : null;
        if (Session.State != SessionState.Ended && !Still)
            Response.Headers["Refresh"] = Seconds;
        // How many have voted is told to nobody's cache.
        Response.Headers.CacheControl = "no-store";
        return Page();
    }
}
