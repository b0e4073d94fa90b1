using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Modules;

namespace Plenaria.Platform.Site.Staff;

/// <summary>What whoever keeps the network running works with, as the modules declare it.</summary>
[Allow(PlatformModule.StaffArea)]
internal sealed class IndexModel(Contributions contributions, CurrentUser visitor) : PageModel
{
    public IReadOnlyList<StaffTool> Tools { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Tools =
        [
            .. (await contributions.DeclaredAsync<StaffTool>(cancel))
                .Where(t => visitor.May(t.Permission))
                .OrderBy(t => t.Order),
        ];
    }
}
