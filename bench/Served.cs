using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Plenaria.Bench;

/// <summary>A program under measurement, killed when done with.</summary>
internal sealed class Served : IDisposable
{
    private readonly Process _process;

    private Served(Process process, Uri address, Stopwatch since) =>
        (_process, Address, Since) = (process, address, since);

    public Uri Address { get; }
    public Stopwatch Since { get; }

    public static Served Start(string program, params string[] arguments)
    {
        var since = Stopwatch.StartNew();
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        while (process.StandardOutput.ReadLine() is { } line)
            if (Regex.Match(line, @"http://[\w.]+:(\d+)") is { Success: true } match)
                return new(process, new($"http://127.0.0.1:{match.Groups[1].Value}"), since);
        throw new InvalidOperationException($"{program} did not start.");
    }

    /// <summary>Reads on up to a line, and returns what stands before it.</summary>
    public IReadOnlyList<string> WaitFor(string line)
    {
        var said = new List<string>();
        while (_process.StandardOutput.ReadLine() is { } next && next != line)
            said.Add(next);
        return said;
    }

    /// <summary>The links with which a demo says that people of a role sign in.</summary>
    public static List<string> LinksOf(string role, IEnumerable<string> said) =>
        [
            .. said.Select(l => Regex.Match(l, $@"^Sign in as {role}: http://[^/]+(/\S+)$"))
                .Where(m => m.Success)
                .Select(m => m.Groups[1].Value),
        ];

    /// <summary>Seconds from the start of the process to the first 200 of an address.</summary>
    public async Task<double> Until(string path)
    {
        using var http = new HttpClient { BaseAddress = Address };
        while (true)
            try
            {
                (await http.GetAsync(path)).EnsureSuccessStatusCode();
                return Since.Elapsed.TotalSeconds;
            }
            catch (HttpRequestException) when (Since.Elapsed < TimeSpan.FromSeconds(30))
            {
                await Task.Delay(2);
            }
    }

    public double ResidentMegabytes()
    {
        _process.Refresh();
        return _process.WorkingSet64 / 1048576.0;
    }

    /// <summary>The most it ever took.</summary>
    public double PeakMegabytes()
    {
        _process.Refresh();
        return _process.PeakWorkingSet64 / 1048576.0;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
