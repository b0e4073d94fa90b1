using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Modules;

namespace Plenaria.Imports;

/// <summary>What an import tells whoever ran it.</summary>
/// <param name="Summary">One line.</param>
/// <param name="Lines">A line for each row that was left out or taken otherwise than it was written.</param>
/// <param name="AsJson">All of it for a program.</param>
public sealed record ImportReport(string Summary, IEnumerable<string> Lines, object AsJson);

/// <summary>Files of another collection, in its own format, which a module reads itself.</summary>
/// <param name="Name">What follows <c>--source</c>.</param>
/// <param name="Files">What its files are, for whoever asks for help.</param>
public sealed record ForeignSource(
    string Name,
    string Files,
    Func<IServiceProvider, IReadOnlyList<FileInfo>, bool, CancellationToken, Task<ImportReport>> RunAsync
);

/// <summary>
/// <c>import FILE [--language L] [--map HEADING=COLUMN] [--dry-run] [--json]</c>, which a module puts under its own
/// command.
/// </summary>
public static class ImportCommand
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="kind">The key of the kind, by which the journal names the command too.</param>
    /// <param name="columns">The columns that it reads, for whoever asks for help.</param>
    /// <param name="foreign">A format of others that the same command reads.</param>
    public static Command Make(CliHost host, string kind, string columns, ForeignSource? foreign = null)
    {
        var options = new ImportOptions(columns, foreign);
        var import = new Command("import", "Take records over from a file. The same file twice changes nothing.")
        {
            options.Files,
            options.Language,
            options.Map,
            options.DryRun,
            options.Json,
            host.Data,
        };
        if (foreign is not null)
            import.Add(options.Source);
        import.Validators.Add(parsed =>
        {
            var isForeign = foreign is not null && parsed.GetValue(options.Source) is not null;
            if (!isForeign && parsed.GetValue(options.Files) is { Length: > 1 })
                parsed.AddError("One file at a time.");
        });
        import.SetAction(
            async (parsed, cancel) =>
            {
                var files = parsed.GetRequiredValue(options.Files);
                if (Array.Find(files, f => !f.Exists) is { } missing)
                    throw new RuleViolationException("imports.no-file", ("file", missing.Name));
                await using var scope = (await host.Open(parsed, cancel)).CreateAsyncScope();
                var report =
                    foreign is not null && parsed.GetValue(options.Source) is not null
                        ? await foreign.RunAsync(scope.ServiceProvider, files, parsed.GetValue(options.DryRun), cancel)
                        : ReportOf(
                            await RunAsync(
                                scope.ServiceProvider.GetRequiredService<ImportService>(),
                                scope.ServiceProvider.GetRequiredService<SystemActor>().As($"{kind} import"),
                                kind,
                                options,
                                parsed,
                                cancel
                            ),
                            host.Texts
                        );
                Print(report, parsed.GetValue(options.Json));
                return 0;
            }
        );
        return import;
    }

    private static async Task<ImportResult> RunAsync(
        ImportService imports,
        OperationContext acting,
        string kind,
        ImportOptions options,
        ParseResult parsed,
        CancellationToken cancel
    )
    {
        var path = parsed.GetRequiredValue(options.Files)[0];
        if (path.Length > ImportService.MaxBytes)
            throw new RuleViolationException("imports.too-large", ("limit", ImportService.MaxBytes >> 20));
        await using var content = path.OpenRead();
        return await imports.RunAsync(
            new(kind, path.Name, content, options.LanguageOf(parsed), options.MapOf(parsed)),
            parsed.GetValue(options.DryRun),
            acting,
            cancel,
            new ConsoleProgress()
        );
    }

    private static ImportReport ReportOf(ImportResult result, Localizer texts)
    {
        var reader = Localizer.Operator;
        string Rule(RowFault fault) => texts.Get(reader, fault.Rule, fault.ValuesFor(reader));
        IEnumerable<object> Lines(IEnumerable<RowFault> lines) =>
            lines.Select(r => new
            {
                r.Row,
                r.Column,
                r.Rule,
                r.Value,
                says = Rule(r),
            });
        return new(
            texts.Get(
                reader,
                "imports.done",
                ("taken", result.Taken),
                ("changed", result.Changed),
                ("unchanged", result.Unchanged),
                ("refused", result.Refused.Count)
            ),
            result.Refused.Concat(result.Notes).Select(r => $"{r.Row} {r.Column}: {Rule(r)} {r.Value}"),
            new
            {
                result.Taken,
                result.Changed,
                result.Unchanged,
                refused = Lines(result.Refused),
                notes = Lines(result.Notes),
            }
        );
    }

    private static void Print(ImportReport report, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(report.AsJson, Readable));
            return;
        }
        Console.WriteLine(report.Summary);
        foreach (var line in report.Lines)
            Console.WriteLine(line);
    }

    /// <summary>
    /// Says how far a long file was read, every ten thousand rows, beside what is printed as the result.
    /// </summary>
    private sealed class ConsoleProgress : IProgress<int>
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

/// <summary>The arguments and options of <see cref="ImportCommand"/>.</summary>
internal sealed class ImportOptions
{
    public ImportOptions(string columns, ForeignSource? foreign)
    {
        var tables = $"CSV or Excel workbook with a line of headings: {columns}.";
        Files = new("FILE")
        {
            Description = foreign is null ? tables : $"{tables} With --source {foreign.Name}: {foreign.Files}",
            Arity = ArgumentArity.OneOrMore,
        };
        Language.AcceptOnlyFromAmong([.. Kernel.Language.All.Select(l => l.Code)]);
        if (foreign is not null)
            Source.AcceptOnlyFromAmong(foreign.Name);
    }

    public Argument<FileInfo[]> Files { get; }

    public Option<string> Language { get; } =
        new("--language")
        {
            Description = "The language the names are written in: ca, en, es, fr or pt.",
            DefaultValueFactory = _ => "en",
        };

    public Option<string[]> Map { get; } =
        new("--map")
        {
            Description =
                "A heading of the file and the column it means, as HEADING=COLUMN: --map \"Nom officiel=name\". May be given several times.",
            AllowMultipleArgumentsPerToken = true,
        };

    public Option<bool> DryRun { get; } = new("--dry-run") { Description = "Read, compare and print; change nothing." };

    public Option<bool> Json { get; } =
        new("--json") { Description = "Print the counts and every refused row as JSON." };

    public Option<string> Source { get; } = new("--source") { Description = "The collection whose files these are." };

    public Language LanguageOf(ParseResult parsed) => Kernel.Language.Parse(parsed.GetValue(Language)!);

    public ColumnMap MapOf(ParseResult parsed) =>
        new(
            (parsed.GetValue(Map) ?? [])
                .Select(m => m.Split('=', 2))
                .Where(m => m.Length == 2)
                .ToDictionary(m => Folding.Fold(m[0]), m => m[1].Trim())
        );
}
