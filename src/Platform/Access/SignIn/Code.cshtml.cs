using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Language;

namespace Plenaria.Platform.Access.SignIn;

[AllowAnonymous]
internal sealed class CodeModel(SignIns signIns, ClientLimits limits, PageLocalizer phrases) : PageModel
{
    [BindProperty, Required(ErrorMessage = "access.code-missing"), StringLength(12, ErrorMessage = "access.code-wrong")]
    public string Code { get; set; } = "";

    [BindProperty]
    public Guid Id { get; set; }

    public void OnGet(Guid request) => Id = request;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        limits.CountTry(HttpContext);
        return Redirect(After.Step(await signIns.UseCode(HttpContext, Id, Code, cancel), phrases.Language));
    }
}

/// <summary>Where a sign-in leads: to the second step (null), to the page asked for, else to the workspace.</summary>
internal static class After
{
    public static string Step(string? returnTo, Kernel.Language language) =>
        returnTo switch
        {
            null => $"/{language}/sign-in/second",
            "" => $"/{language}/workspace",
            _ => returnTo,
        };
}
