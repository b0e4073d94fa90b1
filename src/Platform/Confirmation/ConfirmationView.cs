using Plenaria.Platform.Language;

namespace Plenaria.Platform.Confirmation;

/// <summary>One thing that an act concerns, and the page where it can be looked at or mended.</summary>
/// <param name="Path">Without the language; null where there is no such page.</param>
public sealed record ConfirmationLine(string Text, string? Path = null);

/// <summary>What an act means for some people or things: a title, a sentence, and which ones they are.</summary>
/// <param name="Warns">Whether somebody should act on it before.</param>
public sealed record ConfirmationSection(
    string Title,
    string Text,
    IReadOnlyList<ConfirmationLine> Lines,
    bool Warns = false
)
{
    /// <summary>A list that is longer stands folded below its sentence.</summary>
    public const int MostUnfolded = 12;
}

/// <summary>
/// The consequences of an act that cannot be undone, as the page names them that asks before it is done.
/// </summary>
/// <param name="Button">What the button says that does it.</param>
/// <param name="Seen">What the form sends along: another state than the one that was read is refused.</param>
/// <param name="Back">Where the page came from, without the language.</param>
public sealed record ConfirmationView(string Button, string Seen, string Back)
{
    /// <summary>Why it cannot be done now; null when it can.</summary>
    public string? Obstacle { get; init; }
    public IReadOnlyList<ConfirmationSection> Sections { get; init; } = [];

    /// <summary>What stays as it is from then on, a sentence each.</summary>
    public IReadOnlyList<string> Final { get; init; } = [];

    /// <summary>The field of the day that the act needs, which is asked for beside its button; null where it needs
    /// none.</summary>
    public (string Name, string Label)? Day { get; init; }

    /// <exception cref="RuleViolationException">The form that was sent says another state than this one.</exception>
    public void RequireSeen(string? version)
    {
        if (version != Seen)
            throw new RuleViolationException("platform.changed-meanwhile");
    }
}

public static class ConfirmationWords
{
    /// <summary>The reader's words for a rule that forbids an act; null when none does.</summary>
    public static string? Say(this PageLocalizer texts, RuleViolationException? obstacle) =>
        obstacle is null ? null : texts[obstacle.Key, obstacle.Arguments];
}
