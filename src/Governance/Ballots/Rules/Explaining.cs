using Plenaria.Platform.Language;

namespace Plenaria.Ballots.Rules;

/// <summary>Says in a reader's language how a decision came about, a sentence for each thing that counted.</summary>
public static class Explaining
{
    // Shares that languages have words for; others are said in digits.
    private static readonly Dictionary<Share, string> Named = new()
    {
        [new(1, 2)] = "1-2",
        [new(1, 3)] = "1-3",
        [new(2, 3)] = "2-3",
        [new(1, 4)] = "1-4",
        [new(3, 4)] = "3-4",
        [new(3, 5)] = "3-5",
        [new(1, 5)] = "1-5",
        [new(1, 10)] = "1-10",
        [new(1, 1)] = "1-1",
    };

    /// <param name="nameOf">The name of a class of members; null says its code.</param>
    public static IReadOnlyList<string> Say(
        this Decision decision,
        Localizer texts,
        Language language,
        Func<string, string>? nameOf = null
    )
    {
        var vote = decision.Vote;
        List<string> said =
        [
            .. decision.Quorum.Select(q =>
                texts.Get(
                    language,
                    "ballots.says.quorum",
                    ("condition", Condition(q, texts, language, nameOf)),
                    ("met", Met(q, texts, language))
                )
            ),
        ];
        said.Add(
            texts.Get(
                language,
                "ballots.says.votes",
                ("yes", vote.Yes),
                ("no", vote.No),
                ("abstentions", vote.Abstentions)
            )
        );
        if (vote.Blank + vote.Invalid > 0)
            said.Add(texts.Get(language, "ballots.says.others", ("blank", vote.Blank), ("invalid", vote.Invalid)));
        if (decision.Outcome != Outcome.NoQuorum)
        {
            if (decision.IsEmpty)
                said.Add(texts.Get(language, "ballots.says.empty"));
            else
                said.AddRange(
                    decision.Majorities.Select(m =>
                        texts.Get(
                            language,
                            "ballots.says.majority",
                            ("condition", Condition(m, texts, language, nameOf)),
                            ("met", Met(m, texts, language))
                        )
                    )
                );
            if (decision.IsTie)
                said.Add(
                    texts.Get(
                        language,
                        decision.ByChair
                            ? vote.Chair == Side.Yes
                                ? "ballots.says.chair-yes"
                                : "ballots.says.chair-no"
                            : "ballots.says.tie"
                    )
                );
        }
        said.Add(texts.Get(language, $"ballots.outcome.{PageLocalizer.Kebab(decision.Outcome.ToString())}.sentence"));
        return said;
    }

    /// <summary>A condition of a quorum as a sentence of its own, for whoever watches it live.</summary>
    public static string Say(
        this Measured measured,
        Localizer texts,
        Language language,
        Func<string, string>? nameOf = null
    ) =>
        texts.Get(
            language,
            "ballots.says.quorum",
            ("condition", Condition(measured, texts, language, nameOf)),
            ("met", Met(measured, texts, language))
        );

    private static string Met(Measured m, Localizer texts, Language language) =>
        texts.Get(language, m.IsMet ? "ballots.says.met" : "ballots.says.not-met");

    private static string Condition(Measured m, Localizer texts, Language language, Func<string, string>? nameOf)
    {
        var demand = m.Demand;
        string KeyOf(Figure figure) =>
            PageLocalizer.Kebab(figure.ToString())
            + (figure == Figure.Present && demand.WithProxies ? "-with-proxies" : "");
        string Of(Figure figure) => texts.Get(language, $"ballots.of.{KeyOf(figure)}");
        var found = texts.Get(language, $"ballots.figure.{KeyOf(demand.Counts)}", ("found", m.Found));
        string? Asked()
        {
            if (demand is not { Share: { } share, Of: { } of })
                return null;
            var way = demand.Over ? "over" : "least";
            var how = Named.TryGetValue(share, out var name)
                ? texts.Get(language, $"ballots.{way}.{name}")
                : texts.Get(language, $"ballots.{way}", ("share", share));
            return texts.Get(
                language,
                demand.Plus > 0 ? "ballots.says.share-plus" : "ballots.says.share",
                ("how", how),
                ("of", Of(of)),
                ("base", m.Of),
                ("plus", demand.Plus)
            );
        }
        var needed = texts.Get(language, "ballots.says.needed", ("needed", m.Needed));
        var condition = Asked() is { } asked
            ? texts.Get(language, "ballots.says.condition", ("asked", asked), ("needed", needed), ("found", found))
            : texts.Get(language, "ballots.says.number", ("needed", needed), ("found", found));
        return demand.Class is { } among
            ? texts.Get(
                language,
                "ballots.says.among",
                ("class", nameOf?.Invoke(among) ?? among),
                ("condition", condition)
            )
            : condition;
    }
}
