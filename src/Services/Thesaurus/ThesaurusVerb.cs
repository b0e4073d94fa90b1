using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Modules;

namespace Plenaria.Thesaurus;

/// <summary><c>thesaurus import FILE [--dry-run] [--json]</c></summary>
internal static class ThesaurusVerb
{
    public static Command Make(CliHost host)
    {
        var file = new Argument<FileInfo>("FILE")
        {
            Description = "SKOS in RDF/XML; concepts carry a notation scheme:code.",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Read, compare and print; change nothing." };
        var json = new Option<bool>("--json") { Description = "Print the counts and every refused term as JSON." };
        var import = new Command("import", "Take terms over from a SKOS file. The same file twice changes nothing.")
        {
            file,
            dryRun,
            json,
            host.Data,
        };
        import.SetAction(
            async (parsed, cancel) =>
            {
                var path = parsed.GetRequiredValue(file);
                if (!path.Exists)
                    throw new RuleViolationException("thesaurus.import.no-file", ("file", path.Name));
                await using var scope = (await host.Open(parsed, cancel)).CreateAsyncScope();
                await using var content = path.OpenRead();
                var result = await scope
                    .ServiceProvider.GetRequiredService<ThesaurusEditor>()
                    .Import(
                        content,
                        parsed.GetValue(dryRun),
                        scope.ServiceProvider.GetRequiredService<SystemActor>().As("thesaurus import"),
                        cancel
                    );
                if (parsed.GetValue(json))
                    Console.WriteLine(
                        JsonSerializer.Serialize(
                            new
                            {
                                result.Taken,
                                result.Changed,
                                result.Unchanged,
                                refused = result.Refused.Select(r => new
                                {
                                    r.Code,
                                    r.Rule,
                                    says = host.Texts.Get(Localizer.Operator, r.Rule),
                                }),
                            },
                            JsonSerializerOptions.Web
                        )
                    );
                else
                {
                    Console.WriteLine(
                        host.Texts.Get(
                            Localizer.Operator,
                            "thesaurus.import.done",
                            ("taken", result.Taken),
                            ("changed", result.Changed),
                            ("unchanged", result.Unchanged),
                            ("refused", result.Refused.Count)
                        )
                    );
                    foreach (var (code, rule) in result.Refused)
                        Console.WriteLine($"{code}: {host.Texts.Get(Localizer.Operator, rule)}");
                }
                return 0;
            }
        );
        return new Command("thesaurus", "The network's vocabularies.") { import };
    }
}
