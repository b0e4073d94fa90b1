using Microsoft.AspNetCore.Mvc;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;
using Plenaria.Sessions.Room;

namespace Plenaria.Sessions.Accreditation;

/// <summary>
/// A member's people at a session, each with the code that lets them in; for the desk all of them, to print.
/// </summary>
[Allow(SessionsModule.TakePart)]
internal sealed class DelegatesModel(
    SessionStore sessions,
    Credentials credentials,
    CurrentUser visitor,
    PageLocalizer phrases
) : RoomModel(sessions, visitor, phrases)
{
    protected override string Name => "delegates";

    public IReadOnlyList<Seat> Own { get; private set; } = [];
    public IReadOnlyList<Accredited> People { get; private set; } = [];
    public bool IsDesk => Visitor.MayLead(Session.Body);
    public bool MayChange => Session.State is SessionState.Convened or SessionState.Open;

    public string CheckInAddress(Accredited person) =>
        new Uri(this.Site(), $"/{Reader}{Session.Path}/check-in/{person.Code}").ToString();

    public string SentBy(Accredited person) =>
        person.Organisation ?? (person.Member is { } member ? NameOf(member.Value).For(Reader) : "");

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel) =>
        await Load(reference, cancel) ? Page() : NotFound();

    /// <param name="named">The member, as the desk's list shows it.</param>
    public Task<IActionResult> OnPostNameAsync(
        string reference,
        Guid? member,
        string? named,
        string? organisation,
        string? name,
        DelegateKind kind,
        string? address,
        CancellationToken cancel
    ) =>
        Act(
            reference,
            acting =>
            {
                MemberId? of =
                    member is { } id ? new(id)
                    : string.IsNullOrWhiteSpace(named) ? null
                    : Session.Seats.Find(s => s.Name.For(Reader) == named.Trim())?.Member
                        ?? throw new RuleViolationException("sessions.member-unknown", ("name", named));
                return credentials.Name(Session, of, organisation, name, kind, acting, cancel, address);
            },
            cancel
        );

    public Task<IActionResult> OnPostRemoveAsync(string reference, Guid id, CancellationToken cancel) =>
        Act(reference, acting => credentials.Remove(Session, id, acting, cancel), cancel);

    protected override async Task<bool> Load(string reference, CancellationToken cancel)
    {
        if (!await base.Load(reference, cancel))
            return false;
        Own = Session.SeatsOf(Visitor.Who);
        People =
        [
            .. (await credentials.Of(Session, cancel))
                .Where(d => IsDesk || Own.Any(s => s.Member == d.Member))
                .OrderBy(SentBy, StringComparer.Create(Reader.Culture, ignoreCase: true))
                .ThenBy(d => d.Kind),
        ];
        return IsDesk || Own.Count > 0;
    }
}
