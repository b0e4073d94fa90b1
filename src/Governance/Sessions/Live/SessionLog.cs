using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Plenaria.Ballots.Rules;

namespace Plenaria.Sessions.Live;

/// <summary>A member's time in the session; <paramref name="Until"/> is null while it is there.</summary>
internal sealed record Presence(
    Guid Member,
    string? Person,
    AttendanceMode Manner,
    DateTimeOffset From,
    DateTimeOffset? Until
);

internal sealed record Proxy(Guid From, Guid To);

internal sealed record Speech(
    Guid Id,
    Guid Member,
    SpeechKind Kind,
    Guid? Item,
    DateTimeOffset AskedAt,
    DateTimeOffset? From,
    DateTimeOffset? Until
)
{
    public bool IsWaiting => From is null && Until is null;
    public bool IsOn => From is not null && Until is null;
}

internal sealed record Vote(
    int Number,
    Guid? Motion,
    Guid? Item,
    Dictionary<string, string> Question,
    Method Method,
    string Decision,
    Guid? Ballot,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ClosedAt,
    VoteFigures? Figures,
    Counted? Hands,
    Outcome? Outcome,
    Guid? Amendment = null,
    string? Sha256 = null
)
{
    public bool IsOpen => ClosedAt is null;
}

internal sealed record QuorumCall(
    int Call,
    DateTimeOffset At,
    long Entitled,
    long Present,
    long Represented,
    bool HasQuorum
);

/// <summary>
/// What follows from the events of a session, in their order. <see cref="Apply"/> is the whole of it: the stored state
/// is a copy that <c>verify</c> makes anew.
/// </summary>
internal sealed class SessionLog
{
    /// <summary>How many events it holds.</summary>
    public long Length { get; set; }
    public List<QuorumCall> Calls { get; set; } = [];
    public List<Presence> Attendance { get; set; } = [];
    public List<Proxy> Proxies { get; set; } = [];
    public Guid? Item { get; set; }
    public DateTimeOffset? ItemSince { get; set; }
    public bool TakesSpeakers { get; set; } = true;
    public List<Speech> Speeches { get; set; } = [];
    public List<Vote> Votes { get; set; } = [];
    public DateTimeOffset? EndedAt { get; set; }

    public int Call => Calls.Count == 0 ? 1 : Calls[^1].Call;
    public DateTimeOffset? OpenedAt => Calls.Find(c => c.HasQuorum)?.At;
    public Vote? OpenVote => Votes.Find(v => v.IsOpen);
    public Speech? Speaking => Speeches.Find(s => s.IsOn);

    // Who is there and who speaks for whom, found once between two events.
    private HashSet<Guid>? _present;
    private Dictionary<Guid, Guid>? _holders;

    public bool IsPresent(Guid member) =>
        (_present ??= [.. Attendance.Where(p => p.Until is null).Select(p => p.Member)]).Contains(member);

    /// <summary>Who holds a member's voice now; null when it speaks for itself.</summary>
    public Guid? HolderOf(Guid member) =>
        (_holders ??= Proxies.ToDictionary(p => p.From, p => p.To)).TryGetValue(member, out var holder) ? holder : null;

    /// <summary>
    /// Requests for the floor in the order in which it is given: points of order first; then whoever has spoken fewer
    /// times on this point, and among these whoever asked first.
    /// </summary>
    public IReadOnlyList<Speech> Waiting() =>
        [
            .. Speeches
                .Where(s => s.IsWaiting)
                .OrderByDescending(s => s.Kind == SpeechKind.PointOfOrder)
                .ThenBy(s => Speeches.Count(o => o.Member == s.Member && o.Item == Item && o.From is not null))
                .ThenBy(s => s.AskedAt),
        ];

    /// <summary>How long a member has spoken so far.</summary>
    public TimeSpan SpokenBy(Guid member, DateTimeOffset now) =>
        new(
            Speeches
                .Where(s => s.Member == member && s.From is not null)
                .Sum(s => ((s.Until ?? now) - s.From!.Value).Ticks)
        );

