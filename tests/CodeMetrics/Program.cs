using System.Text.Json;
using Plenaria.CodeMetrics;

// REPOSITORY [all | lower]: prints what is measured beside its limits; `all` lists everything that was counted,
// `lower` brings the limits down to what is measured.
if (args is not { Length: 1 or 2 } || args is [_, not ("all" or "lower")])
    return 2;
var repository = args[0];
var reports = CodeReport.Measure(repository);
var limits = Limits.Read(repository);
if (args is [_, "lower"])
{
    limits.Lower(reports);
    limits.Write(repository);
}
foreach (var report in reports)
{
    Console.WriteLine($"{report.Part, -24}  count median   90 %   99 %  longest");
    foreach (var d in report.Distributions.Where(d => d.Count > 0))
        Console.WriteLine(
            $"  {d.Name, -22} {d.Count, 6} {d.Percentile(50), 6} {d.Percentile(90), 6} {d.Percentile(99), 6}"
                + $" {d.Longest.Value, 8}  {d.Longest.Name}"
        );
    Console.WriteLine($"{"", -47} counted    limit");
    foreach (var figure in report.Figures)
        Console.WriteLine($"  {figure.Name, -46} {figure.Value, 6} {limits.Of(report, figure), 8}");
    Console.WriteLine();
}

var shown = args is [_, "all"] ? int.MaxValue : 6;
foreach (var report in reports.Where(r => r.Part == "src" || shown == int.MaxValue))
foreach (var figure in report.Figures.Where(f => f.Value > 0))
{
    Console.WriteLine($"{report.Part}: {figure.Name} ({figure.Value})");
    foreach (var item in figure.Items.Take(shown))
        Console.WriteLine($"  {item}");
    if (figure.Value > shown)
        Console.WriteLine("  … ./house all names the others");
}

var results = Path.Combine(repository, "bench", "results.json");
if (File.Exists(results))
    foreach (
        var result in JsonDocument
            .Parse(File.ReadAllText(results))
            .RootElement.EnumerateObject()
            .Where(r =>
                r.Name.EndsWith("-s", StringComparison.Ordinal) || r.Name.StartsWith("start-", StringComparison.Ordinal)
            )
    )
        Console.WriteLine($"{result.Name}: {result.Value.GetProperty("value")} ({result.Value.GetProperty("commit")})");

Console.WriteLine();
foreach (var line in limits.ToLower(reports))
    Console.WriteLine(line);
var broken = limits.Broken(reports).ToList();
foreach (var line in broken)
    Console.WriteLine($"OVER  {line}");
return broken.Count == 0 ? 0 : 1;
