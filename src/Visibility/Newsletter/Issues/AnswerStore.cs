using Microsoft.EntityFrameworkCore;
using Plenaria.Correspondence;
using Plenaria.Newsletter.Subscribing;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Newsletter.Issues;

/// <summary>An answer with the address it came from, which is empty once its owner is erased.</summary>
internal sealed record AnswerView(IssueAnswer Answer, string Email);

/// <summary>An issue with answers about which something is left to do.</summary>
internal sealed record AnsweredIssue(Issue Issue, int Open);

/// <summary>
/// Answers that readers wrote to issues. They are taken from the addresses of confirmed subscribers of the issue's
/// list, with an account or without.
/// </summary>
internal sealed class AnswerStore(PlenariaDb db, Journal journal, SystemActor system) : IReplyReader
{
    public async Task<bool> TakeReplyAsync(InboundMessage mail, CancellationToken cancel)
    {
        var hash = Subscriber.HashOf(mail.From);
        var issue = await db.Set<Issue>().SingleOrDefaultAsync(i => i.ReplyToken == mail.ReplyToken, cancel);
        if (issue is null)
            return false;
        var subscriber = await db.Set<Subscriber>()
            .AsNoTracking()
            .SingleOrDefaultAsync(s => s.EmailHash == hash && s.State == SubscriberState.Confirmed, cancel);
        // Whoever left the list since may still have something to say of what they were sent.
        if (subscriber is null)
            return false;
        if (
            await db.Set<IssueAnswer>().AnyAsync(a => a.Issue == issue.Id && a.MessageId == mail.MessageId, cancel)
            || Folding.Clean(mail.Written.Length > 0 ? mail.Written : mail.Text) is not { Length: > 0 } text
        )
            return true;
        var acting = system.As("newsletter");
        db.Add(
            new IssueAnswer
            {
                Id = Guid.CreateVersion7(acting.At),
                Issue = issue.Id,
                Subscriber = subscriber.Id,
                MessageId = mail.MessageId,
                At = mail.At,
                Text = Folding.Cut(text, IssueAnswer.TextMaxLength),
            }
        );
        await RecordAsync(issue, "newsletter.answered", acting, cancel);
        return true;
    }

    /// <summary>Those of an issue, with what is left to do first.</summary>
    public async Task<IReadOnlyList<AnswerView>> ListAsync(Issue issue, CancellationToken cancel) =>
        await (
            from answer in db.Set<IssueAnswer>().AsNoTracking()
            join subscriber in db.Set<Subscriber>() on answer.Subscriber equals subscriber.Id
            where answer.Issue == issue.Id
            orderby answer.HandledAt != null, answer.Id
            select new AnswerView(answer, subscriber.Email)
        ).ToListAsync(cancel);

    /// <summary>What somebody wrote.</summary>
    public Task<List<IssueAnswer>> OfAsync(Subscriber subscriber, CancellationToken cancel) =>
        db.Set<IssueAnswer>()
            .AsNoTracking()
            .Where(a => a.Subscriber == subscriber.Id)
            .OrderBy(a => a.Id)
            .ToListAsync(cancel);

    /// <summary>The issues with answers that nobody has seen to.</summary>
    public async Task<IReadOnlyList<AnsweredIssue>> FindOpenAsync(CancellationToken cancel)
    {
        var open = await db.Set<IssueAnswer>()
            .Where(a => a.HandledAt == null)
            .GroupBy(a => a.Issue)
            .Select(g => new { Issue = g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Issue, g => g.Count, cancel);
        if (open.Count == 0)
            return [];
        var issues = await db.Set<Issue>()
            .AsNoTracking()
            .Where(i => open.Keys.Contains(i.Id))
            .OrderBy(i => i.Number)
            .ToListAsync(cancel);
        return issues.ConvertAll(i => new AnsweredIssue(i, open[i.Id]));
    }

    /// <summary>Says that nothing is left to do about an answer, or takes that back.</summary>
    public async Task SetHandledAsync(
        Issue issue,
        Guid id,
        bool isHandled,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var answer =
            await db.Set<IssueAnswer>().SingleOrDefaultAsync(a => a.Id == id && a.Issue == issue.Id, cancel)
            ?? throw new RuleViolationException("platform.changed-meanwhile");
        if (answer.HandledAt is not null == isHandled)
            return;
        answer.HandledAt = isHandled ? acting.At : null;
        await RecordAsync(
            issue,
            isHandled ? "newsletter.answer-handled" : "newsletter.answer-reopened",
            acting,
            cancel
        );
    }

    // No public page shows answers: what is kept of pages stays as it is.
    private Task<int> RecordAsync(Issue issue, string act, OperationContext acting, CancellationToken cancel)
    {
        journal.Append(acting, issue.Stream, act, null, new { issue.Number }, marks: []);
        return db.SaveChangesAsync(cancel);
    }
}
