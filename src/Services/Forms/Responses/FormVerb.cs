using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Documents;
using Plenaria.Platform.Language;
using Plenaria.Platform.Modules;

namespace Plenaria.Forms;

/// <summary><c>form export FORM --format csv|xlsx [--language L] [--out FILE]</c></summary>
internal static class FormVerb
{
    public static Command Make(CliHost host)
    {
        var form = new Argument<string>("FORM") { Description = "The word of the form in its address." };
        var format = new Option<string>("--format") { Description = "csv or xlsx.", DefaultValueFactory = _ => "csv" };
        format.AcceptOnlyFromAmong("csv", "xlsx");
        var to = new Option<FileInfo?>("--out") { Description = "Where to; the standard output when it is left out." };
        var export = new Command("export", "Write what was sent of a form as a table.") { form, format, to, host.Data };
        export.SetAction(
            async (parsed, cancel) =>
            {
                await using var scope = (await host.Open(parsed, cancel)).CreateAsyncScope();
                var key = parsed.GetRequiredValue(form);
                if (
                    await scope.ServiceProvider.GetRequiredService<FormService>().FindAsync(key, cancel) is not { } open
                )
                    throw new RuleViolationException("forms.build.unknown", ("form", key));
                var reader = scope.ServiceProvider.GetRequiredService<ResponseReader>();
                var (headings, rows) = await reader.TableAsync(open, ResponseFilter.None, Localizer.Operator, cancel);
                await WriteAsync(parsed.GetValue(to), parsed.GetValue(format) == "xlsx", headings, rows, cancel);
            }
        );
        return new Command("form", "Forms that staff build.") { export };
    }

    private static async Task WriteAsync(
        FileInfo? to,
        bool isXlsx,
        IReadOnlyList<string> headings,
        IAsyncEnumerable<IEnumerable<TableCell[]>> rows,
        CancellationToken cancel
    )
    {
        // A workbook is written by going back, which a terminal or a pipe cannot do.
        await using var file = to is null ? new MemoryStream() : (Stream)to.Create();
        if (isXlsx)
            await TableFiles.WriteXlsxAsync(file, headings, rows, cancel);
        else
            await TableFiles.WriteCsvAsync(file, headings, rows, cancel);
        if (file is MemoryStream made)
        {
            await using var output = Console.OpenStandardOutput();
            await output.WriteAsync(made.GetBuffer().AsMemory(0, (int)made.Length), cancel);
        }
    }
}
