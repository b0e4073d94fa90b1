using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;
using Plenaria.Sessions.Live;

namespace Plenaria.Sessions.Room;

/// <summary>
/// What the pages of one session share: the session as it is now, acting in it, and being shown again after a refusal.
/// </summary>
internal abstract class RoomModel(SessionStore sessions, CurrentUser visitor, PageLocalizer phrases)
    : PageModel,
        IRerenderable
{
    protected abstract string Name { get; }

    protected CurrentUser Visitor => visitor;

    protected SessionStore Sessions => sessions;

    protected PageLocalizer Phrases => phrases;

    public Session Session { get; private set; } = null!;

    /// <summary>The seat of a member that the log names.</summary>
    public LocalizedText NameOf(Guid member) =>
        Session.Seats.Find(s => s.Member.Value == member)?.Name ?? LocalizedText.Empty;

    /// <summary>The point that is being taken, with its number; null between two points.</summary>
    public string? CurrentPoint =>
        Session.Points().FirstOrDefault(p => p.Item.Id == Session.Log.Item) is { Item: { } item } point
            ? $"{point.Number} {item.Title.For(Reader)}"
            : null;

    public string Clock(DateTimeOffset at) =>
        Platform.Places.PlaceTime.In(Session.Zone, at).ToString("t", phrases.Language.Culture);

    /// <summary>Whole minutes, as they are said at a desk.</summary>
    public static int InMinutes(TimeSpan time) => (int)Math.Max(0, time.TotalMinutes);

    public DateTimeOffset Now => visitor.Acting().At;

    /// <summary>
    /// Minutes that the running speech has left, below 0 when it has taken more; null when nobody counts.
    /// </summary>
    public int? SpeechLeft =>
        Session.SpeechMinutes > 0 && Session.Log.Speaking is { From: { } from }
            ? (int)Math.Floor((from.AddMinutes(Session.SpeechMinutes) - Now).TotalMinutes)
            : null;

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load((string)RouteData.Values["reference"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    protected virtual bool MayRead(Session session) => session.IsPublic;

    protected Language Reader => phrases.Language;

    protected virtual Task<Session?> Read(string reference, CancellationToken cancel) =>
        sessions.Find(reference, cancel);

    protected virtual async Task<bool> Load(string reference, CancellationToken cancel)
    {
        if (await Read(reference, cancel) is not { } session || !MayRead(session))
            return false;
        Session = session;
        return true;
    }

    protected async Task<IActionResult> Act(
        string reference,
        Func<OperationContext, Task> act,
        CancellationToken cancel
    )
    {
        if (!await Load(reference, cancel))
            return NotFound();
        await act(visitor.Acting());
        return Redirect($"/{phrases.Language}{Session.Path}/{Name}");
    }

    /// <summary>Seats by name, as the reader's language sorts them.</summary>
    public IReadOnlyList<Seat> ByName => [.. InOrder(Session.Seats)];

    protected IOrderedEnumerable<Seat> InOrder(IEnumerable<Seat> seats) =>
        seats.OrderBy(
            s => s.Name.For(phrases.Language),
            StringComparer.Create(phrases.Language.Culture, ignoreCase: true)
        );

    public ShownVote Shown(Vote vote) => new(Session, vote);
}
