using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Sessions.Minutes;

/// <summary>The minutes of a session: to write, to have corrected by those that were there, to read.</summary>
[AllowAnonymous]
internal sealed class ShowModel(SessionStore sessions, MinutesStore store, IMembers members, Visitor visitor, Phrases phrases) : PageModel, IRerenders
{
    public Session Session { get; private set; } = null!;
    public SessionMinutes? Minutes { get; private set; }
    public IReadOnlyDictionary<MemberId, MemberLine> Askers { get; private set; } = new Dictionary<MemberId, MemberLine>();
    public IReadOnlyList<Seat> Own { get; private set; } = [];
    public bool MayWrite => visitor.May(SessionsModule.Prepare);
    public bool MayAsk => Minutes?.State == MinutesState.Presented && visitor.IsSignedIn && (Own.Count > 0 || MayWrite);
    public object? Stored => Minutes?.Version;
    /// <summary>What was typed and not taken.</summary>
    public string? Text { get; private set; }

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel) => await Load(reference, cancel) ? Page() : NotFound();

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load((string)RouteData.Values["reference"]!, cancel))
            throw new RuleBroken("platform.changed-meanwhile");
    }

    public Task<IActionResult> OnPostDraftAsync(string reference, int? version, CancellationToken cancel) => Act(reference, acting => store.Draft(Session, version, acting, cancel), cancel);

    public Task<IActionResult> OnPostSaveAsync(string reference, int version, string? text, CancellationToken cancel)
    {
        Text = text;
        return Act(reference, acting =>
        {
            PlenariaDb.Expect(Written, version);
            return store.Edit(Session, Written, text?.Length > SessionMinutes.TextMaxLength ? throw new RuleBroken("sessions.minutes.too-long", ("most", SessionMinutes.TextMaxLength)) : text, acting, cancel);
        }, cancel);
    }

    public Task<IActionResult> OnPostPresentAsync(string reference, int version, CancellationToken cancel) => Act(reference, acting =>
    {
        PlenariaDb.Expect(Written, version);
        return store.Present(Session, Written, this.Site(), acting, cancel);
    }, cancel);

    public Task<IActionResult> OnPostAskAsync(string reference, Guid? by, string? correction, CancellationToken cancel) => Act(reference, acting => store.Ask(Session, Written, by is { } id ? new(id) : MayWrite ? null : Own.Count > 0 ? Own[0].Member : throw new NotAllowed(SessionsModule.TakePart), correction, acting, cancel), cancel);

    public Task<IActionResult> OnPostAnswerAsync(string reference, int number, bool taken, string? answer, CancellationToken cancel) => Act(reference, acting => store.Answer(Session, Written, number, taken, answer, acting, cancel), cancel);

    private SessionMinutes Written => Minutes ?? throw new RuleBroken("platform.changed-meanwhile");

    private async Task<IActionResult> Act(string reference, Func<Acting, Task> act, CancellationToken cancel)
    {
        if (!await Load(reference, cancel))
            return NotFound();
        await act(visitor.Acting());
        return Redirect($"/{phrases.Language}{Session.Path}/minutes");
    }

    // Approved minutes are everybody's; presented ones those members' that had a seat; a draft its writers'.
    private async Task<bool> Load(string reference, CancellationToken cancel)
    {
        if (await sessions.Find(reference, cancel) is not { IsPublic: true } session)
            return false;
        Session = session;
        Minutes = await store.Find(session, cancel, toEdit: true);
        Own = [.. session.Seats.Where(s => visitor.Who.Represents.Contains(s.Member))];
        if (!(MayWrite || Minutes?.State == MinutesState.Approved || Minutes?.State == MinutesState.Presented && Own.Count > 0))
            return false;
        Askers = await members.Lines([.. (Minutes?.Corrections ?? []).Select(c => c.By).OfType<MemberId>().Distinct()], cancel);
        return true;
    }
}
