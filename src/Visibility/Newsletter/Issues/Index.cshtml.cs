using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Site;

namespace Plenaria.Newsletter.Issues;

/// <summary>The issues that were sent, the latest first.</summary>
[AllowAnonymous, Cacheable]
internal sealed class IndexModel(IssueStore issues) : PageModel
{
    private const int PageSize = 30;

    public IReadOnlyList<Issue> Issues { get; private set; } = [];

    /// <summary>The number before which the next page begins; null when there is none.</summary>
    public int? Next { get; private set; }

    [BindProperty(SupportsGet = true)]
    public int? Before { get; set; }

    /// <summary>The first and last day of a period, by which the figures of a plan lead to its issues.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    /// <summary>The period as it goes on in the address of the next page.</summary>
    public string PeriodQuery => From is null && To is null ? "" : $"&from={From:yyyy-MM-dd}&to={To:yyyy-MM-dd}";

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var found = await issues
            .QueryArchive(From, To)
            .Where(i => i.Number < (Before ?? int.MaxValue))
            .OrderByDescending(i => i.Number)
            .Take(PageSize + 1)
            .ToListAsync(cancel);
        Issues = [.. found.Take(PageSize)];
        Next = found.Count > PageSize ? Issues[^1].Number : null;
    }
}
