using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plenaria.Ballots.Rules;

/// <summary>What a tie means.</summary>
public enum Tie
{
    /// <summary>Not adopted.</summary>
    Rejected,

    /// <summary>The chair's voice, on top of the others, decides.</summary>
    Chair,

    /// <summary>It is voted again.</summary>
    Again,
}

/// <summary>What a vote without a single voice that counts means.</summary>
public enum Empty
{
    Rejected,
    Adopted,
    Void,
}

/// <summary>Whether a blank vote is a valid one.</summary>
public enum BlankVotes
{
    Valid,
    Invalid,
}

/// <summary>How one kind of decision is taken.</summary>
public sealed record DecisionRule
{
    /// <summary>
    /// The quorum of this vote, call by call; null is that of the opening. A call beyond the last has the last one's.
    /// </summary>
    public List<List<Demand>>? Quorum { get; init; }

    /// <summary>All of them must hold.</summary>
    [JsonRequired]
    public List<Demand> Majorities { get; init; } = [];
    public Tie Tie { get; init; }
    public Empty Empty { get; init; }
    public BlankVotes Blank { get; init; }

    /// <summary>Whether votes are counted class by class.</summary>
    [JsonIgnore]
    public bool CountsClasses =>
        Majorities.Concat((Quorum ?? []).SelectMany(call => call)).Any(demand => demand.Class is not null);
}

/// <summary>What proxies may do.</summary>
public sealed record ProxyRule
{
    /// <summary>For how many members one member may vote beside its own voice; nothing is no proxies.</summary>
    public int PerHolder { get; init; }
}

/// <summary>
/// The rules of a body's meetings and votes, as data: who makes a quorum at which call, and which majority each kind of
/// decision takes. Thresholds are exact fractions. The format's schema is <c>docs/rulebook.schema.json</c>.
/// </summary>
public sealed record Rulebook
{
    public const string FormatName = "plenaria-rulebook-1";
    public const int DefaultWait = 30;
    private const int MostWait = 7 * 24 * 60,
        MostDemands = 20,
        MostDecisions = 50,
        MostCalls = 5;

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        AllowDuplicateProperties = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    public string? Format { get; init; }

    /// <summary>By language code.</summary>
    public Dictionary<string, string> Name { get; init; } = [];

    /// <summary>The quorum without which the session is not open, call by call; empty asks for none.</summary>
    public List<List<Demand>> Opening { get; init; } = [];

    /// <summary>Minutes that must lie between two calls, so that who is on the way can arrive.</summary>
    public int Wait { get; init; } = DefaultWait;
    public ProxyRule Proxies { get; init; } = new();

    [JsonRequired]
    public Dictionary<string, DecisionRule> Decisions { get; init; } = [];

    /// <exception cref="RuleViolationException">It is no rulebook: which place is wrong, and why.</exception>
    public static Rulebook Parse(ReadOnlySpan<byte> json) => Read<Rulebook>(json, "rulebook").Demanded();

    /// <exception cref="RuleViolationException">It is no vote: which place is wrong, and why.</exception>
    public static VoteFigures ParseVote(ReadOnlySpan<byte> json) => Read<VoteFigures>(json, "vote");

    public string ToJson() => JsonSerializer.Serialize(this with { Format = FormatName }, Json);

    private static T Read<T>(ReadOnlySpan<byte> json, string what)
        where T : class
    {
        // A byte order mark is what some editors begin a file with.
        if (json.StartsWith("\uFEFF"u8))
            json = json[3..];
        try
        {
            return JsonSerializer.Deserialize<T>(json, Json)
                ?? throw new RuleViolationException("ballots.json", ("what", what), ("place", "$"));
        }
        catch (JsonException fault)
        {
            throw new RuleViolationException(
                "ballots.json",
                ("what", what),
                ("place", $"{fault.Path ?? "$"} ({(fault.LineNumber ?? 0) + 1}:{(fault.BytePositionInLine ?? 0) + 1})")
            );
        }
    }

