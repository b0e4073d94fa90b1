using System.Text.Json.Serialization;

namespace Plenaria.Ballots.Rules;

/// <summary>Voices counted in one vote, or among the members of one class.</summary>
public record Counted
{
    /// <summary>On the roll.</summary>
    public long Entitled { get; init; }

    /// <summary>Present themselves, in the hall or remotely, when the vote closed.</summary>
    public long Present { get; init; }

    /// <summary>Represented by a proxy whose holder is present.</summary>
    public long Represented { get; init; }
    public long Yes { get; init; }
    public long No { get; init; }
    public long Abstentions { get; init; }
    public long Blank { get; init; }
    public long Invalid { get; init; }

    [JsonIgnore]
    public long Cast => Yes + No + Abstentions + Blank + Invalid;

    internal long Of(Figure figure, bool withProxies, bool blankIsValid) =>
        figure switch
        {
            Figure.Yes => Yes,
            Figure.No => No,
            Figure.Abstentions => Abstentions,
            Figure.YesNo => Yes + No,
            Figure.Valid => Yes + No + Abstentions + (blankIsValid ? Blank : 0),
            Figure.Cast => Cast,
            Figure.Present => Present + (withProxies ? Represented : 0),
            _ => Entitled,
        };

    internal IEnumerable<(string Name, long Value)> All =>
        [
            ("entitled", Entitled),
            ("present", Present),
            ("represented", Represented),
            ("yes", Yes),
            ("no", No),
            ("abstentions", Abstentions),
            ("blank", Blank),
            ("invalid", Invalid),
        ];
}

/// <summary>What the chair says where the chair's voice decides a tie.</summary>
public enum Side
{
    Yes,
    No,
}

/// <summary>All that was counted in one vote: what <see cref="Rulebook.Decide"/> needs to know.</summary>
public sealed record VoteFigures : Counted
{
    public const string FormatName = "plenaria-vote-1";

    public string? Format { get; init; }

    /// <summary>Which of the rulebook's decisions is taken.</summary>
    [JsonRequired]
    public string Decision { get; init; } = "";

    /// <summary>First, second… call: each may ask for a quorum of its own.</summary>
    public int Call { get; init; } = 1;

    /// <summary>The same figures among the members of each class, where a rule counts classes apart.</summary>
    public Dictionary<string, Counted> Classes { get; init; } = [];

    /// <summary>The casting vote, once the chair has given it.</summary>
    public Side? Chair { get; init; }
}
