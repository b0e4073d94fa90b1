using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;

namespace Plenaria.Web.Shell;

[AllowAnonymous]
internal sealed class HomeModel(Network network, Register register) : PageModel
{
    private static readonly string[] Kinds = ["plan", "plan-action", "resolution", "annual-report"];

    public NetworkProfile Network { get; private set; } = null!;
    public IReadOnlyList<Registered> Newest { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Network = await network.Profile(cancel);
        Newest = await register.Newest(Kinds, Audience.Public, 6, cancel);
    }
}
