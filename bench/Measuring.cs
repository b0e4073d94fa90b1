using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Plenaria.Bench;

/// <summary>
/// Every figure of targets.json. Ratios are taken against a bare program in the same run, interleaved, so that a busy
/// machine hurts both.
/// </summary>
internal static class Measuring
{
    private const string Page = "/en/plans/2013";
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private sealed record Target(int Issue, string What, double? AtLeast, double? AtMost);

    public static async Task<int> Run(string program, string tree, string[] names)
    {
        var targets = JsonSerializer.Deserialize<Dictionary<string, Target>>(
            File.ReadAllText(Path.Combine(tree, "bench", "targets.json")),
            JsonSerializerOptions.Web
        )!;
        bool Wanted(params string[] figures) =>
            names.Length == 0 || figures.Any(f => names.Any(n => f.Contains(n, StringComparison.Ordinal)));
        var found = new Dictionary<string, double>();
        var data = Directory.CreateTempSubdirectory("plenaria-bench").FullName;
        using (var demo = Served.Start(program, "demo", "--data", data, "--urls", "http://127.0.0.1:0"))
        {
            demo.WaitFor("Ready.");
            if (Wanted("home-kb", "home-requests"))
                (found["home-kb"], found["home-requests"]) = await FirstView(demo, "/en");
            if (Wanted("kept-page-to-bare"))
                found["kept-page-to-bare"] = await KeptPage(demo, data, Page);
            if (Wanted("kept-case-to-bare"))
                found["kept-case-to-bare"] = await KeptPage(demo, data, await ACase(demo));
        }
        if (Wanted("start-live-to-bare", "start-page-to-bare", "resident-idle-mb"))
            await Starts(program, data, found);
        Directory.Delete(data, recursive: true);
        if (Wanted([.. NetworkSizes.Pages.Keys, "import-rows-s", "import-memory-100k-to-10k"]))
            await NetworkSizes.Measure(program, found);
        if (Wanted([.. SearchSizes.Figures]))
            await SearchSizes.Measure(program, found);
        if (Wanted(DocumentSizes.Figure))
            found[DocumentSizes.Figure] = DocumentSizes.Measure();
        if (Wanted([.. FormSizes.Figures]))
            await FormSizes.Measure(program, found);
        if (Wanted([.. LetterSizes.Figures]))
            await LetterSizes.Measure(program, found);
        if (Wanted([.. VoteSizes.Figures]))
            await VoteSizes.Measure(program, found);
        if (Wanted(VoteSizes.Rebuilt))
            found[VoteSizes.Rebuilt] = await VoteSizes.Rebuild(program);
        if (Wanted("clean-build-s", "edit-in-module-s"))
            (found["clean-build-s"], found["edit-in-module-s"]) = Builds(tree);
        return Keep(tree, targets, found);
    }

    /// <summary>
    /// The page and all that its HTML loads, as a browser that speaks brotli gets it: bytes of the bodies in KB, and
    /// how many requests.
    /// </summary>
    private static async Task<(double Kilobytes, double Requests)> FirstView(Served house, string path)
    {
        using var http = new HttpClient { BaseAddress = house.Address };
        http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br");
        async Task<byte[]> Get(string address) => await http.GetByteArrayAsync(address);
        var packed = await Get(path);
        using var plain = new StreamReader(
            new System.IO.Compression.BrotliStream(
                new MemoryStream(packed),
                System.IO.Compression.CompressionMode.Decompress
            )
        );
        var html = await plain.ReadToEndAsync();
        var loads = Regex
            .Matches(
                html,
                """<(?:link [^>]*rel="(?:stylesheet|icon|preload)"[^>]*href|script [^>]*src|img [^>]*src)="([^"]+)"""
            )
            .Select(m => m.Groups[1].Value)
            .Where(a => !a.StartsWith("data:", StringComparison.Ordinal))
            .Distinct()
            .ToList();
        var bytes = (double)packed.Length;
        foreach (var load in loads)
            bytes += (await Get(load)).Length;
        return (bytes / 1024, 1 + loads.Count);
    }

    private static async Task<string> ACase(Served house)
    {
        using var http = new HttpClient { BaseAddress = house.Address };
        return Regex
            .Match(
                await http.GetStringAsync("/en/experiences"),
                """href="(/en/experiences/(?!new"|mine"|desk")[a-z0-9-]+)"""
            )
            .Groups[1]
            .Value;
    }

    private static async Task<double> KeptPage(Served house, string data, string page)
    {
        using var http = new HttpClient { BaseAddress = house.Address };
        http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br");
        await http.GetByteArrayAsync(page);
        var file = Path.Combine(data, "page.br");
        await File.WriteAllBytesAsync(file, await http.GetByteArrayAsync(page));
        using var bare = Served.Start(Environment.ProcessPath!, "bare", file);
        Load(house.Address + page[1..], 2);
        Load(bare.Address.ToString(), 2);
        return Median([
            .. Enumerable
                .Range(0, 3)
                .Select(_ => Load(house.Address + page[1..], 4) / Load(bare.Address.ToString(), 4)),
        ]);
    }

