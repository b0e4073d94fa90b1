using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Comments;

/// <summary>A comment that was reported, for those who moderate it.</summary>
internal sealed record ReportedComment(
    CommentedRecord Record,
    PostedComment Comment,
    IReadOnlyList<(string Reason, DateTimeOffset At)> Reports
);

/// <summary>Hides comments and shows them again, closes discussions, takes and settles reports of abuse.</summary>
internal sealed class CommentModeration(
    PlenariaDb db,
    Journal journal,
    CommentService comments,
    CommentKinds kinds,
    Accounts accounts,
    CommentLetters letters
)
{
    private const int MostListed = 50;

    /// <summary>Hides a comment. Its author is told why; those who moderate read it on.</summary>
    public Task HideAsync(
        string kind,
        Guid id,
        Guid comment,
        string? reason,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var why = Clean(reason);
        return ChangeAsync(
            (kind, id, comment),
            "comments.hidden",
            stored => stored.Hide(why, acting.At),
            acting,
            cancel,
            async (record, stored) =>
            {
                await SettleAsync(comment, acting, cancel);
                if (stored.By is { } author && await accounts.Reach([author], cancel) is [var to])
                    await letters.SendHiddenAsync(to, record, stored.Text, why, cancel);
            }
        );
    }

    /// <summary>Shows again what was hidden.</summary>
    public Task RestoreAsync(string kind, Guid id, Guid comment, OperationContext acting, CancellationToken cancel) =>
        ChangeAsync((kind, id, comment), "comments.restored", stored => stored.Restore(), acting, cancel);

    private Task ChangeAsync(
        (string Kind, Guid Record, Guid Comment) of,
        string act,
        Action<Comment> change,
        OperationContext acting,
        CancellationToken cancel,
        Func<CommentedRecord, Comment, Task>? alongside = null
    ) =>
        comments.ChangeAsync(
            of.Kind,
            of.Record,
            of.Comment,
            acting,
            (record, stored) =>
            {
                Require(record);
                change(stored);
                return (act, new { comment = of.Comment });
            },
            cancel,
            alongside
        );

    /// <summary>Leaves a comment that was reported as it is.</summary>
    public Task DismissAsync(string kind, Guid id, Guid comment, OperationContext acting, CancellationToken cancel) =>
        db.InTransactionAsync(
            async () =>
            {
                var (_, record) = await comments.GetAsync(kind, id, acting, cancel);
                Require(record);
                await comments.OpenAsync(record, cancel);
                await FindAsync(id, comment, cancel);
                await SettleAsync(comment, acting, cancel);
                journal.Append(
                    acting,
                    record.Stream,
                    "comments.report-dismissed",
                    record.Reference,
                    new { comment },
                    marks: []
                );
                await db.SaveChangesAsync(cancel);
            },
            cancel
        );

    /// <summary>Says that a comment is against the rules of the house: once per reader and comment.</summary>
    public Task ReportAsync(
        string kind,
        Guid id,
        Guid comment,
        string? reason,
        OperationContext acting,
        CancellationToken cancel
    ) =>
        db.InTransactionAsync(
            async () =>
            {
                var why = Clean(reason);
                var me = acting.Actor.Id ?? throw new ForbiddenException(CommentsModule.TakePart);
                var (_, record) = await comments.GetAsync(kind, id, acting, cancel);
                await comments.OpenAsync(record, cancel);
                var line = CommentService.LineOf(await FindAsync(id, comment, cancel));
                if (!record.IsModerated || !line.IsShown || line.By == me)
                    throw new RuleViolationException("platform.changed-meanwhile");
                if (await db.Set<CommentReport>().AnyAsync(r => r.Comment == comment && r.By == me, cancel))
                    throw new RuleViolationException("comments.reported-already");
                db.Add(
                    new CommentReport
                    {
                        Id = Guid.CreateVersion7(acting.At),
                        Comment = comment,
                        By = me,
                        Reason = why,
                        At = acting.At,
                    }
                );
                journal.Append(
                    acting,
                    record.Stream,
                    "comments.reported",
                    record.Reference,
                    new { comment },
                    marks: []
                );
                await db.SaveChangesAsync(cancel);
            },
            cancel
        );

    /// <summary>Closes a discussion without hiding what was said, or opens it again.</summary>
    /// <param name="version">The state that was read.</param>
    public Task SetClosedAsync(
        string kind,
        Guid id,
        bool isClosed,
        int version,
        OperationContext acting,
        CancellationToken cancel
    ) =>
        db.InTransactionAsync(
            async () =>
            {
                var (_, record) = await comments.GetAsync(kind, id, acting, cancel);
                Require(record);
                if (record.ClosesItself)
                    throw new ForbiddenException(CommentsModule.Moderate);
                var (discussion, _) = await comments.OpenAsync(record, cancel);
                PlenariaDb.RequireVersion(discussion, version);
                if (isClosed)
                    discussion.Close(acting.At);
                else
                    discussion.Reopen();
                journal.Append(
                    acting,
                    record.Stream,
                    isClosed ? "comments.closed" : "comments.reopened",
                    record.Reference,
                    new { }
                );
                await db.SaveChangesAsync(cancel);
            },
            cancel
        );

    /// <summary>What was reported and waits for somebody who moderates, the oldest first.</summary>
    public async Task<IReadOnlyList<ReportedComment>> FindReportedAsync(
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var reports = await (
            from r in db.Set<CommentReport>().AsNoTracking()
            join c in db.Set<Comment>() on r.Comment equals c.Id
            join d in db.Set<Discussion>() on c.Discussion equals d.Id
            where r.SettledAt == null && c.WithdrawnAt == null
            orderby r.At
            select new
            {
                Report = r,
                Comment = c,
                d.Kind,
            }
        )
            .Take(MostListed)
            .ToListAsync(cancel);
        var found = new List<ReportedComment>();
        foreach (var about in reports.GroupBy(r => r.Comment.Id))
        {
            var (comment, kind) = (about.First().Comment, about.First().Kind);
            if (await kinds.FindRecordAsync(kind, comment.Discussion, acting, cancel) is { CanModerate: true } record)
                found.Add(
                    new(record, CommentService.LineOf(comment), [.. about.Select(r => (r.Report.Reason, r.Report.At))])
                );
        }
        return found;
    }

    private async Task<Comment> FindAsync(Guid id, Guid comment, CancellationToken cancel) =>
        await db.Set<Comment>().SingleOrDefaultAsync(c => c.Discussion == id && c.Id == comment, cancel)
        ?? throw new RuleViolationException("platform.changed-meanwhile");

    private async Task SettleAsync(Guid comment, OperationContext acting, CancellationToken cancel)
    {
        foreach (
            var report in await db.Set<CommentReport>()
                .Where(r => r.Comment == comment && r.SettledAt == null)
                .ToListAsync(cancel)
        )
            report.SettledAt = acting.At;
    }

    private static void Require(CommentedRecord record)
    {
        if (!record.CanModerate)
            throw new ForbiddenException(CommentsModule.Moderate);
    }

    private static string Clean(string? reason) =>
        Folding.Cut(reason?.ReplaceLineEndings("\n").Trim() ?? "", Comment.ReasonMaxLength) is { Length: > 0 } why
            ? why
            : throw new RuleViolationException("comments.reason-missing");
}
