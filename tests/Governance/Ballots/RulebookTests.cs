using System.Numerics;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using CsCheck;
using Plenaria.Ballots.Rules;
using Plenaria.Platform.Language;

namespace Plenaria.Tests.Governance.Ballots;

/// <summary>
/// Rules of real statutes, the cases on which programs of this kind have stumbled, and laws that hold for any rule.
/// </summary>
public class RulebookTests
{
    private static readonly Localizer Texts = new([typeof(Plenaria.Ballots.BallotsModule).Assembly]);

    private static Rulebook Read(string json) => Rulebook.Parse(Encoding.UTF8.GetBytes(json));

    private static Decision Decide(
        string rulebook,
        string decision,
        long entitled,
        long present,
        long yes,
        long no,
        long abstentions = 0,
        int call = 1,
        Side? chair = null,
        long blank = 0,
        long represented = 0
    ) =>
        Read(rulebook)
            .Decide(
                new()
                {
                    Decision = decision,
                    Entitled = entitled,
                    Present = present,
                    Represented = represented,
                    Yes = yes,
                    No = no,
                    Abstentions = abstentions,
                    Call = call,
                    Chair = chair,
                    Blank = blank,
                }
            );

    /// <summary>
    /// Spain, Ley 7/1985, articles 46.2.c and d and 47: a third of the legal number, never fewer than three; simple and
    /// absolute majorities; a tie is voted again, then the chair's voice decides.
    /// </summary>
    private const string Councils = """
        {"opening": [[{"counts": "present", "of": "entitled", "share": "1/3", "atLeast": 3, "withProxies": false}]],
         "decisions": {
           "simple": {"majorities": [{"counts": "yes", "of": "yes-no", "share": "1/2", "over": true}], "tie": "again"},
           "simple-again": {"majorities": [{"counts": "yes", "of": "yes-no", "share": "1/2", "over": true}], "tie": "chair"},
           "absolute": {"majorities": [{"counts": "yes", "of": "entitled", "share": "1/2", "over": true}]}}}
        """;

    [Theory]
    [InlineData("simple", 21, 20, 8, 7, 5, Outcome.Adopted)]
    [InlineData("simple", 21, 20, 8, 8, 4, Outcome.Tied)]
    [InlineData("simple", 21, 7, 4, 3, 0, Outcome.Adopted)]
    [InlineData("simple", 21, 6, 6, 0, 0, Outcome.NoQuorum)]
    [InlineData("simple", 5, 2, 2, 0, 0, Outcome.NoQuorum)]
    [InlineData("absolute", 21, 20, 10, 2, 8, Outcome.Rejected)]
    [InlineData("absolute", 21, 20, 11, 9, 0, Outcome.Adopted)]
    public void A_Spanish_council(
        string decision,
        long entitled,
        long present,
        long yes,
        long no,
        long abstentions,
        Outcome outcome
    ) => Assert.Equal(outcome, Decide(Councils, decision, entitled, present, yes, no, abstentions).Outcome);

    [Fact]
    public void The_chairs_voice_decides_a_tie_and_nothing_else()
    {
        Assert.Equal(Outcome.Tied, Decide(Councils, "simple-again", 21, 20, 8, 8).Outcome);
        Assert.Equal(
            (Outcome.Adopted, true),
            Decide(Councils, "simple-again", 21, 20, 8, 8, chair: Side.Yes) is var yes
                ? (yes.Outcome, yes.ByChair)
                : default
        );
        Assert.Equal(
            (Outcome.Rejected, true),
            Decide(Councils, "simple-again", 21, 20, 8, 8, chair: Side.No) is var no
                ? (no.Outcome, no.ByChair)
                : default
        );
        Assert.Equal(
            (Outcome.Rejected, false),
            Decide(Councils, "simple-again", 21, 20, 8, 9, chair: Side.Yes) is var lost
                ? (lost.Outcome, lost.ByChair)
                : default
        );
    }

