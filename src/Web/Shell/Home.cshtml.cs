using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;

namespace Plenaria.Web.Shell;

[AllowAnonymous, Cacheable]
internal sealed class HomeModel(Network network, Register register) : PageModel
{
    /// <summary>What has a list of its own on this page, or would drown the rest.</summary>
    private static readonly string[] Elsewhere = ["news", "event", "page", "member", "plan-action"];

    public NetworkProfile Network { get; private set; } = null!;
    public IReadOnlyList<PublishedEntry> Newest { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Network = await network.Profile(cancel);
        Newest = await register.NewestBut(Elsewhere, Audience.Public, 6, cancel);
    }
}
