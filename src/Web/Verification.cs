using System.CommandLine;
using System.Diagnostics;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Modules;

namespace Plenaria.Web;

/// <summary><c>verify</c>: recomputes what can be recomputed and names what does not hold.</summary>
internal static class Verification
{
    public static Command Verb(CliHost host)
    {
        var root = new Option<string?>("--root")
        {
            Description = "A root of the journal that was kept elsewhere: the journal must have been sealed with it.",
        };
        var times = new Option<bool>("--times") { Description = "Print how many seconds each check took." };
        var verify = new Command(
            "verify",
            "Recompute the journal's chains and every closed document; name the first break of each."
        )
        {
            root,
            times,
            host.Data,
        };
        verify.SetAction(
            async (parsed, cancel) =>
            {
                await using var scope = (await host.OpenAsItIs(parsed, cancel)).CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<PlenariaDb>();
                // One moment for all checks: the server may go on writing.
                await using var moment = await db.Snapshot(cancel);
                var faults = 0;
                foreach (var check in scope.ServiceProvider.GetRequiredService<ModuleCatalog>().Declared<Check>())
                {
                    var since = Stopwatch.GetTimestamp();
                    faults += await Count(check.What, check.Faults(scope.ServiceProvider, cancel));
                    if (parsed.GetValue(times))
                        Console.WriteLine(
                            FormattableString.Invariant(
                                $"{check.What}: {Stopwatch.GetElapsedTime(since).TotalSeconds:0.000} s"
                            )
                        );
                }
                if (
                    parsed.GetValue(root) is { } kept
                    && !await scope.ServiceProvider.GetRequiredService<Journal>().WasSealedWith(kept, cancel)
                )
                {
                    faults++;
                    await Console.Error.WriteLineAsync($"seals: no seal has the root {kept}");
                }
                if (faults == 0)
                    Console.WriteLine("Everything holds.");
                return faults == 0 ? 0 : 1;
            }
        );
        return verify;
    }

    /// <summary>Prints the faults, and says how many there were.</summary>
    private static async Task<int> Count(string what, IAsyncEnumerable<string> faults)
    {
        var count = 0;
        await foreach (var fault in faults)
        {
            count++;
            await Console.Error.WriteLineAsync($"{what}: {fault}");
        }
        return count;
    }
}
