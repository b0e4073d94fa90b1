using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using MimeKit;
using Plenaria.Platform.Language;
using Plenaria.Platform.Modules;

namespace Plenaria.Correspondence;

/// <summary><c>mail classify FILE…</c>: what mails that came back are. Opens no database.</summary>
internal static class ClassifyCommand
{
    private const string Unreadable = "unreadable";

    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Make(CliHost host)
    {
        var files = new Argument<FileInfo[]>("FILE")
        {
            Description = "Mails as they came in (RFC 5322).",
            Arity = ArgumentArity.OneOrMore,
        };
        var json = new Option<bool>("--json") { Description = "For a program: one array, one object per file." };
        var classify = new Command(
            "classify",
            "Say of mails whether they are bounces (hard, soft), complaints, automatic answers, or none of these."
        )
        {
            files,
            json,
        };
        classify.SetAction(
            async (parsed, cancel) =>
            {
                var found = new List<(string File, BounceReport Report)>();
                foreach (var file in parsed.GetValue(files)!)
                    found.Add((file.FullName, await ReadAsync(file, cancel)));
                Write(found, parsed.GetValue(json));
                var unreadable = found.FindAll(f => f.Report.Reason == Unreadable);
                foreach (var (file, _) in unreadable)
                    await Console.Error.WriteLineAsync(
                        $"{file}: {host.Texts.Get(Localizer.Operator, "mail.unreadable")}"
                    );
                return unreadable.Count == 0 ? 0 : 1;
            }
        );
        return classify;
    }

    private static void Write(IReadOnlyList<(string File, BounceReport Report)> found, bool asJson)
    {
        if (asJson)
            Console.WriteLine(
                JsonSerializer.Serialize(
                    found.Select(f => new
                    {
                        file = f.File,
                        kind = NameOf(f.Report.Kind),
                        recipients = f.Report.Recipients,
                        reason = f.Report.Reason,
                    }),
                    Readable
                )
            );
        else
            foreach (var (file, report) in found)
                Console.WriteLine(
                    $"{file}: {NameOf(report.Kind)} ({report.Reason}) {string.Join(' ', report.Recipients)}"
                );
    }

    private static async Task<BounceReport> ReadAsync(FileInfo file, CancellationToken cancel)
    {
        if (!file.Exists)
            throw new RuleViolationException("mail.no-file", ("file", file.FullName));
        try
        {
            await using var content = file.OpenRead();
            using var message = await MimeMessage.LoadAsync(content, cancel);
            return BounceClassifier.Classify(message);
        }
        catch (Exception fault) when (fault is FormatException or ParseException)
        {
            return new(BounceKind.None, [], Unreadable);
        }
    }

    /// <summary>As programs read it: <c>auto-reply</c>.</summary>
    public static string NameOf(BounceKind kind) =>
        kind == BounceKind.AutoReply ? "auto-reply" : kind.ToString().ToLowerInvariant();
}
