using Microsoft.EntityFrameworkCore;
using Plenaria.Newsletter.Issues;
using Plenaria.Newsletter.Subscribing;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Tasks;

namespace Plenaria.Newsletter;

/// <summary>
/// Drafts that were begun by themselves, sendings that paused by themselves and answers of readers wait for an editor.
/// </summary>
internal sealed class NewsletterTasks(PlenariaDb db, IssueSending sending, AnswerStore answers, Localizer texts)
    : ITaskSource
{
    public async Task<IReadOnlyList<Waiting>> For(CurrentUser visitor, Language language, CancellationToken cancel)
    {
        if (!visitor.May(NewsletterPermission.Write))
            return [];
        var drafts = await db.Set<Issue>()
            .AsNoTracking()
            .Where(i => i.State == IssueState.Draft && i.Author == null && i.IsAssembled)
            .OrderBy(i => i.Number)
            .ToListAsync(cancel);
        return
        [
            .. await FindStoppedAsync(language, cancel),
            .. (await answers.FindOpenAsync(cancel)).Select(a => new Waiting(
                texts.Count(language, "newsletter.task.answers", a.Open, ("title", a.Issue.Title.For(language))),
                $"{a.Issue.DeskPath}/answers",
                null
            )),
            .. drafts.Select(i => new Waiting(
                texts.Get(language, "newsletter.task.assembled", ("title", i.Title.For(language))),
                i.DeskPath,
                null
            )),
        ];
    }

    private async Task<List<Waiting>> FindStoppedAsync(Language language, CancellationToken cancel)
    {
        var stopped = await db.Set<Issue>()
            .AsNoTracking()
            .Where(i => i.State == IssueState.Paused && i.IsStopped)
            .OrderBy(i => i.Number)
            .ToListAsync(cancel);
        var tasks = new List<Waiting>();
        foreach (var issue in stopped)
        {
            var (sent, _, failed) = await sending.ReadFailuresAsync(issue, cancel);
            tasks.Add(
                new(
                    texts.Get(language, "newsletter.task.stopped", ("title", issue.Title.For(language))),
                    issue.DeskPath,
                    null,
                    texts.Get(language, "newsletter.stopped.why", ("failed", failed), ("count", sent + failed))
                        + " "
                        + texts.Get(language, "newsletter.stopped.what")
                )
            );
        }
        return tasks;
    }
}
