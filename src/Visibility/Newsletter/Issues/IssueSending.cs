using Microsoft.EntityFrameworkCore;
using Plenaria.Correspondence;
using Plenaria.Newsletter.Subscribing;
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

    /// <summary>
    /// The letters in these languages to the addresses of the test list, or to whoever tries the issue out. Those who
    /// asked not to be written to get none.
    /// </summary>
    /// <exception cref="RuleViolationException">The issue is in none of these languages.</exception>
    public async Task SendTestAsync(
        Issue issue,
        IReadOnlyCollection<Language> languages,
        Uri site,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var editions = issue.Complete.Intersect(languages).ToList();
        if (editions.Count == 0)
            throw new RuleViolationException("newsletter.test.no-edition");
        var content = await issues.ReadContentAsync(issue, site, cancel);
        var asked = issue.TestAddresses.ToList();
        // Whoever asks for one gets it whatever they said of other mail.
        var refusing = await outbox.FindRefusingAsync(asked, cancel);
        var reached =
            asked.Count > 0
                ? asked.FindAll(a => !refusing.Contains(a))
                : (await accounts.Reach([.. new[] { acting.Actor.Id }.OfType<AccountId>()], cancel))
                    .Select(a => a.Email)
                    .ToList();
        foreach (var letter in editions.Select(l => new IssueLetter(content, l, null, texts)))
        foreach (var address in reached)
            outbox.Queue(letter.ForTest(address));
        if (reached.Count == 0)
            throw new RuleViolationException("newsletter.test.nobody");
        await issues.RecordAsync(issue, "newsletter.tested", acting, cancel);
    }

    public async Task<(BatchProgress Letters, int Answers)> ReadProgressAsync(Issue issue, CancellationToken cancel) =>
        (
            await batches.ReadAsync(issue.Id, cancel),
            await db.Set<IssueAnswer>().CountAsync(a => a.Issue == issue.Id, cancel)
        );

    /// <summary>What left and failed since somebody resumed it in spite of failures.</summary>
    public Task<BatchProgress> ReadFailuresAsync(Issue issue, CancellationToken cancel) =>
        batches.ReadAsync(issue.Id, issue.FailuresSince, cancel);

    public Task PauseAsync(Issue issue, OperationContext acting, CancellationToken cancel) =>
        ChangeAsync(
            issue,
            "newsletter.paused",
            issue.Pause,
            () => batches.PauseAsync(issue.Id, cancel),
            acting,
            cancel
        );

    /// <summary>Holds what waits, since too many of its letters failed.</summary>
    public Task StopAsync(Issue issue, OperationContext acting, CancellationToken cancel) =>
        ChangeAsync(
            issue,
            "newsletter.stopped",
            issue.Stop,
            () => batches.PauseAsync(issue.Id, cancel),
            acting,
            cancel
        );

    /// <summary>Failures so far do not pause it again.</summary>
    public Task ResumeAsync(Issue issue, OperationContext acting, CancellationToken cancel) =>
        ChangeAsync(
            issue,
            "newsletter.resumed",
            () => issue.Resume(acting.At),
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
