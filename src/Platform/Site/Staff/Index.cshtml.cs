using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Modules;

namespace Plenaria.Platform.Site.Staff;

/// <summary>What whoever keeps the network running works with, as the modules declare it.</summary>
[Allow(PlatformModule.StaffArea)]
internal sealed class IndexModel(ModuleCatalog modules, Network network, Visitor visitor) : PageModel
{
    public IReadOnlyList<Tool> Tools { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var profile = await network.Profile(cancel);
        Tools =
        [
            .. modules
                .All.Where(m => profile.Has(m.Name))
                .SelectMany(m => m.Tools)
                .Where(t => visitor.May(t.Permission))
                .OrderBy(t => t.Order),
        ];
    }
}
