using Plenaria.Platform.Site;

namespace Plenaria.Platform.Home;

/// <summary>How large the network is, in the figures that modules give.</summary>
internal sealed class FiguresBlock(Contributions contributions) : IHomePageBlock
{
    private const int Most = 4;

    public async Task<object?> GetModelAsync(Kernel.Language reader, CancellationToken cancel)
    {
        var figures = new List<HomePageFigure>();
        foreach (var source in await contributions.GetAsync<IHomePageFigures>(cancel))
            figures.AddRange((await source.GetAsync(reader, cancel)).Where(f => f.Value > 0));
        return figures.Count < HomePageBlock.Fewest ? null : figures[..Math.Min(figures.Count, Most)];
    }
}

/// <summary>What takes place next: sessions, events, and whatever else modules have coming.</summary>
internal sealed class UpcomingBlock(Contributions contributions, TimeProvider time) : IHomePageBlock
{
    private const int Most = 3;

    public async Task<object?> GetModelAsync(Kernel.Language reader, CancellationToken cancel)
    {
        var (coming, now) = (new List<UpcomingItem>(), time.GetUtcNow());
        foreach (var source in await contributions.GetAsync<IUpcoming>(cancel))
            coming.AddRange(await source.GetAsync(now, Most, reader, cancel));
        return coming.Count == 0 ? null : coming.OrderBy(c => c.StartsAt).Take(Most).ToList();
    }
}

/// <summary>The panels that modules put on the home page: news, questions, what editors wrote.</summary>
internal sealed class PanelsBlock(Panels.PanelService panels) : IHomePageBlock
{
    public async Task<object?> GetModelAsync(Kernel.Language reader, CancellationToken cancel) =>
        (await panels.GetAsync(Panels.Slot.Home, cancel)).Count == 0 ? null : Panels.Slot.Home;
}

/// <summary>What was published last, but for what has a block of its own or would drown the rest.</summary>
internal sealed class NewestBlock(Register.Register register, Contributions contributions) : IHomePageBlock
{
    private const int Most = 4;

    private static readonly string[] Elsewhere =
    [
        "news",
        "event",
        "page",
        "member",
        "plan-action",
        "experience",
        "question",
    ];

    public async Task<object?> GetModelAsync(Kernel.Language reader, CancellationToken cancel)
    {
        var kinds = (await contributions.DeclaredAsync<Register.PublishedKind>(cancel)).Select(k => k.Kind);
        var newest = await register.NewestOfAsync([.. kinds.Except(Elsewhere)], Register.Audience.Public, Most, cancel);
        return newest.Count < HomePageBlock.Fewest ? null : newest;
    }
}
