using System.Diagnostics;

namespace Plenaria.Bench;

/// <summary>What the directory, its facets, the map and the import cost with few and with many members.</summary>
internal static class NetworkSizes
{
    private const int Few = 1_000,
        Some = 10_000,
        Many = 100_000;
    private static readonly string[] Countries =
        ["SN", "FR", "ES", "BR", "US", "KR", "MA", "DE", "ID", "KE", "CA", "MX"],
        Kinds = ["local government", "university", "civil society"];

    public static readonly IReadOnlyDictionary<string, string> Pages = new Dictionary<string, string>
    {
        ["directory-100k-to-1k"] = "/en/members?n=",
        ["facets-100k-to-1k"] = "/en/members?region=002&kind=University&n=",
        ["map-100k-to-1k"] = "/en/composition?n=",
    };

    public static async Task Measure(string program, Dictionary<string, double> found)
    {
        var folder = Directory.CreateTempSubdirectory("plenaria-bench").FullName;
        var (seconds, megabytes) = (new Dictionary<int, double>(), new Dictionary<int, double>());
        foreach (var size in (int[])[Few, Some, Many])
        {
            var file = Path.Combine(folder, $"{size}.csv");
            await File.WriteAllLinesAsync(file, Rows(size));
            (seconds[size], megabytes[size]) = await Import(program, file, Path.Combine(folder, $"{size}"));
        }
        // The start of the program is in both.
        found["import-rows-s"] = (Many - Some) / (seconds[Many] - seconds[Some]);
        found["import-memory-100k-to-10k"] = megabytes[Many] / megabytes[Some];
        using (
            var few = Served.Start(
                program,
                "serve",
                "--data",
                Path.Combine(folder, $"{Few}"),
                "--urls",
                "http://127.0.0.1:0"
            )
        )
        using (
            var many = Served.Start(
                program,
                "serve",
                "--data",
                Path.Combine(folder, $"{Many}"),
                "--urls",
                "http://127.0.0.1:0"
            )
        )
            foreach (var (figure, path) in Pages)
                found[figure] = await Ratio(many, few, path);
        Directory.Delete(folder, recursive: true);
    }

    private static IEnumerable<string> Rows(int size) =>
        Enumerable
            .Range(0, size)
            .Select(i =>
                $"Institution {i * 7919 % size} {"abcdefghij"[i % 10]},{Countries[i % Countries.Length]},{Kinds[i % 7 % Kinds.Length]},Town {i},https://v{i}.example.org/,{2000 + i % 25}"
            )
            .Prepend("name,country,kind,city,website,since");

    private static async Task<(double Seconds, double Megabytes)> Import(string program, string file, string data)
    {
        var since = Stopwatch.StartNew();
        using var import = Process.Start(
            new ProcessStartInfo(program, ["members", "import", file, "--data", data])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        import.BeginErrorReadLine();
        import.BeginOutputReadLine();
        var most = 0L;
        while (!import.WaitForExit(TimeSpan.FromMilliseconds(50)))
        {
            import.Refresh();
            most = Math.Max(most, import.HasExited ? 0 : import.PeakWorkingSet64);
        }
        await import.WaitForExitAsync();
        return import.ExitCode == 0
            ? (since.Elapsed.TotalSeconds, most / 1048576.0)
            : throw new InvalidOperationException($"The import of {file} ended with {import.ExitCode}.");
    }

    /// <summary>
    /// Median time of a page that is made anew for each request, of one house against another, asked in turns.
    /// </summary>
    private static async Task<double> Ratio(Served one, Served other, string path)
    {
        using var http = new HttpClient();
        var (ones, others) = (new List<double>(), new List<double>());
        async Task Ask(Served house, List<double>? times, int n)
        {
            var since = Stopwatch.StartNew();
            await http.GetByteArrayAsync(new Uri(house.Address, path + n));
            times?.Add(since.Elapsed.TotalMilliseconds);
        }
        for (var n = 0; n < 260; n++)
        {
            // The first sixty only warm the program up.
            await Ask(one, n < 60 ? null : ones, n);
            await Ask(other, n < 60 ? null : others, n);
        }
        return Median(ones) / Median(others);
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
