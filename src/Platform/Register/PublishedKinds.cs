using Plenaria.Platform.Modules;
using Plenaria.Platform.Site;

namespace Plenaria.Platform.Register;

/// <summary>A kind of entry in the register, and by its declaration the module whose records they are.</summary>
public sealed record PublishedKind(string Kind) : IUniqueDeclaration
{
    string IUniqueDeclaration.Key => Kind;
}

public static class PublishedKindExtensions
{
    /// <summary>
    /// The kinds of entries that this module publishes. While it is switched off they are in no list, feed or search.
    /// </summary>
    public static ModuleBuilder Publishes(this ModuleBuilder module, params IEnumerable<string> kinds)
    {
        foreach (var kind in kinds)
            module.Add(new PublishedKind(kind));
        return module;
    }
}

/// <summary>Leaves out what belongs to modules that this network does not use.</summary>
public static class PublishedKindFilter
{
    /// <summary>Without the entries of modules that this network does not use.</summary>
    public static async Task<IQueryable<RegisterEntry>> OfUsedModulesAsync(
        this IQueryable<RegisterEntry> entries,
        Contributions contributions,
        CancellationToken cancel
    )
    {
        var hidden = await contributions.HiddenKindsAsync(cancel);
        return hidden.Count == 0 ? entries : entries.Where(e => !hidden.Contains(e.Kind));
    }

    /// <summary>The kinds of entries of the modules that are switched off.</summary>
    public static async Task<IReadOnlyCollection<string>> HiddenKindsAsync(
        this Contributions contributions,
        CancellationToken cancel
    ) => [.. (await contributions.SwitchedOffAsync<PublishedKind>(cancel)).Select(k => k.Kind)];
}
