using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;

namespace Plenaria.Sessions.Planning;

/// <summary>A session as everybody reads it: when and where, its agenda, its motions, what was decided and why.</summary>
[AllowAnonymous]
internal sealed class ShowModel(SessionStore sessions, Visitor visitor) : PageModel
{
    public Session Session { get; private set; } = null!;
    public bool HasSeat { get; private set; }

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel)
    {
        if (await sessions.Find(reference, cancel) is not { } session || !session.IsPublic && !visitor.May(SessionsModule.Prepare))
            return NotFound();
        Session = session;
        HasSeat = session.Seats.Exists(s => visitor.Who.Represents.Contains(s.Member));
        return Page();
    }
}
