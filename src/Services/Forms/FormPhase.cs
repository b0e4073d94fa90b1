namespace Plenaria.Forms;

/// <summary>
/// A time in which a form takes answers. What is required from a later phase on may stay empty in an earlier one.
/// </summary>
/// <param name="Key">Its word in the questions (<see cref="FormField.RequiredFrom"/>).</param>
/// <param name="Opens">Null: from the moment the form is published.</param>
/// <param name="Closes">The first moment at which nothing is taken any more; null: until the form is closed.</param>
public sealed record FormPhase(string Key, LocalizedText Name, DateTimeOffset? Opens, DateTimeOffset? Closes)
{
    internal bool Contains(DateTimeOffset at) => (Opens is null || Opens <= at) && (Closes is null || at < Closes);
}
