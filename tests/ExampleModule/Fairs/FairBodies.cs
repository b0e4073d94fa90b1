using Plenaria.Platform.Access;
using Plenaria.Platform.Bodies;
using Plenaria.Sessions;

namespace Plenaria.ExampleModule;

/// <summary>The committee of each fair. Its members are named for each session.</summary>
internal sealed class FairBodies(FairStore fairs) : IBodies
{
    public const string Kind = "Fair";

    public static BodyKey KeyOf(Fair fair) => new(Kind, fair.Id);

    public async Task<IReadOnlyList<Body>> ListAsync(BodyKind kind, CancellationToken cancel) =>
        [.. (await fairs.AllAsync(cancel)).Select(Of)];

    public async Task<Body?> FindAsync(BodyKey key, CancellationToken cancel) =>
        (await fairs.AllAsync(cancel)).Find(f => f.Id == key.Id) is { } fair ? Of(fair) : null;

    public Task<IReadOnlyCollection<MemberId>> MembersAsync(BodyKey key, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyCollection<MemberId>>([]);

    private static Body Of(Fair fair) => new(KeyOf(fair), fair.Title) { Path = "/fairs" };
}

/// <summary>What the committee of a fair decides is kept with the fair.</summary>
internal sealed class FairDecisions(FairStore fairs) : ISessionDecisions
{
    public Task TellAsync(SessionDecision decision, OperationContext acting, CancellationToken cancel) =>
        fairs.DecideAsync(decision, acting, cancel);
}