    /// <summary>
    /// Spain, Ley Orgánica 1/2002, article 12: a third of the associates, present or represented; more for than
    /// against; for statutes and dissolution more than half of those present or represented.
    /// </summary>
    private const string Associations = """
        {"opening": [[{"counts": "present", "of": "entitled", "share": "1/3"}]],
         "decisions": {
           "ordinary": {"majorities": [{"counts": "yes", "of": "yes-no", "share": "1/2", "over": true}]},
           "statutes": {"majorities": [{"counts": "yes", "of": "present", "share": "1/2", "over": true}]}}}
        """;

    [Theory]
    [InlineData("ordinary", 30, 8, 2, 4, 3, Outcome.Adopted)]
    [InlineData("ordinary", 30, 8, 1, 9, 0, Outcome.NoQuorum)]
    [InlineData("statutes", 30, 8, 2, 5, 0, Outcome.Rejected)]
    [InlineData("statutes", 30, 8, 2, 6, 4, Outcome.Adopted)]
    public void A_Spanish_association_with_proxies(
        string decision,
        long entitled,
        long present,
        long represented,
        long yes,
        long no,
        Outcome outcome
    ) =>
        Assert.Equal(
            outcome,
            Decide(Associations, decision, entitled, present, yes, no, represented: represented).Outcome
        );

    /// <summary>
    /// Germany, BGB §§ 32 and 33: the majority of the votes cast, three quarters of them for the statutes; abstentions
    /// count as not cast.
    /// </summary>
    [Theory]
    [InlineData("ordinary", 11, 10, 79, Outcome.Adopted)]
    [InlineData("ordinary", 10, 10, 80, Outcome.Rejected)]
    [InlineData("statutes", 75, 25, 0, Outcome.Adopted)]
    [InlineData("statutes", 74, 25, 1, Outcome.Rejected)]
    public void A_German_association(string decision, long yes, long no, long abstentions, Outcome outcome) =>
        Assert.Equal(
            outcome,
            Decide(
                """
                {"decisions": {"ordinary": {"majorities": [{"counts": "yes", "of": "yes-no", "share": "1/2", "over": true}]},
                               "statutes": {"majorities": [{"counts": "yes", "of": "yes-no", "share": "3/4"}]}}}
                """,
                decision,
                100,
                100,
                yes,
                no,
                abstentions
            ).Outcome
        );

    /// <summary>
    /// United Nations, General Assembly, rules of procedure 67, 83 and 86: a majority of the members for any decision;
    /// two thirds of those present and voting, who are those voting for or against.
    /// </summary>
    [Theory]
    [InlineData(97, 2, 1, 94, Outcome.Adopted)]
    [InlineData(96, 96, 0, 0, Outcome.NoQuorum)]
    [InlineData(150, 66, 34, 50, Outcome.Rejected)]
    [InlineData(150, 66, 33, 51, Outcome.Adopted)]
    public void The_General_Assembly_on_an_important_question(
        long present,
        long yes,
        long no,
        long abstentions,
        Outcome outcome
    ) =>
        Assert.Equal(
            outcome,
            Decide(
                """
                {"opening": [[{"counts": "present", "of": "entitled", "share": "1/3"}]],
                 "decisions": {"important": {"quorum": [[{"counts": "present", "of": "entitled", "share": "1/2", "over": true}]],
                                             "majorities": [{"counts": "yes", "of": "yes-no", "share": "2/3"}]}}}
                """,
                "important",
                193,
                present,
                yes,
                no,
                abstentions
            ).Outcome
        );

    /// <summary>
    /// A network's plenary: half at the first call, whoever comes at the second; each class must agree to new statutes.
    /// </summary>
    private const string Network = """
        {"format": "plenaria-rulebook-1", "name": {"en": "Plenary"},
         "opening": [[{"counts": "present", "of": "entitled", "share": "1/2", "over": true}], [{"counts": "present", "atLeast": 1}]],
         "proxies": {"perHolder": 2},
         "decisions": {
           "ordinary": {"majorities": [{"counts": "yes", "of": "yes-no", "share": "1/2", "over": true}], "tie": "chair"},
           "statutes": {"majorities": [{"counts": "yes", "of": "valid", "share": "2/3"}, {"counts": "yes", "of": "valid", "share": "1/2", "over": true, "class": "local-government"}]}}}
        """;

