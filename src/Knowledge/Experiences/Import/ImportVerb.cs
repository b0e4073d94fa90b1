using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Modules;

namespace Plenaria.Experiences.Import;

/// <summary><c>experiences import FILE... --source participedia [--dry-run] [--json]</c></summary>
internal static class ImportVerb
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Make(CliHost host)
    {
        var files = new Argument<FileInfo[]>("FILE")
        {
            Description =
                "What the collection gives out: JSON, CSV, or JSON lines, also packed with gzip. Rows of several files that bear the same number are one case.",
            Arity = ArgumentArity.OneOrMore,
        };
        var source = new Option<string>("--source") { Description = "The collection.", Required = true };
        source.AcceptOnlyFromAmong("participedia");
        var dryRun = new Option<bool>("--dry-run") { Description = "Read, compare and print; change nothing." };
        var json = new Option<bool>("--json") { Description = "Print the counts and every refused row as JSON." };
        var import = new Command(
            "import",
            "Take practices over from another collection. The same files twice change nothing."
        )
        {
            files,
            source,
            dryRun,
            json,
            host.Data,
        };
        import.SetAction(
            async (parsed, cancel) =>
            {
                var given = parsed.GetRequiredValue(files);
                foreach (var file in given)
                    if (!file.Exists)
                        throw new RuleViolationException("members.import.no-file", ("file", file.Name));
                await using var scope = (await host.Open(parsed, cancel)).CreateAsyncScope();
                var acting = scope.ServiceProvider.GetRequiredService<SystemActor>().As("experiences import");
                var result = await scope
                    .ServiceProvider.GetRequiredService<ExperienceImport>()
                    .Run(
                        [.. given.Select(f => (f.Name, (Func<Stream>)f.OpenRead))],
                        parsed.GetValue(dryRun),
                        acting,
                        cancel
                    );
                string Rule(ImportRefusal r) =>
                    host.Texts.Get(Localizer.Operator, r.Rule, ("country", r.Value), ("value", r.Value));
                if (parsed.GetValue(json))
                    Console.WriteLine(
                        JsonSerializer.Serialize(
                            new
                            {
                                result.Rows,
                                result.Records,
                                result.Taken,
                                result.Unnamed,
                                result.Changed,
                                result.Unchanged,
                                refused = result.Refused.Select(r => new
                                {
                                    r.File,
                                    r.Row,
                                    r.Column,
                                    r.Rule,
                                    r.Value,
                                    says = Rule(r),
                                }),
                            },
                            Readable
                        )
                    );
                else
                {
                    Console.WriteLine(
                        host.Texts.Get(
                            Localizer.Operator,
                            "experiences.import.done",
                            ("taken", result.Taken),
                            ("unnamed", result.Unnamed),
                            ("changed", result.Changed),
                            ("unchanged", result.Unchanged),
                            ("refused", result.Refused.Count)
                        )
                    );
                    foreach (var refusal in result.Refused)
                        Console.WriteLine(
                            $"{refusal.File} {refusal.Row} {refusal.Column}: {Rule(refusal)} {refusal.Value}"
                        );
                }
                return 0;
            }
        );
        return new Command("experiences", "Practices of the knowledge bank.") { import };
    }
}
