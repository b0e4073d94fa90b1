namespace Plenaria.Kernel;

/// <summary>
/// The domain says no. <see cref="Key"/> names a text of the interface, <see cref="Arguments"/> fill its placeholders;
/// pages answer 422 beside the form, endpoints answer problem details, verbs exit with 1.
/// </summary>
public sealed class RuleViolationException(string key, params (string Name, object? Value)[] arguments) : Exception(key)
{
    public string Key { get; } = key;
    public IReadOnlyList<(string Name, object? Value)> Arguments { get; } = arguments;
}
