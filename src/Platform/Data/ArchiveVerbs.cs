using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Modules;

namespace Plenaria.Platform.Data;

/// <summary><c>backup FILE</c> and <c>restore FILE [--force]</c>.</summary>
internal static class ArchiveVerbs
{
    public static Command Backup(VerbHost host)
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
                    throw new RuleBroken("platform.restore.no-folder", ("folder", target.DirectoryName));
                await using var scope = (await host.OpenAsItIs(parsed, cancel)).CreateAsyncScope();
                await scope
                    .ServiceProvider.GetRequiredService<Archive>()
                    .Write(target, parsed.GetValue(host.Data)!, cancel);
                return 0;
            }
        );
        return backup;
    }

    public static Command Restore(VerbHost host)
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
                await scope
                    .ServiceProvider.GetRequiredService<Archive>()
                    .Read(parsed.GetRequiredValue(file), parsed.GetValue(host.Data)!, parsed.GetValue(force), cancel);
                return 0;
            }
        );
        return restore;
    }
}
