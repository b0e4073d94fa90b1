using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Modules;

namespace Plenaria.Plans.Import;

/// <summary><c>plan import FILE --year Y --language L [--history] [--dry-run] [--json]</c></summary>
internal static class ImportVerb
{
    public static Command Make(CliHost host)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The work plan: Markdown, plain text or .docx." };
        var year = new Option<int>("--year") { Description = "The year the plan is for.", Required = true };
        var language = new Option<string>("--language")
        {
            Description = "The language it is written in: ca, en, es, fr or pt.",
            Required = true,
        };
        language.AcceptOnlyFromAmong([.. Language.All.Select(l => l.Code)]);
        var history = new Option<bool>("--history")
        {
            Description = "An earlier year's plan, kept as history: nobody is asked to work on it.",
        };
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "Read and print; change nothing, open no database.",
        };
        var json = new Option<bool>("--json") { Description = "Print the tree as JSON." };
        var import = new Command("import", "Read a work plan as people write it, and make it the plan of its year.")
        {
            file,
            year,
            language,
            history,
            dryRun,
            json,
            host.Data,
        };
        import.SetAction(
            async (parsed, cancel) =>
            {
                var (path, planYear, planLanguage) = (
                    parsed.GetRequiredValue(file),
                    parsed.GetRequiredValue(year),
                    Language.Parse(parsed.GetRequiredValue(language))
                );
                PlanImport.CheckYear(planYear);
                if (!path.Exists)
                    throw new RuleViolationException("plans.import.no-file", ("file", path.Name));
                if (path.Length > SourceReader.MaxBytes)
                    throw new RuleViolationException(
                        "plans.import.too-large",
                        ("limit", SourceReader.MaxBytes / 1024 / 1024)
                    );
                var content = await File.ReadAllBytesAsync(path.FullName, cancel);
                var draft = PlanImport.Read(content);
                if (!parsed.GetValue(dryRun))
                {
                    await using var scope = (await host.Open(parsed, cancel)).CreateAsyncScope();
                    var acting = scope.ServiceProvider.GetRequiredService<SystemActor>().As("plan import");
                    await scope
                        .ServiceProvider.GetRequiredService<PlanImport>()
                        .Accept(
                            draft,
                            planYear,
                            planLanguage,
                            content,
                            path.Name,
                            acting,
                            cancel,
                            parsed.GetValue(history)
                        );
                }
                Console.WriteLine(
                    parsed.GetValue(json)
                        ? DryRun.Json(draft, planYear, planLanguage)
                        : host.Texts.Get(
                            Localizer.Operator,
                            "plans.import.done",
                            ("directions", draft.Directions.Count),
                            ("actions", draft.ActionCount),
                            ("left", draft.NotUnderstood.Count)
                        )
                );
                return 0;
            }
        );
        return new Command("plan", "Work plans.") { import };
    }
}
