namespace Plenaria.Ballots.Rules;

public enum Outcome
{
    Adopted,
    Rejected,

    /// <summary>Too few are there: nothing was decided.</summary>
    NoQuorum,

    /// <summary>The chair must say, or it is voted again.</summary>
    Tied,

    /// <summary>Nobody voted in a way that counts, and the rules say that this is no vote.</summary>
    Void,
}

/// <summary>A condition held against the figures.</summary>
/// <param name="Of">The number of which a share was asked; null where a fixed number was.</param>
public sealed record Measured(Demand Demand, long Found, long? Of, long Needed)
{
    public bool IsMet => Found >= Needed;
}

/// <summary>What came of a vote, with every condition that led to it.</summary>
/// <param name="ByChair">The casting vote made the difference.</param>
public sealed record Decision(
    Outcome Outcome,
    VoteFigures Vote,
    IReadOnlyList<Measured> Quorum,
    IReadOnlyList<Measured> Majorities,
    bool IsTie,
    bool IsEmpty,
    bool ByChair
)
{
    public bool HasQuorum => Quorum.All(q => q.IsMet);
}

/// <summary>From rules and figures to an outcome; knows nothing else.</summary>
internal static class Deciding
{
    public static Decision Decide(Rulebook rulebook, DecisionRule rule, VoteFigures vote)
    {
        var blankIsValid = rule.Blank == BlankVotes.Valid;
        var quorum = Quorum(rule.Quorum ?? rulebook.Opening, vote.Call, vote, vote.Classes, blankIsValid);
        var majorities = Measure(rule.Majorities, vote, vote.Classes, blankIsValid);
        // A share of nothing is reached by nothing: such a vote is not adopted by arithmetic, but as the rules say.
        var isEmpty = majorities.Exists(m => m.Of == 0) || vote.Of(Figure.Valid, true, blankIsValid) == 0;
        var isTie = !isEmpty && vote.Yes == vote.No && vote.Yes > 0;
        if (!quorum.TrueForAll(q => q.IsMet))
            return new(Outcome.NoQuorum, vote, quorum, majorities, isTie, isEmpty, false);
        if (isEmpty)
            return new(
                rule.Empty switch
                {
                    Empty.Adopted => Outcome.Adopted,
                    Empty.Void => Outcome.Void,
                    _ => Outcome.Rejected,
                },
                vote,
                quorum,
                majorities,
                isTie,
                true,
                false
            );
        if (majorities.TrueForAll(m => m.IsMet))
            return new(Outcome.Adopted, vote, quorum, majorities, isTie, false, false);
        if (!isTie || rule.Tie == Tie.Rejected)
            return new(Outcome.Rejected, vote, quorum, majorities, isTie, false, false);
        if (rule.Tie == Tie.Again)
            return new(Outcome.Tied, vote, quorum, majorities, true, false, false);
        // The casting vote is one voice more; whatever else the decision takes must hold with it.
        List<Measured> With(Side side) =>
            Measure(
                rule.Majorities,
                side == Side.Yes ? vote with { Yes = vote.Yes + 1 } : vote with { No = vote.No + 1 },
                vote.Classes,
                blankIsValid
            );
        if (vote.Chair is not { } chair)
            // Where not even the chair's voice in favour is enough there is nothing to wait for.
            return new(
                With(Side.Yes).TrueForAll(m => m.IsMet) ? Outcome.Tied : Outcome.Rejected,
                vote,
                quorum,
                majorities,
                true,
                false,
                false
            );
        var with = With(chair);
        return new(
            with.TrueForAll(m => m.IsMet) ? Outcome.Adopted : Outcome.Rejected,
            vote,
            quorum,
            with,
            true,
            false,
            true
        );
    }

    public static List<Measured> Quorum(
        List<List<Demand>> calls,
        int call,
        Counted all,
        IReadOnlyDictionary<string, Counted> classes,
        bool blankIsValid = true
    ) => calls.Count == 0 ? [] : Measure(calls[Math.Min(call, calls.Count) - 1], all, classes, blankIsValid);

    private static List<Measured> Measure(
        List<Demand> demands,
        Counted all,
        IReadOnlyDictionary<string, Counted> classes,
        bool blankIsValid
    ) =>
        demands.ConvertAll(demand =>
        {
            var among = demand.Class is null
                ? all
                : classes.GetValueOrDefault(demand.Class)
                    ?? throw new RuleViolationException("ballots.class-missing", ("class", demand.Class));
            var of = demand.Of is { } figure ? among.Of(figure, demand.WithProxies, blankIsValid) : (long?)null;
            return new Measured(
                demand,
                among.Of(demand.Counts, demand.WithProxies, blankIsValid),
                of,
                demand.Needed(of ?? 0)
            );
        });
}
