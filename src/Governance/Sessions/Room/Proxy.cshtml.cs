using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;

namespace Plenaria.Sessions.Room;

/// <summary>
/// Hands a member's voice to another, or takes it back. A page of its own, so that the seat stays small on a poor line.
/// </summary>
/// <remarks>
/// Whom the desk accredited may hold no role at all: whose vote one may hand on is read from the session.
/// </remarks>
[Authorize]
internal sealed class ProxyModel(
    SessionStore sessions,
    SessionCommands hall,
    VotingRights rights,
    CurrentUser visitor,
    PageLocalizer phrases
) : RoomModel(sessions, visitor, phrases)
{
    protected override string Name => "seat";

    public IReadOnlyList<Seat> Own { get; private set; } = [];

    /// <summary>Acts for a member without being its delegate.</summary>
    public bool IsContact { get; private set; }

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel) =>
        await Load(reference, cancel) ? Page() : NotFound();

    public Task<IActionResult> OnPostProxyAsync(string reference, Guid member, Guid to, CancellationToken cancel) =>
        Act(reference, acting => hall.GiveProxy(reference, new(member), new(to), acting, cancel), cancel);

    public Task<IActionResult> OnPostRevokeAsync(string reference, Guid member, CancellationToken cancel) =>
        Act(reference, acting => hall.RevokeProxy(reference, new(member), acting, cancel), cancel);

    protected override async Task<bool> Load(string reference, CancellationToken cancel)
    {
        if (!await base.Load(reference, cancel) || Session.Rules.Proxies.PerHolder == 0)
            return false;
        Own = [.. InOrder(await rights.FindSeatsAsync(Session, Visitor.Who, cancel))];
        IsContact = Own.Count == 0 && Session.SeatsOf(Visitor.Who).Any(s => !s.IsObserver);
        return Own.Count > 0 || IsContact || Visitor.MayLead(Session.Body);
    }
}
