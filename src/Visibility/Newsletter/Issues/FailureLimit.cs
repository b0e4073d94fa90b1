namespace Plenaria.Newsletter.Issues;

/// <summary>
/// When the sending of an issue pauses by itself: when so many letters failed, and these are so large a share of those
/// that left or failed. Before <see cref="Fewest"/> of them the share says nothing.
/// </summary>
internal sealed record FailureLimit
{
    /// <summary>After so many letters the share counts.</summary>
    public const int Fewest = 200;

    /// <summary>How many failed.</summary>
    public int Letters { get; init; } = 50;

    /// <summary>How many of a hundred failed.</summary>
    public int Percent { get; init; } = 5;

    public bool IsPassed(int sent, int failed) =>
        failed >= Letters && sent + failed >= Fewest && 100L * failed >= (long)Percent * (sent + failed);
}
