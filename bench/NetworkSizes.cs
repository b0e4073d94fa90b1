using System.Diagnostics;
using System.Text.Json;

namespace Plenaria.Bench;

/// <summary>
/// What pages cost with few and with many members and practices, beside two plans; and the import of members.
/// </summary>
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
        ["front-100k-to-1k"] = "/en?n=",
        ["practice-100k-to-1k"] = Practice,
        ["list-100k-to-1k"] = "/en/experiences?n=",
        ["search-empty-100k-to-1k"] = "/en/search?n=",
        ["feed-100k-to-1k"] = "/feed.atom?n=",
        ["sitemap-100k-to-1k"] = "/sitemap.xml?n=",
        ["workspace-100k-to-1k"] = "/en/workspace?n=",
        ["desk-100k-to-1k"] = "/en/experiences/desk?n=",
    };

    private const string Practice = "the first practice of the list";

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
        using var few = await House.Open(program, Path.Combine(folder, "few"), Few);
        using var many = await House.Open(program, Path.Combine(folder, "many"), Many);
        foreach (var (figure, path) in Pages)
        {
            var times = await Medians(many, few, path);
            Console.WriteLine(FormattableString.Invariant($"{figure}: {times.One:0.0} ms by {times.Other:0.0} ms"));
            found[figure] = times.One / times.Other;
        }
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

    /// <summary>The sample network with further members and practices, and somebody of its Secretariat.</summary>
    private sealed class House : IDisposable
    {
        private readonly Served _served;

        private House(Served served) => (_served, Staff) = (served, new(() => served.Address));

        public Person Staff { get; }
        public string Practice { get; private set; } = "";

        public static async Task<House> Open(string program, string data, int size)
        {
            using (var sample = Serve(program, data))
                sample.WaitFor("Ready.");
            var (members, practices) = ($"{data}-members.csv", $"{data}-practices.csv");
            await File.WriteAllLinesAsync(members, Rows(size));
            await File.WriteAllLinesAsync(practices, SearchSizes.Rows(size, words: 60));
            await Import(program, members, data);
            await SearchSizes.Import(program, practices, data);
            var served = Serve(program, data);
            var said = served.WaitFor("Ready.");
            var house = new House(served);
            await house.Staff.SignIn(Served.LinksOf("staff", said)[0]);
            using var http = new HttpClient { BaseAddress = served.Address };
            JsonElement found;
            do found = await http.GetFromJsonAsync<JsonElement>("/api/v1/search?kind=experience");
            while (found.GetProperty("pending").GetInt32() > 0);
            house.Practice = found.GetProperty("results")[0].GetProperty("href").GetString()!;
            return house;
        }

        private static Served Serve(string program, string data) =>
            Served.Start(program, "demo", "--data", data, "--urls", "http://127.0.0.1:0");

        public void Dispose()
        {
            Staff.Dispose();
            _served.Dispose();
        }
    }

    /// <summary>
    /// Median time of a page that is made anew for each request, of one house against another, asked in turns.
    /// </summary>
    private static async Task<(double One, double Other)> Medians(House one, House other, string path)
    {
        var (ones, others) = (new List<double>(), new List<double>());
        async Task Ask(House house, List<double>? times, int n)
        {
            var since = Stopwatch.StartNew();
            await house.Staff.Get(path == Practice ? $"{house.Practice}?n={n}" : $"{path}{n}");
            times?.Add(since.Elapsed.TotalMilliseconds);
        }
        for (var n = 0; n < 160; n++)
        {
            // The first forty only warm the program up.
            await Ask(one, n < 40 ? null : ones, n);
            await Ask(other, n < 40 ? null : others, n);
        }
        return (Median(ones), Median(others));
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