    /// <summary>Adds one event, at the moment at which the journal says it happened.</summary>
    public void Apply(SessionEvent happened, DateTimeOffset at)
    {
        Length++;
        (_present, _holders) = (null, null);
        switch (happened)
        {
            case Called call:
                Calls.Add(new(call.Call, at, call.Entitled, call.Present, call.Represented, call.HasQuorum));
                break;
            case Arrived arrived:
                Attendance.Add(new(arrived.Member, arrived.Person, arrived.Manner, at, null));
                // Who is there speaks for itself.
                Proxies.RemoveAll(p => p.From == arrived.Member);
                break;
            case Departed gone:
                Change(Attendance, p => p.Member == gone.Member && p.Until is null, p => p with { Until = at });
                Change(Speeches, s => s.Member == gone.Member && s.IsWaiting, s => s with { Until = at });
                break;
            case ProxyGiven given:
                Proxies.RemoveAll(p => p.From == given.From);
                Proxies.Add(new(given.From, given.To));
                break;
            case ProxyRevoked revoked:
                Proxies.RemoveAll(p => p.From == revoked.From);
                break;
            case ItemTaken taken:
                Change(Speeches, s => s.Until is null, s => s with { Until = at });
                (Item, ItemSince, TakesSpeakers) = (taken.Item, at, true);
                break;
            case FloorAsked asked:
                Speeches.Add(new(asked.Speech, asked.Member, asked.Kind, Item, at, null, null));
                break;
            case FloorGiven given:
                Change(Speeches, s => s.IsOn, s => s with { Until = at });
                Change(Speeches, s => s.Id == given.Speech, s => s with { From = at });
                break;
            case FloorLeft left:
                Change(Speeches, s => s.Id == left.Speech, s => s with { Until = at });
                break;
            case SpeakersOpened opened:
                TakesSpeakers = opened.Open;
                break;
            case VoteOpened vote:
                Votes.Add(
                    new(
                        vote.Number,
                        vote.Motion,
                        Item,
                        vote.Question,
                        vote.Method,
                        vote.Decision,
                        vote.Ballot,
                        at,
                        null,
                        null,
                        null,
                        null,
                        vote.Amendment,
                        vote.Sha256
                    )
                );
                break;
            case VoteClosed closed:
                Change(
                    Votes,
                    v => v.Number == closed.Number,
                    v =>
                        v with
                        {
                            ClosedAt = at,
                            Figures = closed.Figures,
                            Hands = closed.Hands,
                            Outcome = closed.Outcome,
                        }
                );
                break;
            case ChairSpoke spoke:
                Change(
                    Votes,
                    v => v.Number == spoke.Number,
                    v => v with { Figures = v.Figures! with { Chair = spoke.Side }, Outcome = spoke.Outcome }
                );
                break;
            case SessionEnded:
                Change(Attendance, p => p.Until is null, p => p with { Until = at });
                Change(Speeches, s => s.Until is null, s => s with { Until = at });
                EndedAt = at;
                break;
            default:
                throw new InvalidOperationException($"Nothing follows from {happened.GetType().Name}.");
        }
    }

    private static void Change<T>(List<T> all, Func<T, bool> which, Func<T, T> to)
    {
        for (var i = 0; i < all.Count; i++)
            if (which(all[i]))
                all[i] = to(all[i]);
    }

    public string ToJson() => JsonSerializer.Serialize(this, SessionEvent.Json);

    public static SessionLog Parse(string json) => JsonSerializer.Deserialize<SessionLog>(json, SessionEvent.Json)!;

    internal sealed class Converter() : ValueConverter<SessionLog, string>(log => log.ToJson(), json => Parse(json));

    internal sealed class Comparer()
        : ValueComparer<SessionLog>(
            (a, b) => a!.ToJson() == b!.ToJson(),
            log => log.Length.GetHashCode(),
            log => Parse(log.ToJson())
        );
}