    /// <summary>Requests a second over a few seconds, sixteen connections, one thread.</summary>
    private static double Load(string address, int seconds)
    {
        var said = Output("wrk", "-t1", "-c16", $"-d{seconds}s", "-H", "Accept-Encoding: br", address);
        return double.Parse(
            Regex.Match(said, @"Requests/sec:\s+([\d.]+)").Groups[1].Value,
            CultureInfo.InvariantCulture
        );
    }

    private static async Task Starts(string program, string data, Dictionary<string, double> found)
    {
        var (live, page, bare) = (new List<double>(), new List<double>(), new List<double>());
        var file = Path.Combine(data, "ok.txt");
        await File.WriteAllTextAsync(file, "ok");
        for (var i = 0; i < 7; i++)
        {
            using (var least = Served.Start(Environment.ProcessPath!, "bare", file))
                bare.Add(await least.Until("/"));
            using (var house = Served.Start(program, "serve", "--data", data, "--urls", "http://127.0.0.1:0"))
                live.Add(await house.Until("/healthz/live"));
            using (var house = Served.Start(program, "serve", "--data", data, "--urls", "http://127.0.0.1:0"))
            {
                page.Add(await house.Until(Page));
                if (i == 6)
                {
                    await Task.Delay(TimeSpan.FromSeconds(10));
                    found["resident-idle-mb"] = house.ResidentMegabytes();
                }
            }
        }
        Console.WriteLine(
            $"seconds to the first answer: bare {Median(bare):0.000}, live {Median(live):0.000}, page {Median(page):0.000}"
        );
        (found["start-live-to-bare"], found["start-page-to-bare"]) = (
            Median(live) / Median(bare),
            Median(page) / Median(bare)
        );
    }

    /// <summary>
    /// A fresh clone built from nothing but the package cache, then built again after a change in one module.
    /// </summary>
    private static (double Clean, double Edit) Builds(string tree)
    {
        var place = Directory.CreateTempSubdirectory("plenaria-build").FullName;
        Output("git", "-C", tree, "worktree", "add", "-q", "--detach", Path.Combine(place, "x"));
        try
        {
            double Build(string what)
            {
                var watch = Stopwatch.StartNew();
                Output("dotnet", "build", Path.Combine(place, "x", what), "-v", "q", "--nologo");
                return watch.Elapsed.TotalSeconds;
            }
            var clean = Build("Plenaria.slnx");
            var module = Path.Combine(place, "x", "src", "Governance", "Plans", "PlanStore.cs");
            File.WriteAllText(
                module,
                File.ReadAllText(module)
                    .Replace(
                        "plan?.Actions.Sort",
                        "_ = plan?.Year;\n        plan?.Actions.Sort",
                        StringComparison.Ordinal
                    )
            );
            return (clean, Build(Path.Combine("src", "Web")));
        }
        finally
        {
            Output("git", "-C", tree, "worktree", "remove", "--force", Path.Combine(place, "x"));
            Directory.Delete(place, recursive: true);
        }
    }

    private static int Keep(string tree, Dictionary<string, Target> targets, Dictionary<string, double> found)
    {
        var path = Path.Combine(tree, "bench", "results.json");
        var results = File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path))!.AsObject() : [];
        var commit = Output("git", "-C", tree, "rev-parse", "--short", "HEAD").Trim();
        foreach (var (name, value) in found)
        {
            var target = targets[name];
            var met =
                (target.AtLeast is not { } least || value >= least) && (target.AtMost is not { } most || value <= most);
            results[name] = new JsonObject
            {
                ["commit"] = commit,
                ["command"] = $"bench/run {name}",
                ["value"] = Math.Round(value, 2),
                ["met"] = met,
            };
            Console.WriteLine(
                $"{name, -22} {value, 8:0.00}  {(target.AtLeast is null ? "at most" : "at least")} {target.AtLeast ?? target.AtMost}  {(met ? "met" : "MISSED")}"
            );
        }
        foreach (var missing in targets.Keys.Where(t => !results.ContainsKey(t)))
            Console.WriteLine($"{missing, -22} not measured");
        File.WriteAllText(
            path,
            new JsonObject(
                results
                    .OrderBy(r => targets.Keys.ToList().IndexOf(r.Key))
                    .Select(r => KeyValuePair.Create(r.Key, r.Value?.DeepClone()))
            ).ToJsonString(Readable) + "\n"
        );
        return 0;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Output(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        var (said, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.WaitForExit();
        return process.ExitCode == 0
            ? said.GetAwaiter().GetResult()
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)}: {errors.GetAwaiter().GetResult()}"
            );
    }
}
