using Microsoft.Extensions.DependencyInjection.Extensions;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Site;

namespace Plenaria.Platform.Decisions;

/// <summary>What a motion may decide about a module's records.</summary>
/// <param name="Key">A word in Pascal case, stored with motions; it never changes.</param>
/// <param name="TextKey">Its name among the texts of the interface, such as "Adopt the work plan".</param>
public sealed record DecidableDeclaration(string Key, string TextKey, Type Implementation) : IUniqueDeclaration;

public static class DecidableExtensions
{
    /// <inheritdoc cref="DecidableDeclaration"/>
    public static ModuleBuilder Decidable<T>(this ModuleBuilder module, string key, string textKey)
        where T : class, IDecidable =>
        module.Services(services => services.TryAddScoped<T>()).Add(new DecidableDeclaration(key, textKey, typeof(T)));
}

/// <summary>What motions may decide, across all modules.</summary>
public sealed class DecidableService(ModuleCatalog catalog, Contributions contributions)
{
    /// <summary>What can be decided now, in the order of the modules.</summary>
    public async Task<IReadOnlyList<(DecidableDeclaration Decidable, DecidableRecord Record)>> ListAsync(
        CancellationToken cancel
    )
    {
        var all = new List<(DecidableDeclaration, DecidableRecord)>();
        foreach (var declared in await contributions.DeclaredAsync<DecidableDeclaration>(cancel))
            all.AddRange((await Of(declared).ListAsync(cancel)).Select(record => (declared, record)));
        return all;
    }

    /// <summary>
    /// The text key of the name of what a stored motion decides; its key where no module declares it any more.
    /// </summary>
    public string TextKeyOf(string key) => Find(key)?.TextKey ?? key;

    /// <summary>Also of a module that was switched off since: a vote under way is carried out all the same.</summary>
    /// <exception cref="RuleViolationException">No module of this installation declares it.</exception>
    public IDecidable Get(string key) =>
        Find(key) is { } declared ? Of(declared) : throw new RuleViolationException("platform.changed-meanwhile");

    private DecidableDeclaration? Find(string key) =>
        catalog.Declared<DecidableDeclaration>().FirstOrDefault(d => d.Key == key);

    private IDecidable Of(DecidableDeclaration declared) => contributions.Resolve<IDecidable>(declared.Implementation);
}
