using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Modules;

namespace Plenaria.Members.Import;

/// <summary><c>members import FILE [--language L] [--dry-run] [--json]</c></summary>
internal static class ImportVerb
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Make(CliHost host)
    {
        var file = new Argument<FileInfo>("FILE")
        {
            Description =
                "CSV or Excel workbook with a line of headings: name, country, and if known kind, class, city, population, website, since.",
        };
        var language = new Option<string>("--language")
        {
            Description = "The language the names are written in: ca, en, es, fr or pt.",
            DefaultValueFactory = _ => "en",
        };
        language.AcceptOnlyFromAmong([.. Language.All.Select(l => l.Code)]);
        var dryRun = new Option<bool>("--dry-run") { Description = "Read, compare and print; change nothing." };
        var map = new Option<string[]>("--map")
        {
            Description =
                "A heading of the file and the column it means, as HEADING=COLUMN: --map \"Nom officiel=name\". May be given several times.",
            AllowMultipleArgumentsPerToken = true,
        };
        var json = new Option<bool>("--json") { Description = "Print the counts and every refused row as JSON." };
        var import = new Command("import", "Take members over from a spreadsheet. The same file twice changes nothing.")
        {
            file,
            language,
            map,
            dryRun,
            json,
            host.Data,
        };
        import.SetAction(
            async (parsed, cancel) =>
            {
                var path = parsed.GetRequiredValue(file);
                if (!path.Exists)
                    throw new RuleViolationException("members.import.no-file", ("file", path.Name));
                if (path.Length > MemberImport.MaxBytes)
                    throw new RuleViolationException(
                        "members.import.too-large",
                        ("limit", MemberImport.MaxBytes >> 20)
                    );
                await using var scope = (await host.Open(parsed, cancel)).CreateAsyncScope();
                var acting = scope.ServiceProvider.GetRequiredService<SystemActor>().As("members import");
                await using var content = path.OpenRead();
                var result = await scope
                    .ServiceProvider.GetRequiredService<MemberImport>()
                    .Run(
                        content,
                        path.Name,
                        parsed.GetValue(dryRun),
                        acting,
                        Language.Parse(parsed.GetValue(language)!),
                        new Told(),
                        cancel,
                        new(
                            (parsed.GetValue(map) ?? [])
                                .Select(m => m.Split('=', 2))
                                .Where(m => m.Length == 2)
                                .ToDictionary(m => Folding.Fold(m[0]), m => m[1].Trim())
                        )
                    );
                string Rule(Refusal r) =>
                    host.Texts.Get(
                        Localizer.Operator,
                        r.Rule,
                        ("country", r.Value),
                        ("value", r.Value),
                        ("choices", r.Choices?.Invoke(Localizer.Operator))
                    );
                IEnumerable<object> Lines(IEnumerable<Refusal> lines) =>
                    lines.Select(r => new
                    {
                        r.Row,
                        r.Column,
                        r.Rule,
                        r.Value,
                        says = Rule(r),
                    });
                if (parsed.GetValue(json))
                {
                    var (refused, notes) = (Lines(result.Refused), Lines(result.Notes));
                    Console.WriteLine(
                        JsonSerializer.Serialize(
                            new
                            {
                                result.Taken,
                                result.Changed,
                                result.Unchanged,
                                refused,
                                notes,
                            },
                            Readable
                        )
                    );
                }
                else
                {
                    Console.WriteLine(
                        host.Texts.Get(
                            Localizer.Operator,
                            "members.import.done",
                            ("taken", result.Taken),
                            ("changed", result.Changed),
                            ("unchanged", result.Unchanged),
                            ("refused", result.Refused.Count)
                        )
                    );
                    foreach (var line in result.Refused.Concat(result.Notes))
                        Console.WriteLine($"{line.Row} {line.Column}: {Rule(line)} {line.Value}");
                }
                return 0;
            }
        );
        return new Command("members", "Members of the network.") { import };
    }

    /// <summary>
    /// Says how far a long file was read, every ten thousand rows, beside what is printed as the result.
    /// </summary>
    private sealed class Told : IProgress<int>
    {
        private int _said;

        public void Report(int value)
        {
            if (value / 10_000 == _said)
                return;
            _said = value / 10_000;
            Console.Error.WriteLine($"{value:N0} …");
        }
    }
}