    [Fact]
    public void The_second_call_asks_for_less()
    {
        Assert.Equal(Outcome.NoQuorum, Decide(Network, "ordinary", 40, 12, 10, 2).Outcome);
        Assert.Equal(Outcome.Adopted, Decide(Network, "ordinary", 40, 12, 10, 2, call: 2).Outcome);
        // A call the rules do not know has the quorum of the last they do.
        Assert.Equal(Outcome.Adopted, Decide(Network, "ordinary", 40, 12, 10, 2, call: 7).Outcome);
    }

    [Fact]
    public void A_class_that_does_not_agree_stops_what_the_whole_wants()
    {
        Counted Cities(long yes, long no) =>
            new()
            {
                Entitled = 20,
                Present = 10,
                Yes = yes,
                No = no,
            };
        Counted Others(long yes, long no) =>
            new()
            {
                Entitled = 20,
                Present = 12,
                Yes = yes,
                No = no,
            };
        Outcome Of(Counted cities, Counted others) =>
            Read(Network)
                .Decide(
                    new()
                    {
                        Decision = "statutes",
                        Call = 2,
                        Entitled = 40,
                        Present = 22,
                        Yes = cities.Yes + others.Yes,
                        No = cities.No + others.No,
                        Classes = new() { ["local-government"] = cities, ["university"] = others },
                    }
                )
                .Outcome;
        Assert.Equal(Outcome.Adopted, Of(Cities(6, 4), Others(10, 2)));
        Assert.Equal(Outcome.Rejected, Of(Cities(5, 5), Others(12, 0)));
        Assert.Equal(
            "ballots.class-missing",
            Assert.Throws<RuleViolationException>(() => Decide(Network, "statutes", 40, 22, 20, 2, call: 2)).Key
        );
        Assert.Equal(
            "ballots.classes",
            Assert
                .Throws<RuleViolationException>(() =>
                    Read(Network)
                        .Decide(
                            new()
                            {
                                Decision = "statutes",
                                Entitled = 40,
                                Present = 22,
                                Yes = 3,
                                Classes = new() { ["local-government"] = Cities(4, 0) },
                            }
                        )
                )
                .Key
        );
    }

    [Theory]
    [InlineData("rejected", Outcome.Rejected)]
    [InlineData("void", Outcome.Void)]
    [InlineData("adopted", Outcome.Adopted)]
    public void A_share_of_nothing_is_reached_by_nothing(string empty, Outcome outcome)
    {
        // Two thirds of no votes are no votes: a program that compares only numbers adopts what nobody voted for.
        var rulebook =
            """{"decisions": {"d": {"majorities": [{"counts": "yes", "of": "yes-no", "share": "2/3"}], "empty": "EMPTY"}}}""".Replace(
                "EMPTY",
                empty,
                StringComparison.Ordinal
            );
        Assert.Equal(outcome, Decide(rulebook, "d", 40, 30, 0, 0).Outcome);
        Assert.Equal(outcome, Decide(rulebook, "d", 40, 30, 0, 0, abstentions: 30).Outcome);
    }

    [Theory]
    [InlineData("1/2", "exact", false, 42, 21)]
    [InlineData("1/2", "exact", false, 43, 22)]
    [InlineData("1/2", "exact", true, 42, 22)]
    [InlineData("1/2", "exact", true, 43, 22)]
    [InlineData("2/3", "exact", false, 100, 67)]
    [InlineData("2/3", "exact", true, 99, 67)]
    [InlineData("2/3", "down", false, 100, 66)]
    [InlineData("2/3", "up", true, 100, 68)]
    [InlineData("1/2", "nearest", false, 43, 22)]
    [InlineData("1/3", "nearest", false, 100, 33)]
    [InlineData("1/1", "exact", false, 9_007_199_254_740_991, 9_007_199_254_740_991)]
    [InlineData("999999/1000000", "exact", false, 9_007_199_254_740_991, 9_007_190_247_541_737)]
    public void What_is_needed_of_a_number(string share, string rounding, bool over, long of, long needed)
    {
        Assert.True(Share.TryParse(share, out var parsed));
        Assert.Equal(
            needed,
            new Demand
            {
                Counts = Figure.Yes,
                Of = Figure.Valid,
                Share = parsed,
                Over = over,
                Rounding = Enum.Parse<Rounding>(rounding, ignoreCase: true),
            }.Needed(of)
        );
    }

