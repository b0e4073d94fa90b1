using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Plenaria.Ballots.Rules;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;

namespace Plenaria.Sessions.Live;

internal enum AttendanceMode
{
    Hall,
    Remote,
}

internal enum SpeechKind
{
    Contribution,
    PointOfOrder,
}

/// <summary>How a vote is taken.</summary>
internal enum Method
{
    Consensus,
    ShowOfHands,
    RollCall,
    Secret,
}

/// <summary>
/// Something that happened in a session. The journal holds each under <c>sessions.{name}</c>; who did it and when
/// stands in the journal's entry. The session is what follows from all of them in their order, and nothing else.
/// </summary>
internal abstract record SessionEvent
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    private static readonly Dictionary<string, Type> Known = typeof(SessionEvent)
        .Assembly.GetTypes()
        .Where(t => t.IsSubclassOf(typeof(SessionEvent)))
        .ToDictionary(ActOf);

    [JsonIgnore]
    public string Act => ActOf(GetType());

    public JsonNode What() => JsonSerializer.SerializeToNode(this, GetType(), Json)!;

    /// <summary>What an entry of the journal tells; null of one that is no event of a session.</summary>
    public static SessionEvent? Of(JournalLine line) =>
        Known.TryGetValue(line.Act, out var type) && line.What is { } what
            ? (SessionEvent)what.Deserialize(type, Json)!
            : null;

    /// <summary>The same event, as it is read from the journal.</summary>
    public static SessionEvent Of(string act, JsonNode what) =>
        (SessionEvent)JsonSerializer.Deserialize(CanonicalJson.Of(what), Known[act], Json)!;

    private static string ActOf(Type type) => $"sessions.{PageLocalizer.Kebab(type.Name)}";
}

/// <summary>The session opens at a call, or passes to the next one; the figures are those of that moment.</summary>
internal sealed record Called(int Call, long Entitled, long Present, long Represented, bool HasQuorum) : SessionEvent;

/// <param name="Person">Of sessions held before names were left out of the log; no longer given.</param>
internal sealed record Arrived(Guid Member, string? Person, AttendanceMode Manner) : SessionEvent;

internal sealed record Departed(Guid Member) : SessionEvent;

/// <summary>A member lets another speak its voice.</summary>
internal sealed record ProxyGiven(Guid From, Guid To) : SessionEvent;

internal sealed record ProxyRevoked(Guid From) : SessionEvent;

internal sealed record ItemTaken(Guid? Item) : SessionEvent;

internal sealed record FloorAsked(Guid Speech, Guid Member, SpeechKind Kind) : SessionEvent;

internal sealed record FloorGiven(Guid Speech) : SessionEvent;

/// <summary>The speech is over; or, when it never began, the request is withdrawn.</summary>
internal sealed record FloorLeft(Guid Speech) : SessionEvent;

internal sealed record SpeakersOpened(bool Open) : SessionEvent;

/// <summary>A question is put. Its words are those of that moment, by language.</summary>
/// <param name="Amendment">Of the motion, when the vote is on a change of it only.</param>
/// <param name="Sha256">Of the text that is voted on, as it stood then.</param>
internal sealed record VoteOpened(
    int Number,
    Guid? Motion,
    Dictionary<string, string> Question,
    Method Method,
    string Decision,
    Guid? Ballot,
    Guid? Amendment = null,
    string? Sha256 = null
) : SessionEvent;

/// <summary>What was counted, and what that decided.</summary>
/// <param name="Hands">Of <paramref name="Figures"/>, what tellers counted in the hall.</param>
/// <param name="Fallen">Numbers of amendments that cannot stand beside the one adopted.</param>
internal sealed record VoteClosed(
    int Number,
    VoteFigures? Figures,
    Counted? Hands,
    Outcome Outcome,
    IReadOnlyList<int>? Fallen = null
) : SessionEvent;

/// <summary>The chair's voice in a tie.</summary>
internal sealed record ChairSpoke(int Number, Side Side, Outcome Outcome, IReadOnlyList<int>? Fallen = null)
    : SessionEvent;

internal sealed record SessionEnded : SessionEvent;
