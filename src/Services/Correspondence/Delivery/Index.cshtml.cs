using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Site;

namespace Plenaria.Correspondence.Delivery;

/// <summary>What waits, what left, what failed and why; what staff can do about it.</summary>
[Allow(CorrespondenceModule.Manage)]
internal sealed class IndexModel(
    DeliveryDesk desk,
    MailOptions options,
    ModuleCatalog modules,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public DeliveryView Desk { get; private set; } = null!;
    public bool HasServer => options.Server is not null;

    /// <summary>What was typed as a reason that was refused.</summary>
    public (string? Address, string? Reason) Typed { get; private set; }

    public string NameOf(string kind) => phrases.NameOfKind(modules, kind);

    public Task OnGetAsync(CancellationToken cancel) => RerenderAsync(cancel);

    public async Task RerenderAsync(CancellationToken cancel) => Desk = await desk.ReadAsync(cancel);

    public async Task<IActionResult> OnPostPauseAsync(CancellationToken cancel)
    {
        await desk.PauseAsync(visitor.Acting(), cancel);
        return Back();
    }

    public async Task<IActionResult> OnPostResumeAsync(CancellationToken cancel)
    {
        await desk.ResumeAsync(visitor.Acting(), cancel);
        return Back();
    }

    public async Task<IActionResult> OnPostAgainAsync(Guid letter, CancellationToken cancel)
    {
        await desk.SendAgainAsync(letter, null, visitor.Acting(), cancel);
        return Back();
    }

    public async Task<IActionResult> OnPostDomainAsync(string domain, CancellationToken cancel)
    {
        await desk.SendAgainAsync(null, domain, visitor.Acting(), cancel);
        return Back();
    }

    public async Task<IActionResult> OnPostReactivateAsync(string address, string? reason, CancellationToken cancel)
    {
        Typed = (address, reason);
        await desk.ReactivateAsync(address, reason, visitor.Acting(), cancel);
        return Back();
    }

    private RedirectResult Back() => Redirect($"/{phrases.Language}/administration/mail");
}
