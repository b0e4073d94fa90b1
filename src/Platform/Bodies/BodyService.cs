using Microsoft.Extensions.DependencyInjection.Extensions;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Site;

namespace Plenaria.Platform.Bodies;

/// <summary>A kind of body that a module owns bodies of.</summary>
/// <param name="Key">A word in Pascal case, stored with sessions; it never changes.</param>
/// <param name="TextKey">Its name among the texts of the interface, such as "Regional office".</param>
public sealed record BodyKind(string Key, string TextKey, Type Implementation) : IUniqueDeclaration
{
    /// <summary>As long as the kind of a scope may be, which it is in lower case.</summary>
    public const int KeyMaxLength = 20;
}

public static class BodyExtensions
{
    /// <inheritdoc cref="BodyKind"/>
    /// <param name="leaders">Beside the Secretariat, the roles that plan and conduct its sessions, each where it is
    /// held.</param>
    public static ModuleBuilder Body<T>(
        this ModuleBuilder module,
        string key,
        string textKey,
        params IEnumerable<Role> leaders
    )
        where T : class, IBodies =>
        module
            .Services(services => services.TryAddScoped<T>())
            .Add(new BodyKind(key, textKey, typeof(T)))
            .Permission(new BodyKey(key).Permission, leaders.Prepend(Role.Staff));
}

/// <summary>The bodies of all modules that this network uses.</summary>
public sealed class BodyService(Contributions contributions, Localizer texts)
{
    /// <summary>Those that can be called together now, in the order of the modules.</summary>
    public async Task<IReadOnlyList<Body>> ListAsync(CancellationToken cancel)
    {
        var all = new List<Body>();
        foreach (var kind in await KindsAsync(cancel))
            all.AddRange((await Of(kind).ListAsync(kind, cancel)).Select(body => WithName(body, kind)));
        return all;
    }

    /// <summary>The kinds of bodies of the modules in use.</summary>
    public Task<IReadOnlyList<BodyKind>> KindsAsync(CancellationToken cancel) =>
        contributions.DeclaredAsync<BodyKind>(cancel);

    /// <summary>Null when no module in use has such a body.</summary>
    public async Task<Body?> FindAsync(BodyKey key, CancellationToken cancel) =>
        await FindKindAsync(key, cancel) is { } kind && await Of(kind).FindAsync(key, cancel) is { } body
            ? WithName(body, kind)
            : null;

    /// <summary>The members that have a seat unless others are named.</summary>
    public async Task<IReadOnlyCollection<MemberId>> MembersAsync(BodyKey key, CancellationToken cancel) =>
        await FindKindAsync(key, cancel) is { } kind ? await Of(kind).MembersAsync(key, cancel) : [];

    /// <summary>What these bodies are called; those of modules that are switched off are left out.</summary>
    public async Task<IReadOnlyDictionary<BodyKey, LocalizedText>> NamesAsync(
        IEnumerable<BodyKey> keys,
        CancellationToken cancel
    )
    {
        var names = new Dictionary<BodyKey, LocalizedText>();
        foreach (var key in keys.Distinct())
            if (await FindKindAsync(key, cancel) is { } kind)
                names[key] = (await FindAsync(key, cancel))?.Name ?? NameOf(kind);
        return names;
    }

    /// <summary>The kind of a body, and with it the module whose it is; null when no module in use has it.</summary>
    public async Task<BodyKind?> FindKindAsync(BodyKey key, CancellationToken cancel) =>
        (await KindsAsync(cancel)).FirstOrDefault(k => k.Key == key.Kind);

    private IBodies Of(BodyKind kind) => contributions.Resolve<IBodies>(kind.Implementation);

    private Body WithName(Body body, BodyKind kind) => body.Name.IsEmpty ? body with { Name = NameOf(kind) } : body;

    private LocalizedText NameOf(BodyKind kind) =>
        LocalizedText.InEvery(Kernel.Language.English, language => texts.Get(language, kind.TextKey));
}
