using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Platform.Jobs.Pages;

/// <summary>A job as staff see it.</summary>
/// <param name="Next">When it is due; null while its module is switched off or it is running.</param>
internal sealed record JobView(Job Job, JobRun? Last, DateTimeOffset? Next)
{
    public bool HasFailed => Last?.LastError is not null && !IsRunning;

    /// <summary>How long the last run took, in seconds begun.</summary>
    public long Seconds => (long)Math.Ceiling((Last!.FinishedAt!.Value - Last.StartedAt!.Value).TotalSeconds);

    public bool IsRunning => Last?.IsRunning == true;
}

/// <summary>What runs by itself: how it fared last, when it is due, and "now".</summary>
[Allow(PlatformModule.ManageSite)]
internal sealed class IndexModel(
    PlenariaDb db,
    Contributions contributions,
    JobScheduler scheduler,
    Journal.Journal journal,
    Network network,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel
{
    public IReadOnlyList<JobView> Jobs { get; private set; } = [];
    public string TimeZone { get; private set; } = "";

    public async Task OnGetAsync(CancellationToken cancel)
    {
        TimeZone = (await network.Profile(cancel)).TimeZone;
        var runs = await db.Set<JobRun>().AsNoTracking().ToDictionaryAsync(r => r.Name, cancel);
        var next = await scheduler.GetNextRunTimesAsync(cancel);
        Jobs =
        [
            .. (await contributions.DeclaredAsync<Job>(cancel))
                .Select(job => new JobView(
                    job,
                    runs.GetValueOrDefault(job.Name),
                    next.TryGetValue(job.Name, out var at) ? at : null
                ))
                .OrderByDescending(j => j.Last?.LastError is not null)
                .ThenBy(j => NameOf(j.Job), StringComparer.Create(phrases.Language.Culture, ignoreCase: true)),
        ];
    }

    public string NameOf(Job job) => phrases.Job(job.Name);

    public async Task<IActionResult> OnPostAsync(string job, CancellationToken cancel)
    {
        if ((await contributions.DeclaredAsync<Job>(cancel)).All(j => j.Name != job))
            return NotFound();
        journal.Append(visitor.Acting(), "site", "site.job-run", null, new { job });
        await db.SaveChangesAsync(cancel);
        await scheduler.RunNowAsync(job, cancel);
        return Redirect($"/{phrases.Language}/administration/jobs");
    }
}
