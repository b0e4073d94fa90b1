using System.Text.Json;
using System.Text.RegularExpressions;

namespace Plenaria.Bench;

/// <summary>
/// What rots unseen, counted from the sources: long files, public types that one file uses, passages that stand twice.
/// The limits in <c>tests/house.json</c> only go down, or up with a decision record.
/// </summary>
internal static partial class HouseCheck
{
    private const int Passage = 6,
        Longest = 12;

    private sealed record Source(string Path, string[] Lines);

    public static int Run(string tree)
    {
        var sources = Directory
            .EnumerateFiles(Path.Combine(tree, "src"), "*.cs*", SearchOption.AllDirectories)
            .Where(f =>
                (f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".cshtml", StringComparison.Ordinal))
                && !f.Contains("/obj/")
                && !f.Contains("/bin/")
                && !f.Contains("/Migrations/")
            )
            .Select(f => new Source(Path.GetRelativePath(tree, f), File.ReadAllLines(f)))
            .ToList();

        Console.WriteLine("Longest files:");
        foreach (var source in sources.OrderByDescending(s => s.Lines.Length).Take(Longest))
            Console.WriteLine($"{source.Lines.Length, 6} {source.Path}");
        var longPages = sources
            .Where(s => s.Path.EndsWith(".cshtml.cs", StringComparison.Ordinal) && s.Lines.Length > 150)
            .ToList();

        var alone = PublicTypes(sources);
        Console.WriteLine($"\nPublic types that at most one other file names ({alone.Count}):");
        foreach (var (type, path) in alone)
            Console.WriteLine($"       {type} ({path})");

        var twice = Twice(sources);
        Console.WriteLine($"\nPassages of {Passage} lines that stand twice ({twice.Count}):");
        foreach (var (first, second) in twice.Take(Longest))
            Console.WriteLine($"       {first}  {second}");

        var found = new Dictionary<string, int>
        {
            ["lines of the longest file"] = sources.Max(s => s.Lines.Length),
            ["page models over 150 lines"] = longPages.Count,
            ["public types with one user"] = alone.Count,
            ["passages that stand twice"] = twice.Count,
        };
        var limits = JsonSerializer.Deserialize<Dictionary<string, int>>(
            File.ReadAllText(Path.Combine(tree, "tests", "house.json"))
        )!;
        Console.WriteLine();
        var over = false;
        foreach (var (what, limit) in limits)
        {
            over |= found[what] > limit;
            Console.WriteLine(
                $"{what}: {found[what]}, limit {limit}{(found[what] > limit ? "  OVER" : found[what] < limit ? "  (lower the limit)" : "")}"
            );
        }
        if (Path.Combine(tree, "bench", "results.json") is var kept && File.Exists(kept))
            foreach (
                var result in JsonDocument
                    .Parse(File.ReadAllText(kept))
                    .RootElement.EnumerateObject()
                    .Where(r =>
                        r.Name.EndsWith("-s", StringComparison.Ordinal)
                        || r.Name.StartsWith("start-", StringComparison.Ordinal)
                    )
            )
                Console.WriteLine(
                    $"{result.Name}: {result.Value.GetProperty("value")} ({result.Value.GetProperty("commit")})"
                );
        Console.WriteLine();
        return over ? 1 : 0;
    }

    private static List<(string Type, string Path)> PublicTypes(List<Source> sources)
    {
        var words = sources.ToDictionary(
            s => s.Path,
            s => s.Lines.SelectMany(l => Word().Matches(l).Select(m => m.Value)).ToHashSet()
        );
        return
        [
            .. from source in sources
            from line in source.Lines
            let match = PublicType().Match(line)
            where match.Success
            let type = match.Groups[1].Value
            // An attribute is named without its ending, a module by Web alone, a mapping by nobody.
            where
                !type.EndsWith("Module", StringComparison.Ordinal)
                && sources.Count(s =>
                    s.Path != source.Path
                    && (words[s.Path].Contains(type) || words[s.Path].Contains(type.Replace("Attribute", "")))
                ) <= 1
            orderby source.Path, type
            select (type, source.Path),
        ];
    }

    private static List<(string First, string Second)> Twice(List<Source> sources)
    {
        var seen = new Dictionary<string, string>();
        var twice = new List<(string, string)>();
        foreach (var source in sources.Where(s => s.Path.EndsWith(".cs", StringComparison.Ordinal)))
        {
            var lines = source
                .Lines.Select((text, i) => (Text: text.Trim(), Number: i + 1))
                .Where(l =>
                    l.Text.Length > 3
                    && !l.Text.StartsWith("using ", StringComparison.Ordinal)
                    && !l.Text.StartsWith("//", StringComparison.Ordinal)
                )
                .ToList();
            var last = -Passage;
            for (var i = 0; i + Passage <= lines.Count; i++)
            {
                var passage = string.Join('\n', lines.Skip(i).Take(Passage).Select(l => l.Text));
                var place = $"{source.Path}:{lines[i].Number}";
                if (seen.TryAdd(passage, place) || i < last + Passage)
                    continue;
                twice.Add((seen[passage], place));
                last = i;
            }
        }
        return twice;
    }

    [GeneratedRegex(
        @"^public (?:static |sealed |abstract |readonly |partial )*(?:class|record struct|record|struct|interface|enum) (\w+)"
    )]
    private static partial Regex PublicType();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
