using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;

namespace Plenaria.Sessions.Minutes;

/// <summary>
/// Who was called and who was there, from when to when: the list that a court asks for, and the roll to sign before.
/// </summary>
[Allow(SessionsModule.TakePart)]
internal sealed class AttendanceModel(SessionStore sessions, CurrentUser visitor, PageLocalizer phrases) : PageModel
{
    public Session Session { get; private set; } = null!;
    public Attendance List { get; private set; } = null!;
    public IReadOnlyList<AttendanceRow> Rows { get; private set; } = [];

    public string Clock(DateTimeOffset at) => PlaceTime.In(Session.Zone, at).ToString("t", phrases.Language.Culture);

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel)
    {
        if (
            await sessions.Find(reference, cancel) is not { IsPublic: true } session
            || !visitor.MayLead(session.Body) && session.SeatsOf(visitor.Who).Count == 0
        )
            return NotFound();
        (Session, List) = (session, new(session));
        Rows = List.Rows(phrases.Language);
        return Page();
    }
}
