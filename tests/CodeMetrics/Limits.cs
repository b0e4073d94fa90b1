using System.Text.Encodings.Web;
using System.Text.Json;

namespace Plenaria.CodeMetrics;

/// <summary>
/// The limits of the counted figures, in <c>tests/house.json</c>. They only go down, or up with a decision record.
/// </summary>
internal sealed class Limits(SortedDictionary<string, SortedDictionary<string, int>> limits)
{
    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Limits Read(string repository) =>
        new(
            JsonSerializer.Deserialize<SortedDictionary<string, SortedDictionary<string, int>>>(
                File.ReadAllText(FileIn(repository))
            )!
        );

    public void Write(string repository) =>
        File.WriteAllText(FileIn(repository), JsonSerializer.Serialize(limits, Written) + "\n");

    /// <summary>A figure of the tests may do without.</summary>
    public int? Of(CodeReport report, Figure figure) =>
        limits.TryGetValue(report.Part, out var part) && part.TryGetValue(figure.Name, out var limit) ? limit : null;

    /// <summary>Figures over their limits, figures of the program without one, and limits of nothing.</summary>
    public IEnumerable<string> Broken(IReadOnlyCollection<CodeReport> reports)
    {
        foreach (var (report, figure) in Figures(reports))
        {
            var limit = Of(report, figure);
            if (figure.Value > limit)
                yield return $"{report.Part}: {figure.Name}: {figure.Value}, limit {limit}";
            else if (limit is null && report.Part == "src")
                yield return $"{report.Part}: {figure.Name}: {figure.Value}, no limit";
        }
        foreach (var (part, name) in limits.SelectMany(p => p.Value.Keys.Select(name => (p.Key, name))))
            if (!Figures(reports).Any(f => f.Report.Part == part && f.Figure.Name == name))
                yield return $"{part}: {name}: a limit of nothing that is measured";
    }

    public IEnumerable<string> ToLower(IReadOnlyCollection<CodeReport> reports) =>
        from f in Figures(reports)
        let limit = Of(f.Report, f.Figure)
        where f.Figure.Value < limit
        select $"{f.Report.Part}: {f.Figure.Name}: {f.Figure.Value}, lower the limit of {limit}";

    /// <summary>Brings every limit down to what is measured; none goes up.</summary>
    public void Lower(IReadOnlyCollection<CodeReport> reports)
    {
        foreach (var (report, figure) in Figures(reports))
            if (figure.Value < Of(report, figure))
                limits[report.Part][figure.Name] = figure.Value;
    }

    private static IEnumerable<(CodeReport Report, Figure Figure)> Figures(IEnumerable<CodeReport> reports) =>
        reports.SelectMany(report => report.Figures.Select(figure => (report, figure)));

    private static string FileIn(string repository) => Path.Combine(repository, "tests", "house.json");
}