    private static readonly Gen<Share> Shares = Gen.Select(
        Gen.Int[1, 60],
        Gen.Int[1, 60],
        (a, b) => new Share(Math.Min(a, b), Math.Max(a, b))
    );

    [Fact]
    public void What_is_needed_is_the_least_number_that_an_exact_comparison_accepts() =>
        Gen.Select(Shares, Gen.Bool, Gen.Long[0, 1_000_000_000_000])
            .Sample(
                (share, over, of) =>
                {
                    bool IsEnough(long figure) =>
                        new BigInteger(figure) * share.Under - new BigInteger(of) * share.Over is var rest
                        && (over ? rest > 0 : rest >= 0);
                    var needed = new Demand
                    {
                        Counts = Figure.Yes,
                        Of = Figure.Valid,
                        Share = share,
                        Over = over,
                    }.Needed(of);
                    return IsEnough(needed) && (needed == 0 || !IsEnough(needed - 1));
                }
            );

    private static readonly Gen<Figure> Bases = Gen.OneOf(
        Figure.YesNo,
        Figure.Valid,
        Figure.Cast,
        Figure.Present,
        Figure.Entitled
    );

    [Fact]
    public void One_more_in_favour_never_undoes_an_adoption_and_one_more_against_never_makes_one() =>
        Gen.Select(Shares, Bases, Gen.Bool, Gen.Int[0, 40], Gen.Int[0, 40], Gen.Int[0, 40])
            .Sample(
                (share, of, over, yes, no, abstentions) =>
                {
                    var rulebook = new Rulebook
                    {
                        Decisions = new()
                        {
                            ["d"] = new()
                            {
                                Majorities =
                                [
                                    new()
                                    {
                                        Counts = Figure.Yes,
                                        Of = of,
                                        Share = share,
                                        Over = over,
                                    },
                                ],
                            },
                        },
                    };
                    Outcome With(int y, int n, int a) =>
                        rulebook
                            .Decide(
                                new()
                                {
                                    Decision = "d",
                                    Entitled = 200,
                                    Present = 160,
                                    Yes = y,
                                    No = n,
                                    Abstentions = a,
                                }
                            )
                            .Outcome;
                    var before = With(yes, no, abstentions);
                    // Somebody who had not voted does, or who had abstained.
                    return (
                            before != Outcome.Adopted
                            || With(yes + 1, no, abstentions) == Outcome.Adopted
                                && (abstentions == 0 || With(yes + 1, no, abstentions - 1) == Outcome.Adopted)
                        )
                        && (
                            before == Outcome.Adopted
                            || yes + no + abstentions == 0
                            || With(yes, no + 1, abstentions) != Outcome.Adopted
                        );
                }
            );

    [Fact]
    public void Whatever_the_figures_there_is_one_outcome_and_it_is_said_in_every_language() =>
        Gen.Select(
                Gen.Int[0, 9],
                Gen.Int[0, 9],
                Gen.Int[0, 9],
                Gen.Int[0, 3],
                Gen.Int[1, 3],
                Gen.OneOf<Side?>(null, Side.Yes, Side.No)
            )
            .Sample(
                (yes, no, abstentions, blank, call, chair) =>
                {
                    var decision = Decide(
                        Network,
                        "ordinary",
                        40,
                        yes + no + abstentions + blank,
                        yes,
                        no,
                        abstentions,
                        call,
                        chair,
                        blank
                    );
                    foreach (var language in Language.All)
                    {
                        var said = decision.Say(Texts, language);
                        Assert.Equal(
                            Texts.Get(
                                language,
                                $"ballots.outcome.{PageLocalizer.Kebab(decision.Outcome.ToString())}.sentence"
                            ),
                            said[^1]
                        );
                        Assert.DoesNotContain(said, s => s.Contains('{', StringComparison.Ordinal));
                    }
                },
                iter: 200
            );

