using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Plenaria.Web.Shell;

[AllowAnonymous, IgnoreAntiforgeryToken]
internal sealed class ErrorModel : PageModel
{
    public string Kind { get; private set; } = "";

    public void OnGet()
    {
        _ = int.TryParse(RouteData.Values["status"] as string, out var status);
        Response.StatusCode = status is >= 400 and < 600 ? status : StatusCodes.Status404NotFound;
        Kind = status switch
        {
            404 => "absent",
            403 or 401 => "forbidden",
            410 => "withdrawn",
            413 => "too-large",
            400 => "bad",
            _ => "fault",
        };
    }
}
