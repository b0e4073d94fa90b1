using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Modules;

namespace Plenaria.Platform.Site.Staff;

/// <summary>What whoever keeps the network running works with, as the modules declare it.</summary>
[Allow(PlatformModule.StaffArea)]
internal sealed class IndexModel(Contributions contributions, CurrentUser visitor) : PageModel
{
    public IReadOnlyList<IGrouping<StaffToolGroup, StaffTool>> Groups { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Groups =
        [
            .. (await contributions.DeclaredAsync<StaffTool>(cancel))
                .Where(t => visitor.May(t.Permission))
                .OrderBy(t => t.Order)
                .GroupBy(t => t.Group)
                .OrderBy(g => g.Key),
        ];
    }
}