    [Fact]
    public void A_decision_is_explained_with_its_figures()
    {
        Assert.Equal(
            [
                "Quorum: more than half of the electoral roll (40) is required, that is, at least 21 (present or represented: 22): the condition is met.",
                "In favour: 12; against: 6; abstentions: 3.",
                "Majority: more than half of the votes in favour and against (18) is required, that is, at least 10 (in favour: 12): the condition is met.",
                "The motion is adopted.",
            ],
            Decide(Network, "ordinary", 40, 18, 12, 6, 3, represented: 4).Say(Texts, Language.English)
        );
        Assert.Contains(
            "Mayoría: se exige más de la mitad de los votos a favor y en contra (18), es decir, como mínimo 10 (a favor: 12): condición cumplida.",
            Decide(Network, "ordinary", 40, 18, 12, 6, 3, represented: 4).Say(Texts, Language.Spanish)
        );
    }

    [Theory]
    [InlineData("not json", "$ (1:2)")]
    [InlineData("""{"decisions": {}}""", null)]
    [InlineData("""{"decisions": {"d": {"majorities": []}}}""", null)]
    [InlineData(
        """{"decisions": {"d": {"majorities": [{"counts": "yes", "of": "yes-no", "share": "4/3"}]}}}""",
        "$.decisions.d.majorities[0].share"
    )]
    [InlineData(
        """{"decisions": {"d": {"majorities": [{"counts": "yes", "of": "yes-no", "share": "1/0"}]}}}""",
        "$.decisions.d.majorities[0].share"
    )]
    [InlineData(
        """{"decisions": {"d": {"majorities": [{"counts": "yes", "share": "1/2"}]}}}""",
        "$.decisions.d.majorities"
    )]
    [InlineData("""{"decisions": {"d": {"majorities": [{"counts": "yes"}]}}}""", "$.decisions.d.majorities")]
    [InlineData(
        """{"decisions": {"d": {"majorities": [{"counts": "most", "atLeast": 1}]}}}""",
        "$.decisions.d.majorities[0].counts"
    )]
    [InlineData(
        """{"decisions": {"d": {"majorities": [{"counts": 0, "atLeast": 1}]}}}""",
        "$.decisions.d.majorities[0].counts"
    )]
    [InlineData(
        """{"decisions": {"d": {"majorities": [{"counts": "yes", "atLeast": 1, "treshold": "1/2"}]}}}""",
        "$.decisions.d.majorities[0].treshold"
    )]
    [InlineData(
        """{"opening": [null], "decisions": {"d": {"majorities": [{"counts": "yes", "atLeast": 1}]}}}""",
        "$.opening"
    )]
    [InlineData("""{"decisions": {"d": null}}""", "$.decisions.d")]
    [InlineData("null", "$")]
    public void What_is_no_rulebook_is_refused_at_its_place(string json, string? place)
    {
        var refused = Assert.Throws<RuleViolationException>(() => Read(json));
        if (place is not null)
            Assert.StartsWith(
                place,
                (string)refused.Arguments.Single(a => a.Name == "place").Value!,
                StringComparison.Ordinal
            );
    }

    [Theory]
    [InlineData("x", 40, 20, 1, 0, "ballots.decision-unknown")]
    [InlineData("ordinary", 40, 20, -1, 0, "ballots.figure")]
    [InlineData("ordinary", 40, 20, 15, 6, "ballots.more-votes")]
    [InlineData("ordinary", 40, 41, 1, 0, "ballots.more-present")]
    public void Figures_that_cannot_be_are_refused(
        string decision,
        long entitled,
        long present,
        long yes,
        long no,
        string rule
    ) =>
        Assert.Equal(
            rule,
            Assert.Throws<RuleViolationException>(() => Decide(Network, decision, entitled, present, yes, no)).Key
        );

