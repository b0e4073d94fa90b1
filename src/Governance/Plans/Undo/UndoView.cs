namespace Plenaria.Plans;

/// <summary>The reverse of what somebody has just done, as the page after it offers it.</summary>
/// <param name="Text">What the button says.</param>
/// <param name="Address">Where the form goes, without the language.</param>
/// <param name="Version">The state that the act left behind: of another one it is refused.</param>
public sealed record UndoView(string Text, string Address, int Version)
{
    /// <summary>What the form says beside.</summary>
    public IReadOnlyList<(string Name, string Value)> Fields { get; init; } = [];
}
