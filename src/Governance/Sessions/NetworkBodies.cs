using Plenaria.Members;
using Plenaria.Platform.Bodies;

namespace Plenaria.Sessions;

/// <summary>The network's own bodies, one of each kind: they belong to the Secretariat.</summary>
internal sealed class NetworkBodies(IMembers members) : IBodies
{
    public const string Plenary = "Plenary",
        Committee = "Committee",
        Group = "Group";

    public Task<IReadOnlyList<Body>> ListAsync(BodyKind kind, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Body>>([Of(kind.Key)]);

    public Task<Body?> FindAsync(BodyKey key, CancellationToken cancel) =>
        Task.FromResult(key.IsOfNetwork ? Of(key.Kind) : null);

    public async Task<IReadOnlyCollection<MemberId>> MembersAsync(BodyKey key, CancellationToken cancel) =>
        key.Kind == Plenary ? [.. (await members.Present(null, cancel)).Select(m => m.Id)] : [];

    private static Body Of(string kind) => new(new(kind), LocalizedText.Empty) { DecidesForNetwork = kind == Plenary };
}
