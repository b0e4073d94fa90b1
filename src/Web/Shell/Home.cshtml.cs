using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Home;
using Plenaria.Platform.Language;
using Plenaria.Platform.Sections;
using Plenaria.Platform.Site;

namespace Plenaria.Web.Shell;

/// <summary>
/// The front page: who the network is, a field to search in, then the blocks of the modules as the network ordered
/// them. Where there is nothing to show yet it says so.
/// </summary>
[AllowAnonymous, Cacheable]
internal sealed class HomeModel(Network network, HomePageLayout blocks, SiteSections map, PageLocalizer texts)
    : PageModel
{
    public NetworkProfile Network { get; private set; } = null!;

    /// <summary>The block beside the name of the network.</summary>
    public HomePageBlockView? Picture { get; private set; }

    public IReadOnlyList<HomePageBlockView> Blocks { get; private set; } = [];

    /// <summary>The first section: where a visitor begins to look around.</summary>
    public SectionView? Explore { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Network = await network.Profile(cancel);
        var shown = await blocks.GetShownAsync(texts.Language, cancel);
        // A picture of the network's own takes the place, and the block stands among the others.
        Picture = Network.Picture is null ? shown.FirstOrDefault(b => b.Block.IsPicture) : null;
        Blocks = [.. shown.Where(b => b != Picture)];
        Explore = (await map.GetSectionsAsync(cancel)) is [var first, ..] ? first : null;
    }
}
