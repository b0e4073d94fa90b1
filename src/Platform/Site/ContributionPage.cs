using Plenaria.Platform.Modules;

namespace Plenaria.Platform.Site;

/// <summary>Where a member contributes something to the network: a path without the language.</summary>
/// <param name="TextKey">The words of a link to it.</param>
public sealed record ContributionPage(string Path, string TextKey) : IUniqueDeclaration
{
    string IUniqueDeclaration.Key => Path;
}

public static class ContributionPageExtensions
{
    /// <summary>A page on which a member contributes: calls for contributions and reminders lead there.</summary>
    public static ModuleBuilder ContributionPage(this ModuleBuilder module, string path, string textKey) =>
        module.Add(new ContributionPage(path, textKey));
}
