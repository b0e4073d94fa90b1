using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Imports;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Modules;

namespace Plenaria.Experiences.Import;

/// <summary><c>experiences import</c></summary>
internal static class ImportVerb
{
    public static Command Make(CliHost host) =>
        new("experiences", "Practices of the knowledge bank.")
        {
            ImportCommand.Make(
                host,
                PracticeImport.Kind.Key,
                "title, and if known summary, member, city, country, year, topics, link, language",
                new(
                    "participedia",
                    "what the collection gives out: JSON, CSV, or JSON lines, also packed with gzip. Rows of several files that bear the same number are one case.",
                    async (services, files, isDryRun, cancel) =>
                        ReportOf(
                            await services
                                .GetRequiredService<ExperienceImport>()
                                .Run(
                                    [.. files.Select(f => (f.Name, (Func<Stream>)f.OpenRead))],
                                    isDryRun,
                                    services.GetRequiredService<SystemActor>().As("experiences import"),
                                    cancel
                                ),
                            host.Texts
                        )
                )
            ),
        };

    private static ImportReport ReportOf(SourceResult result, Localizer texts)
    {
        var reader = Localizer.Operator;
        string Rule(ImportRefusal r) => texts.Get(reader, r.Rule, ("country", r.Value), ("value", r.Value));
        return new(
            texts.Get(
                reader,
                "experiences.import.done",
                ("taken", result.Taken),
                ("unnamed", result.Unnamed),
                ("changed", result.Changed),
                ("unchanged", result.Unchanged),
                ("refused", result.Refused.Count)
            ),
            result.Refused.Select(r => $"{r.File} {r.Row} {r.Column}: {Rule(r)} {r.Value}"),
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
            }
        );
    }
}
