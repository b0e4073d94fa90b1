namespace Plenaria.Kernel;

/// <summary>
/// The domain says no. <see cref="Key"/> names a text of the interface, <see cref="Arguments"/> fill its placeholders;
/// pages answer 422 beside the form, endpoints answer problem details, verbs exit with 1.
/// </summary>
public sealed class RuleViolationException(string key, params (string Name, object? Value)[] arguments) : Exception(key)
{
    public string Key { get; } = key;
    public IReadOnlyList<(string Name, object? Value)> Arguments { get; } = arguments;

    /// <summary>
    /// The version of the record as it is stored, where an edit that began on an older one was refused: whoever was
    /// told saves next on this one. Null for every other rule.
    /// </summary>
    public int? StoredVersion { get; init; }
}
