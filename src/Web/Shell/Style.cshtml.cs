using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Site;

namespace Plenaria.Web.Shell;

/// <summary>
/// Every part a page is made of, as the stylesheet draws it today. In development and demo; elsewhere there is no such
/// page.
/// </summary>
[AllowAnonymous, Cacheable]
internal sealed class StyleModel(HostingMode surroundings) : PageModel
{
    public IActionResult OnGet() => surroundings.ShowsWorkshop ? Page() : NotFound();
}