    [Theory]
    // Half of the votes and the chair's are short of two thirds.
    [InlineData("2/3", "yes-no", false, 10, 10, 5, "Rejected")]
    // Six of twenty on the roll are short of more than half.
    [InlineData("1/2", "entitled", true, 20, 10, 5, "Rejected")]
    [InlineData("1/2", "yes-no", true, 10, 10, 5, "Tied")]
    // The chair's voice reaches two thirds of few.
    [InlineData("2/3", "yes-no", false, 2, 2, 1, "Tied")]
    public void A_tie_waits_for_the_chair_only_where_its_voice_can_decide(
        string share,
        string of,
        bool over,
        int entitled,
        int present,
        int each,
        string outcome
    )
    {
        var majority =
            $$"""{"counts": "yes", "of": "{{of}}", "share": "{{share}}", "over": {{(over ? "true" : "false")}}}""";
        var rules = Rulebook.Parse(
            System.Text.Encoding.UTF8.GetBytes(
                """{"decisions": {"d": {"majorities": [""" + majority + """], "tie": "chair"}}}"""
            )
        );
        var vote = new VoteFigures
        {
            Decision = "d",
            Entitled = entitled,
            Present = present,
            Yes = each,
            No = each,
        };
        Assert.Equal(Enum.Parse<Outcome>(outcome), rules.Decide(vote).Outcome);
        if (outcome == "Rejected")
            Assert.Equal(Outcome.Rejected, rules.Decide(vote with { Chair = Side.Yes }).Outcome);
    }

    [Theory]
    [InlineData("d-tie-at-two-thirds-with-chair", Outcome.Rejected)]
    [InlineData("e-tie-of-entitled-with-chair", Outcome.Rejected)]
    [InlineData("f-tie-simple-chair", Outcome.Tied)]
    public void The_rules_that_went_wrong_in_trials_are_right(string vote, Outcome outcome)
    {
        var folder = Sources.Path("..", "shared", "data", "trials", "29-rules");
        Assert.SkipUnless(Directory.Exists(folder), "The trials are not on this machine.");
        var rules = Rulebook.Parse(File.ReadAllBytes(Path.Combine(folder, "rulebook.json")));
        Assert.Equal(
            outcome,
            rules.Decide(Rulebook.ParseVote(File.ReadAllBytes(Path.Combine(folder, $"{vote}.json")))).Outcome
        );
    }

    [Fact]
    public void A_rulebook_is_the_same_after_a_round_trip() =>
        Assert.Equal(Read(Network).ToJson(), Read(Read(Network).ToJson()).ToJson());

    [Theory]
    [InlineData(typeof(Rulebook), "rulebook.schema.json")]
    [InlineData(typeof(VoteFigures), "vote.schema.json")]
    public void The_schemas_of_the_docs_are_those_of_the_code(Type type, string file)
    {
        var schema = JsonSchemaExporter.GetJsonSchemaAsNode(
            new(Rulebook.Json) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() },
            type,
            new()
            {
                TreatNullObliviousAsNonNullable = true,
                TransformSchemaNode = (context, node) =>
                {
                    // What is read by a converter of its own is a text.
                    if (context.TypeInfo.Type == typeof(Share) || context.TypeInfo.Type == typeof(Share?))
                        return JsonNode.Parse("""{"type": ["string", "null"], "pattern": "^[0-9]+/[0-9]+$"}""")!;
                    return node;
                },
            }
        );
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
        var said = schema.ToJsonString(new() { WriteIndented = true }) + "\n";
        if (Environment.GetEnvironmentVariable("PLENARIA_WRITE_SCHEMAS") is { Length: > 0 })
            File.WriteAllText(Sources.Path("docs", file), said);
        Assert.Equal(said, File.ReadAllText(Sources.Path("docs", file)));
    }
}
