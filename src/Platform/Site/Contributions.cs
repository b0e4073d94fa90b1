using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Modules;

namespace Plenaria.Platform.Site;

/// <summary>
/// What the modules that this network uses contribute to a seam. A module that is switched off contributes nothing: no
/// panel, no task, no instrument, no job.
/// </summary>
public sealed class Contributions(ModuleCatalog catalog, Network network, IServiceProvider services)
{
    /// <summary>The implementations of a seam, in the order of the modules and of their declarations.</summary>
    /// <typeparam name="TSeam">The interface that modules implement, such as <c>IPanels</c>.</typeparam>
    public async Task<IReadOnlyList<TSeam>> GetAsync<TSeam>(CancellationToken cancel)
        where TSeam : class =>
        [
            .. (await DeclaredAsync<SeamImplementation>(cancel))
                .Where(c => c.Seam == typeof(TSeam))
                .Select(c => Resolve<TSeam>(c.Implementation)),
        ];

    /// <summary>One implementation of a seam, whether its module is in use or not.</summary>
    internal TSeam Resolve<TSeam>(Type implementation) => (TSeam)services.GetRequiredService(implementation);

    /// <summary>What the modules that this network uses declared of one type.</summary>
    public Task<IReadOnlyList<T>> DeclaredAsync<T>(CancellationToken cancel) => DeclaredAsync<T>(true, cancel);

    /// <summary>What the modules that this network does not use declared of one type.</summary>
    public Task<IReadOnlyList<T>> SwitchedOffAsync<T>(CancellationToken cancel) => DeclaredAsync<T>(false, cancel);

    private async Task<IReadOnlyList<T>> DeclaredAsync<T>(bool isOn, CancellationToken cancel)
    {
        var profile = await network.Profile(cancel);
        return [.. catalog.All.Where(m => profile.Has(m.Name) == isOn).SelectMany(m => m.Declared<T>())];
    }
}
