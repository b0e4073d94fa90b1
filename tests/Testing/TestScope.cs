using System.Collections.Concurrent;

namespace Plenaria.Testing;

/// <summary>How much of everything this run looks at, as <c>./test</c> says it.</summary>
public static class TestScope
{
    /// <summary>
    /// <c>./test full</c>: all languages in the browser, a kill at every point, every page of every archive on both
    /// databases. Without it a test runs the sample that it names.
    /// </summary>
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("PLENARIA_TEST_FULL") is "1";

    /// <summary>The modules whose pages the walks visit (<c>./test changed</c>); none named are all of them.</summary>
    public static IReadOnlySet<string> Modules { get; } =
        (Environment.GetEnvironmentVariable("PLENARIA_TEST_MODULES") ?? "")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet();
}

/// <summary>Counts what costs time. <c>./test</c> prints the sums over all projects of a run.</summary>
public static class TestCounts
{
    private static readonly ConcurrentDictionary<string, int> Counts = new();

    static TestCounts() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Write();

    public static void Add(string what, int many = 1) => Counts.AddOrUpdate(what, many, (_, sum) => sum + many);

    // A project that is started by hand tells nobody.
    private static void Write()
    {
        if (
            Environment.GetEnvironmentVariable("PLENARIA_TEST_RUN") is not { Length: > 0 } run
            || !Directory.Exists(run)
        )
            return;
        File.WriteAllLines(
            Path.Combine(run, $"counts.{Environment.ProcessId}"),
            Counts.Select(c => $"{c.Value} {c.Key}")
        );
    }
}
