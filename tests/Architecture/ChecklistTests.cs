using System.Text.RegularExpressions;

namespace Plenaria.Tests.Architecture;

public class ChecklistTests
{
    [Fact]
    public void What_the_checklist_calls_done_is_guarded_by_a_test_that_exists()
    {
        var tests = Directory
            .EnumerateFiles(Sources.Path("tests"), "*Tests.cs", SearchOption.AllDirectories)
            .SelectMany(f =>
                Regex
                    .Matches(File.ReadAllText(f), @"public (?:async Task|void) (\w+)\(")
                    .Select(m => $"{Path.GetFileNameWithoutExtension(f)}.{m.Groups[1].Value}")
            )
            .ToHashSet();
        var rows = File.ReadLines(Sources.Path("docs", "checklist.md"))
            .Select(l => Regex.Match(l, @"^\| ([\w.-]+) \| (.+) \| (done|partly|not done) \| (.*)\|$"))
            .Where(m => m.Success)
            .ToList();
        Assert.NotEmpty(rows);
        var bare = rows.Where(m => m.Groups[3].Value == "done" && !tests.Contains(m.Groups[4].Value.Trim()))
            .Select(m => m.Value);
        Assert.Empty(bare);
        var lost = rows.SelectMany(m => Regex.Matches(m.Groups[4].Value, @"\b\w+Tests\.\w+"))
            .Select(m => m.Value)
            .Where(t => !tests.Contains(t));
        Assert.Empty(lost);
    }
}
