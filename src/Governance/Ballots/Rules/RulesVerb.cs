using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Plenaria.Platform.Language;
using Plenaria.Platform.Modules;

namespace Plenaria.Ballots.Rules;

/// <summary>
/// <c>rules decide RULEBOOK.json VOTE.json [--json]</c>: outcome, figures and explanation; opens no database.
/// </summary>
internal static class RulesVerb
{
    private static readonly JsonSerializerOptions Readable = new(Rulebook.Json)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Make(CliHost host)
    {
        var rulebook = new Argument<FileInfo>("RULEBOOK")
        {
            Description = "The rules, as docs/rulebook.schema.json describes them.",
        };
        var vote = new Argument<FileInfo>("VOTE")
        {
            Description = "What was counted, as docs/vote.schema.json describes it.",
        };
        var json = new Option<bool>("--json")
        {
            Description = "Print outcome, figures and the explanation in every language as JSON.",
        };
        var decide = new Command("decide", "Say what a vote decides under these rules, and why.")
        {
            rulebook,
            vote,
            json,
        };
        decide.SetAction(
            async (parsed, cancel) =>
            {
                async Task<byte[]> Read(FileInfo file) =>
                    file.Exists
                        ? await File.ReadAllBytesAsync(file.FullName, cancel)
                        : throw new RuleViolationException("ballots.no-file", ("file", file.Name));
                var decision = Rulebook
                    .Parse(await Read(parsed.GetRequiredValue(rulebook)))
                    .Decide(Rulebook.ParseVote(await Read(parsed.GetRequiredValue(vote))));
                if (parsed.GetValue(json))
                    Console.WriteLine(JsonSerializer.Serialize(Written(decision, host.Texts), Readable));
                else
                    foreach (var sentence in decision.Say(host.Texts, Localizer.Operator))
                        Console.WriteLine(sentence);
                return 0;
            }
        );
        return new Command("rules", "The rules of quorums and majorities.") { decide };
    }

    /// <summary>A decision for programs: what was asked, what was found, and the same in words.</summary>
    internal static object Written(Decision decision, Localizer texts)
    {
        static object Measures(IEnumerable<Measured> measured) =>
            measured.Select(m => new
            {
                demand = m.Demand,
                found = m.Found,
                of = m.Of,
                needed = m.Needed,
                met = m.IsMet,
            });
        return new
        {
            outcome = decision.Outcome,
            quorum = new { met = decision.HasQuorum, conditions = Measures(decision.Quorum) },
            majorities = Measures(decision.Majorities),
            tie = decision.IsTie,
            empty = decision.IsEmpty,
            byChair = decision.ByChair,
            figures = decision.Vote,
            explanation = Language.All.ToDictionary(l => l.Code, l => string.Join(' ', decision.Say(texts, l))),
        };
    }
}
