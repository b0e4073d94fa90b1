using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Home;
using Plenaria.Platform.Language;
using Plenaria.Platform.Register;
using Plenaria.Platform.Sections;
using Plenaria.Platform.Site;

namespace Plenaria.Web.Shell;

/// <summary>
/// The front page: who the network is, a field to search in, then the blocks of the modules as the network ordered
/// them. Where there is nothing to show yet it says so.
/// </summary>
[AllowAnonymous, Cacheable]
internal sealed class HomeModel(
    Network network,
    Register register,
    HomePageBlocks blocks,
    SiteMap map,
    PageLocalizer texts
) : PageModel
{
    /// <summary>What has a block of its own on this page, or would drown the rest.</summary>
    private static readonly string[] Elsewhere = ["news", "event", "page", "member", "plan-action", "experience"];

    public NetworkProfile Network { get; private set; } = null!;
    public IReadOnlyList<PublishedEntry> Newest { get; private set; } = [];
    public IReadOnlyList<HomePageBlockView> Blocks { get; private set; } = [];

    /// <summary>The first section: where a visitor begins to look around.</summary>
    public SectionView? Explore { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Network = await network.Profile(cancel);
        Blocks = await blocks.GetShownAsync(texts.Language, cancel);
        Newest = await register.NewestBut(Elsewhere, Audience.Public, 4, cancel);
        Explore = (await map.GetSectionsAsync(cancel)) is [var first, ..] ? first : null;
    }
}
