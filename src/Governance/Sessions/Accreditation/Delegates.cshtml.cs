using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Sessions.Accreditation;

/// <summary>A member's people at a session, each with the code that lets them in; for the desk all of them, to print.</summary>
[Allow(SessionsModule.TakePart)]
internal sealed class DelegatesModel(SessionStore sessions, Credentials credentials, Visitor visitor, Phrases phrases) : PageModel, IRerenders
{
    public Session Session { get; private set; } = null!;
    public IReadOnlyList<Seat> Own { get; private set; } = [];
    public IReadOnlyList<Accredited> People { get; private set; } = [];
    public bool IsDesk => visitor.May(SessionsModule.Prepare);
    public bool MayChange => Session.State is SessionState.Convened or SessionState.Open;

    public string CheckInAddress(Accredited person) => new Uri(this.Site(), $"/{phrases.Language}{Session.Path}/check-in/{person.Code}").ToString();

    public string SentBy(Accredited person) => person.Organisation ?? Session.Seats.Find(s => s.Member == person.Member)?.Name.For(phrases.Language) ?? "";

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel) => await Load(reference, cancel) ? Page() : NotFound();

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load((string)RouteData.Values["reference"]!, cancel))
            throw new RuleBroken("platform.changed-meanwhile");
    }

    public Task<IActionResult> OnPostNameAsync(string reference, Guid? member, string? organisation, string? name, DelegateKind kind, CancellationToken cancel) => Act(reference, acting => credentials.Name(Session, member is { } id ? new(id) : null, organisation, name, kind, acting, cancel), cancel);

    public Task<IActionResult> OnPostRemoveAsync(string reference, Guid id, CancellationToken cancel) => Act(reference, acting => credentials.Remove(Session, id, acting, cancel), cancel);

    private async Task<IActionResult> Act(string reference, Func<Acting, Task> act, CancellationToken cancel)
    {
        if (!await Load(reference, cancel))
            return NotFound();
        await act(visitor.Acting());
        return Redirect($"/{phrases.Language}{Session.Path}/delegates");
    }

    private async Task<bool> Load(string reference, CancellationToken cancel)
    {
        if (await sessions.Find(reference, cancel) is not { IsPublic: true } session)
            return false;
        Session = session;
        Own = [.. session.Seats.Where(s => visitor.Who.Represents.Contains(s.Member))];
        if (!IsDesk && Own.Count == 0)
            return false;
        People = [.. (await credentials.Of(session, cancel)).Where(d => IsDesk || Own.Any(s => s.Member == d.Member)).OrderBy(SentBy, StringComparer.Create(phrases.Language.Culture, ignoreCase: true)).ThenBy(d => d.Kind)];
        return true;
    }
}
