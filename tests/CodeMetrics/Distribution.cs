namespace Plenaria.CodeMetrics;

/// <summary>A length and whose it is: a line, a method, a file.</summary>
internal readonly record struct Measured(int Value, string Name);

/// <summary>How lengths of one kind are distributed.</summary>
internal sealed class Distribution
{
    private readonly List<Measured> _sorted;

    public Distribution(string name, IEnumerable<Measured> measured)
    {
        Name = name;
        _sorted = [.. measured.OrderBy(m => m.Value)];
    }

    public string Name { get; }

    public int Count => _sorted.Count;

    public Measured Longest => _sorted.Count == 0 ? new Measured(0, "") : _sorted[^1];

    /// <summary>The smallest value that at least this part of all values does not exceed (nearest rank).</summary>
    public int Percentile(int percent) =>
        _sorted.Count == 0 ? 0 : _sorted[Math.Max(0, (_sorted.Count * percent + 99) / 100 - 1)].Value;

    public Figure Over(int limit) =>
        new($"{Name} over {limit}", [.. Enumerable.Reverse(_sorted).TakeWhile(m => m.Value > limit).Select(Show)]);

    private static string Show(Measured measured) => $"{measured.Value, 4} {measured.Name}";
}

/// <summary>Something that is counted and has a limit, and what was counted.</summary>
internal sealed record Figure(string Name, IReadOnlyList<string> Items)
{
    public int Value => Items.Count;
}
