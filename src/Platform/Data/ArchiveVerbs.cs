using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Language;
using Plenaria.Platform.Modules;

namespace Plenaria.Platform.Data;

/// <summary><c>backup FILE</c> and <c>restore FILE [--force]</c>.</summary>
internal static class ArchiveVerbs
{
    public static Command Backup(CliHost host)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The archive to write." };
        var backup = new Command("backup", "Write everything to one archive, consistent while the server goes on.")
        {
            file,
            host.Data,
        };
        backup.SetAction(
            async (parsed, cancel) =>
            {
                var target = parsed.GetRequiredValue(file);
                if (target.Directory is not { Exists: true })
                    throw new RuleViolationException("platform.restore.no-folder", ("folder", target.DirectoryName));
                await using var scope = (await host.OpenAsItIs(parsed, cancel)).CreateAsyncScope();
                var archive = scope.ServiceProvider.GetRequiredService<Archive>();
                Say(
                    host,
                    "platform.backup.done",
                    target,
                    await archive.Write(target, parsed.GetValue(host.Data)!, cancel)
                );
                return 0;
            }
        );
        return backup;
    }

    public static Command Restore(CliHost host)
    {
        var file = new Argument<FileInfo>("FILE")
        {
            Description = "An archive that `backup` wrote, on either database.",
        };
        var force = new Option<bool>("--force") { Description = "Replace what is in the database." };
        var restore = new Command("restore", "Fill an empty database from an archive.") { file, force, host.Data };
        restore.SetAction(
            async (parsed, cancel) =>
            {
                await using var scope = (await host.OpenUnmigrated(parsed, cancel)).CreateAsyncScope();
                var archive = scope.ServiceProvider.GetRequiredService<Archive>();
                var (source, data) = (parsed.GetRequiredValue(file), parsed.GetValue(host.Data)!);
                Say(
                    host,
                    "platform.restore.done",
                    source,
                    await archive.Read(source, data, parsed.GetValue(force), cancel)
                );
                return 0;
            }
        );
        return restore;
    }

    private static void Say(CliHost host, string key, FileInfo file, (long Rows, int Files) count) =>
        Console.WriteLine(
            host.Texts.Get(
                Localizer.Operator,
                key,
                ("rows", count.Rows),
                ("files", count.Files),
                ("file", file.FullName)
            )
        );
}
