using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Newsletter.Subscribing;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Newsletter.Issues;

/// <summary>Where whoever writes newsletters sees issues and lists, and begins new ones.</summary>
[Allow(NewsletterPermission.Write)]
internal sealed class DeskModel(PlenariaDb db, IssueStore issues, CurrentUser visitor, PageLocalizer phrases)
    : PageModel,
        IRerenderable
{
    private const int Most = 100;

    public IReadOnlyList<Issue> Issues { get; private set; } = [];
    public DateTimeOffset Now => visitor.Acting().At;

    /// <summary>With how many confirmed subscribers.</summary>
    public IReadOnlyList<(MailingList List, int Subscribers)> Lists { get; private set; } = [];

    [BindProperty, Required(ErrorMessage = "newsletter.needs-title"), StringLength(Issue.TitleMaxLength)]
    public string? Title { get; set; }

    [BindProperty]
    public Guid List { get; set; }

    public Task OnGetAsync(CancellationToken cancel) => RerenderAsync(cancel);

    public async Task RerenderAsync(CancellationToken cancel)
    {
        Issues = await db.Set<Issue>().AsNoTracking().OrderByDescending(i => i.Number).Take(Most).ToListAsync(cancel);
        var counts = await db.Set<Subscription>()
            .Where(s => db.Set<Subscriber>().Any(x => x.Id == s.Subscriber && x.State == SubscriberState.Confirmed))
            .GroupBy(s => s.List)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        Lists =
        [
            .. (await db.Set<MailingList>().AsNoTracking().OrderBy(l => l.Id).ToListAsync(cancel)).Select(l =>
                (l, counts.GetValueOrDefault(l.Id))
            ),
        ];
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var issue = await issues.NewAsync(
            List,
            LocalizedText.Original(phrases.Language, Title!.Trim()),
            visitor.Acting(),
            cancel
        );
        return Redirect($"/{phrases.Language}{issue.DeskPath}");
    }
}
