using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Plenaria.Tests.Acceptance.Contract;

/// <summary>The published program as an operator runs it: a process, its output, its exit code.</summary>
internal static class Program
{
    private static readonly string Executable = Path.Combine(
        Environment.GetEnvironmentVariable("PLENARIA_OUT") is { Length: > 0 } published
            ? published
            : Sources.Path("src", "Web", "bin", "Debug", "net10.0"),
        "plenaria"
    );

    public sealed record Outcome(int Code, string Output, string Errors);

    public static Process Start(
        IEnumerable<string> arguments,
        string? connectionString = null,
        string? directory = null,
        IEnumerable<(string Name, string Value)>? settings = null
    )
    {
        var start = new ProcessStartInfo(Executable, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? Path.GetTempPath(),
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment.Remove("ConnectionStrings__Plenaria");
        // Meant for the tests alone: the program runs as an operator's does.
        start.Environment.Remove("DOTNET_GCgen0size");
        // Most of these processes live for seconds: what the runtime would learn about them takes a seventh of a start.
        start.Environment["DOTNET_TieredPGO"] = "0";
        if (connectionString is not null)
            start.Environment["ConnectionStrings__Plenaria"] = connectionString;
        foreach (var (name, value) in settings ?? [])
            start.Environment[name] = value;
        TestCounts.Add("starts of the published program");
        return Process.Start(start)!;
    }

    public static async Task<Outcome> Run(IEnumerable<string> arguments, string? connectionString = null)
    {
        using var process = Start(arguments, connectionString);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            // What a test starts, it stops: a program that hangs must not outlive the test that it fails.
            if (!process.HasExited)
                process.Kill();
        }
        return new(process.ExitCode, await output, await errors);
    }
}

/// <summary>The program serving on a free port. Disposing it ends the process as a power cut would.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly Process _process;

    private Server(Process process, Uri address, IReadOnlyList<string> said) =>
        (_process, Address, Said) = (process, address, said);

    public Uri Address { get; }

    /// <summary>What it printed up to the line that names its address, and what follows at once.</summary>
    public IReadOnlyList<string> Said { get; }

    public static async Task<Server> Start(
        string verb,
        DirectoryInfo data,
        string? connectionString = null,
        IEnumerable<(string Name, string Value)>? settings = null
    )
    {
        var process = Program.Start(
            [verb, "--data", data.FullName, "--urls", "http://127.0.0.1:0"],
            connectionString,
            settings: settings
        );
        var said = new List<string>();
        var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(3)).Token;
        try
        {
            while (await process.StandardOutput.ReadLineAsync(deadline) is { } line)
            {
                said.Add(line);
                if (line == "Ready.")
                    return new(
                        process,
                        new(
                            said.Select(l => Regex.Match(l, @"http://localhost:\d+"))
                                .First(m => m.Success)
                                .Value.Replace("localhost", "127.0.0.1", StringComparison.Ordinal)
                        ),
                        said
                    );
            }
            throw new InvalidOperationException(
                $"{verb} did not start: {string.Join('\n', said)} {await process.StandardError.ReadToEndAsync(deadline)}"
            );
        }
        catch
        {
            // One that is late must not go on beside the tests that follow.
            process.Kill();
            throw;
        }
    }

    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
