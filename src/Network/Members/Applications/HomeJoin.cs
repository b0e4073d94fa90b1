using Plenaria.Platform.Home;

namespace Plenaria.Members.Applications;

/// <summary>How an institution joins, in three steps on the home page.</summary>
internal sealed class HomeJoin : IHomePageBlock
{
    public const int Steps = 3;

    public Task<object?> GetModelAsync(Language reader, CancellationToken cancel) => Task.FromResult<object?>(Steps);
}
