using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.ExampleModule;

[AllowAnonymous]
internal sealed class IndexModel(FairStore fairs, CurrentUser visitor, PageLocalizer phrases) : PageModel, IRerenderable
{
    public IReadOnlyList<Fair> Fairs { get; private set; } = [];

    [BindProperty, Required(ErrorMessage = "site.missing"), StringLength(200)]
    public string Title { get; set; } = "";

    public Task OnGetAsync(CancellationToken cancel) => RerenderAsync(cancel);

    public async Task RerenderAsync(CancellationToken cancel) => Fairs = await fairs.AllAsync(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await fairs.AddAsync(LocalizedText.Original(phrases.Language, Title.Trim()), visitor.Acting(), cancel);
        return Redirect($"/{phrases.Language}/fairs");
    }
}
