using Plenaria.Platform.Site;

namespace Plenaria.Platform.Home;

/// <summary>A block of the home page with what it shows.</summary>
public sealed record HomePageBlockView(HomePageBlock Block, object Model);

/// <summary>The blocks of the home page as the network ordered them, without those it hid.</summary>
public sealed class HomePageLayout(Contributions contributions, Network network)
{
    /// <summary>All blocks of the modules in use, hidden or not, in the order of the page.</summary>
    public async Task<IReadOnlyList<HomePageBlock>> GetAllAsync(CancellationToken cancel)
    {
        var order = (await network.Profile(cancel)).HomeOrder;
        // What the network never ordered stays where its module puts it, after what was ordered.
        return
        [
            .. (await contributions.DeclaredAsync<HomePageBlock>(cancel))
                .OrderBy(b => order.IndexOf(b.Key) is >= 0 and var place ? place : order.Count)
                .ThenBy(b => b.Order),
        ];
    }

    /// <summary>Those that have something to show.</summary>
    public async Task<IReadOnlyList<HomePageBlockView>> GetShownAsync(Kernel.Language reader, CancellationToken cancel)
    {
        var hidden = (await network.Profile(cancel)).HomeHidden;
        var sources = await contributions.GetAsync<IHomePageBlock>(cancel);
        var shown = new List<HomePageBlockView>();
        foreach (var block in await GetAllAsync(cancel))
        {
            if (hidden.Contains(block.Key))
                continue;
            var source = sources.First(s => s.GetType() == block.Source);
            if (await source.GetModelAsync(reader, cancel) is { } model)
                shown.Add(new(block, model));
        }
        return shown;
    }
}
