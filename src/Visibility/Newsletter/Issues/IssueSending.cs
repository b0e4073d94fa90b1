using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;

namespace Plenaria.Newsletter.Issues;

/// <summary>Sends issues: one letter to each confirmed subscriber of the list, in their language.</summary>
internal sealed class IssueSending(
    PlenariaDb db,
    IssueStore issues,
    AudienceFinder audiences,
    Accounts accounts,
    Outbox outbox,
    LetterBatches batches,
    Localizer texts
)
{
    /// <summary>Queues all letters and publishes the issue, in one transaction.</summary>
    /// <exception cref="RuleViolationException">It may not leave, not by this person, or reaches nobody.</exception>
    public Task SendAsync(Issue issue, Uri site, OperationContext acting, CancellationToken cancel) =>
        db.InTransactionAsync(
            async () =>
            {
                var audience = await audiences.FindAsync(issue, cancel);
                if (audience.Count == 0)
                    throw new RuleViolationException("newsletter.nobody");
                // First, so that of two who send it the second is told before any letter is written.
                issue.Send(acting.Actor.Id, audience.Count, acting.At);
                await issues.ArchiveAsync(issue, acting.At, cancel);
                await issues.RecordAsync(issue, "newsletter.sent", acting, cancel);
                await outbox.QueueManyAsync(await WriteAsync(issue, site, cancel), cancel);
            },
            cancel
        );

    /// <summary>A letter in one language to whoever tries the issue out.</summary>
    public async Task SendTestAsync(
        Issue issue,
        Language language,
        Uri site,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        if (acting.Actor.Id is not { } me || await accounts.Reach([me], cancel) is not [var account])
            return;
        var content = await issues.ReadContentAsync(issue, site, cancel);
        outbox.Queue(new IssueLetter(content, language, null, texts).ForTest(account.Email));
        await issues.RecordAsync(issue, "newsletter.tested", acting, cancel);
    }

    public Task<BatchProgress> ReadProgressAsync(Issue issue, CancellationToken cancel) =>
        batches.ReadAsync(issue.Id, cancel);

    public Task PauseAsync(Issue issue, OperationContext acting, CancellationToken cancel) =>
        ChangeAsync(
            issue,
            "newsletter.paused",
            issue.Pause,
            () => batches.PauseAsync(issue.Id, cancel),
            acting,
            cancel
        );

    public Task ResumeAsync(Issue issue, OperationContext acting, CancellationToken cancel) =>
        ChangeAsync(
            issue,
            "newsletter.resumed",
            issue.Resume,
            () => batches.ResumeAsync(issue.Id, issue.NotBefore, cancel),
            acting,
            cancel
        );

    /// <summary>
    /// What waits does not leave any more. An issue of which nothing has left is a draft again, and nobody reads it.
    /// </summary>
    public Task CancelAsync(Issue issue, OperationContext acting, CancellationToken cancel) =>
        db.InTransactionAsync(
            async () =>
            {
                issue.Cancel();
                await batches.CancelAsync(issue.Id, cancel);
                var isWhole = await batches.ReadAsync(issue.Id, cancel) is { Sent: 0, Waiting: 0, Failed: 0 };
                if (isWhole)
                    await issues.TakeBackAsync(issue, cancel);
                await issues.RecordAsync(
                    issue,
                    isWhole ? "newsletter.taken-back" : "newsletter.cancelled",
                    acting,
                    cancel
                );
            },
            cancel
        );

    private Task ChangeAsync(
        Issue issue,
        string act,
        Action change,
        Func<Task<int>> letters,
        OperationContext acting,
        CancellationToken cancel
    ) =>
        db.InTransactionAsync(
            async () =>
            {
                change();
                await letters();
                await issues.RecordAsync(issue, act, acting, cancel);
            },
            cancel
        );

    private async Task<IEnumerable<LetterDraft>> WriteAsync(Issue issue, Uri site, CancellationToken cancel)
    {
        var content = await issues.ReadContentAsync(issue, site, cancel);
        var all = await audiences.ReadAsync(issue, cancel);
        var letters = all.Select(r => (r.Language, r.Region))
            .Distinct()
            .ToDictionary(r => r, r => new IssueLetter(content, r.Language, r.Region, texts));
        return all.Select(r => letters[(r.Language, r.Region)].For(r.Email, r.Token));
    }
}
