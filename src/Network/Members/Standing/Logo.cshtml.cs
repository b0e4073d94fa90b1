using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Site;

namespace Plenaria.Members.Standing;

/// <summary>The badge that members show, in five languages, with what to paste into a web site.</summary>
[AllowAnonymous, Cacheable]
internal sealed class LogoModel(Network network) : PageModel
{
    public string Name { get; private set; } = "";
    public string Site { get; private set; } = "";

    public async Task OnGetAsync(CancellationToken cancel) =>
        (Name, Site) = ((await network.Profile(cancel)).ShortName, $"{Request.Scheme}://{Request.Host}");
}
