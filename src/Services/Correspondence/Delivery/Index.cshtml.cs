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
    RefusingDomainStore refusing,
    SenderCheck sender,
    DmarcReportStore reports,
    MailOptions options,
    ModuleCatalog modules,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public DeliveryView Desk { get; private set; } = null!;
    public bool HasServer => options.Server is not null;

    /// <summary>Whether letters are sent from a domain that others can look up.</summary>
    public bool HasDomain => sender.HasDomain;
    public bool TakesReports => options.DmarcReportsTo is not null;

    /// <summary>Whether staff ask what the DNS says. It is read, nothing is stored.</summary>
    [FromQuery(Name = "check")]
    public bool IsChecking { get; set; }
    public IReadOnlyList<DnsRecordCheck> Checks { get; private set; } = [];
    public IReadOnlyList<DmarcSourceView> Sources { get; private set; } = [];
    public IReadOnlyList<(RefusingDomain Domain, IReadOnlyList<string> Addresses)> Refusing { get; private set; } = [];

    /// <summary>What was typed as a reason that was refused.</summary>
    public (string? Address, string? Reason) Typed { get; private set; }

    public string NameOf(string kind) => phrases.NameOfKind(modules, kind);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        await RerenderAsync(cancel);
        if (IsChecking && HasDomain)
            Checks = await sender.RunAsync(cancel);
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        Desk = await desk.ReadAsync(cancel);
        Refusing = await refusing.ReadAsync(cancel);
        if (TakesReports)
            Sources = await reports.ReadAsync(cancel);
    }

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
