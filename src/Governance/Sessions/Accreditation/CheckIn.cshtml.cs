using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Sessions.Accreditation;

/// <summary>
/// What the desk's phone shows when it reads somebody's code: who it is, and the button that lets them in.
/// </summary>
[Allow(SessionsModule.Conduct)]
internal sealed class CheckInModel(
    SessionStore sessions,
    Credentials credentials,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public Session Session { get; private set; } = null!;
    public Accredited? Person { get; private set; }

    [BindProperty(SupportsGet = true)]
    public string? Code { get; set; }

    public string SentBy =>
        Person?.Organisation ?? Session.Seats.Find(s => s.Member == Person?.Member)?.Name.For(phrases.Language) ?? "";

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel) =>
        await Load(reference, cancel) ? Page() : NotFound();

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load((string)RouteData.Values["reference"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    public async Task<IActionResult> OnPostAsync(string reference, CancellationToken cancel)
    {
        if (!await Load(reference, cancel))
            return NotFound();
        var code = Code ?? "";
        await credentials.CheckIn(Session, code, visitor.Acting(), cancel);
        return Redirect($"/{phrases.Language}{Session.Path}/check-in/{Uri.EscapeDataString(code)}");
    }

    private async Task<bool> Load(string reference, CancellationToken cancel)
    {
        if (await sessions.Find(reference, cancel) is not { IsPublic: true } session)
            return false;
        visitor.Acting().RequireLead(session.Body);
        Session = session;
        Person = Code is { Length: > 0 } code ? await credentials.Find(session, code, cancel) : null;
        return true;
    }
}