    private Rulebook Demanded()
    {
        if (Format is not null and not FormatName)
            throw new RuleViolationException("ballots.format", ("format", Format), ("known", FormatName));
        if (Decisions.Count is 0 or > MostDecisions)
            throw new RuleViolationException("ballots.no-decisions", ("most", MostDecisions));
        if (Wait is < 0 or > MostWait)
            throw Wrong("$.wait");
        if (Proxies.PerHolder is < 0 or > 1_000)
            throw Wrong("$.proxies.perHolder");
        Check(Opening, "$.opening");
        foreach (var (name, rule) in Decisions)
        {
            if (rule is null || name.Length is 0 or > 60)
                throw Wrong($"$.decisions.{name}");
            if (rule.Quorum is not null)
                Check(rule.Quorum, $"$.decisions.{name}.quorum");
            if (rule.Majorities is null or { Count: 0 })
                throw new RuleViolationException("ballots.no-majority", ("decision", name));
            Check([rule.Majorities], $"$.decisions.{name}.majorities");
        }
        return this;
    }

    private static void Check(List<List<Demand>> calls, string place)
    {
        if (calls.Count > MostCalls || calls.Exists(c => c is null || c.Count > MostDemands))
            throw Wrong(place);
        foreach (var demand in calls.SelectMany(c => c))
            // A share needs that of which it is one, and a condition that asks for nothing is a mistake.
            if (
                demand is null
                || demand.Share is null != demand.Of is null
                || demand.Share is null && demand.AtLeast <= 0
                || demand.AtLeast < 0
                || demand.Plus is < 0 or > 1_000_000
                || demand.Class is ""
            )
                throw Wrong(place);
    }

    private static RuleViolationException Wrong(string place) =>
        new("ballots.json", ("what", "rulebook"), ("place", place));

    /// <summary>What a vote decides under these rules.</summary>
    /// <exception cref="RuleViolationException">The rulebook has no such decision, or the figures cannot be: a negative
    /// one, more
    /// votes than voices, classes that do not add up.</exception>
    public Decision Decide(VoteFigures vote)
    {
        if (!Decisions.TryGetValue(vote.Decision, out var rule))
            throw new RuleViolationException(
                "ballots.decision-unknown",
                ("decision", vote.Decision),
                ("known", string.Join(", ", Decisions.Keys))
            );
        Possible(vote);
        return Deciding.Decide(this, rule, vote);
    }

    /// <summary>
    /// Whether those who are there make a quorum at a call: that of a decision, where it has one of its own, otherwise
    /// that of the opening.
    /// </summary>
    public IReadOnlyList<Measured> Quorum(
        int call,
        Counted all,
        IReadOnlyDictionary<string, Counted> classes,
        string? decision = null
    ) => Deciding.Quorum(decision is null ? Opening : Decisions[decision].Quorum ?? Opening, call, all, classes);

    private static void Possible(VoteFigures vote)
    {
        if (vote.Format is not null and not VoteFigures.FormatName)
            throw new RuleViolationException(
                "ballots.format",
                ("format", vote.Format),
                ("known", VoteFigures.FormatName)
            );
        if (vote.Call < 1)
            throw new RuleViolationException("ballots.figure", ("figure", "call"), ("value", vote.Call));
        foreach (var (name, counted) in vote.Classes.Append(new("", vote)))
        {
            var at = name.Length == 0 ? "" : $"{name}.";
            if (counted is null)
                throw new RuleViolationException("ballots.json", ("what", "vote"), ("place", $"$.classes.{name}"));
            foreach (var (figure, value) in counted.All)
                if (value is < 0 or > (1L << 53) - 1)
                    throw new RuleViolationException("ballots.figure", ("figure", at + figure), ("value", value));
            if (counted.Present + counted.Represented > counted.Entitled)
                throw new RuleViolationException(
                    "ballots.more-present",
                    ("class", at),
                    ("present", counted.Present + counted.Represented),
                    ("entitled", counted.Entitled)
                );
            if (counted.Cast > counted.Present + counted.Represented)
                throw new RuleViolationException(
                    "ballots.more-votes",
                    ("class", at),
                    ("cast", counted.Cast),
                    ("voices", counted.Present + counted.Represented)
                );
        }
        if (vote.Classes.Count > 0)
            foreach (var (name, value) in vote.All)
                if (vote.Classes.Values.Sum(c => c.All.First(f => f.Name == name).Value) is var sum && sum > value)
                    throw new RuleViolationException(
                        "ballots.classes",
                        ("figure", name),
                        ("sum", sum),
                        ("value", value)
                    );
    }
}
