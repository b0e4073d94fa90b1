namespace Plenaria.Platform.Site;

/// <summary>A page whose form can be refused: loads again what the page shows beside the form.</summary>
public interface IRerenderable
{
    Task RerenderAsync(CancellationToken cancel);

    /// <summary>
    /// The version of what the form edits, as it is stored now: a number, or the hash of what was read; null where the
    /// form edits nothing that was there, or where <see cref="RuleViolationException.StoredVersion"/> says it. Whoever
    /// was told of a conflict saves next on this one: the field is called <c>Version</c> or <c>Input.Version</c>.
    /// </summary>
    object? Stored => null;
}
