using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Site;

namespace Plenaria.Members.Merging;

/// <summary>Two records of which one is to be made: which they are stands in the address.</summary>
internal abstract class PairModel : PageModel, IRerenderable
{
    [BindProperty(SupportsGet = true)]
    public string? One { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Other { get; set; }

    [BindProperty]
    public List<string> Taken { get; set; } = [];

    [BindProperty]
    public string? Version { get; set; }

    /// <summary>Both as they are stored now; null unless both are there.</summary>
    public abstract object? Stored { get; }

    public Task OnGetAsync(CancellationToken cancel) => RerenderAsync(cancel);

    public abstract Task RerenderAsync(CancellationToken cancel);

    /// <summary>Loads both again, and goes on only if they are as they were compared.</summary>
    /// <exception cref="RuleViolationException">One is missing, or somebody changed it meanwhile.</exception>
    protected async Task LoadAsCompared(CancellationToken cancel)
    {
        await RerenderAsync(cancel);
        if (Stored is null)
            throw new RuleViolationException("members.merge.unknown");
        if (Version != (string)Stored)
            throw new RuleViolationException("platform.changed-meanwhile");
    }
}
