using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Comments;

/// <summary>What people say about records of all modules: read, written, withdrawn and followed.</summary>
public sealed class CommentService(
    PlenariaDb db,
    Journal journal,
    CommentKinds kinds,
    Accounts accounts,
    CommentLetters letters
)
{
    /// <summary>How many comments an account may write within an hour.</summary>
    public const int MostPerHour = 30;

    /// <summary>How long a text may be, in characters.</summary>
    public const int TextMaxLength = Comment.TextMaxLength;
    private const int Tries = 4;

    /// <summary>All comments, for a query of a module about records of its own.</summary>
    public IQueryable<PostedComment> Query() => Lines(db.Set<Comment>().AsNoTracking());

    /// <summary>Those that everybody reads who reads the discussion.</summary>
    public IQueryable<PostedComment> QueryShown() =>
        Lines(db.Set<Comment>().AsNoTracking().Where(c => c.WithdrawnAt == null && c.HiddenAt == null));

    /// <summary>The keys of the records that somebody follows.</summary>
    public IQueryable<Guid> QueryFollowed(AccountId account) =>
        db.Set<Follower>().Where(f => f.Account == account && f.IsActive).Select(f => f.Discussion);

    /// <summary>All that was said about a record, oldest first.</summary>
    public Task<List<PostedComment>> ListAsync(Guid record, CancellationToken cancel) =>
        Lines(db.Set<Comment>().AsNoTracking().Where(c => c.Discussion == record).OrderBy(c => c.At).ThenBy(c => c.Id))
            .ToListAsync(cancel);

    /// <summary>How many comments are shown on each paragraph of a record; 0 is the whole.</summary>
    public async Task<IReadOnlyDictionary<int, int>> CountAsync(Guid record, CancellationToken cancel) =>
        await db.Set<Comment>()
            .Where(c => c.Discussion == record && c.WithdrawnAt == null && c.HiddenAt == null)
            .GroupBy(c => c.Paragraph)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancel);

    /// <summary>A discussion as a page shows it; null when there is no such record for this person.</summary>
    public async Task<DiscussionView?> ReadAsync(
        string kind,
        Guid id,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        if (await kinds.FindRecordAsync(kind, id, acting, cancel) is not { } record)
            return null;
        var (me, said) = (acting.Actor.Id, await ListAsync(id, cancel));
        return new(record, said)
        {
            IsSignedIn = me is not null,
            Discussion = await db.Set<Discussion>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, cancel),
            IsFollowing =
                me is not null
                && await db.Set<Follower>().AnyAsync(f => f.Discussion == id && f.Account == me && f.IsActive, cancel),
            Reports = me is null ? [] : await FindReportsAsync(said, cancel),
            Reader = me,
        };
    }

    private Task<List<CommentReport>> FindReportsAsync(IEnumerable<PostedComment> about, CancellationToken cancel)
    {
        var ids = about.Select(c => c.Id).ToList();
        return db.Set<CommentReport>().AsNoTracking().Where(r => ids.Contains(r.Comment)).ToListAsync(cancel);
    }

    /// <summary>
    /// Adds what somebody wrote, and tells those who follow. What came by the same mail before is not added again.
    /// </summary>
    /// <exception cref="RuleViolationException">It is closed, empty or too long, about no such paragraph, too much
    /// within an hour, or against the record's own rules.</exception>
    public async Task<PostedComment> PostAsync(
        string kind,
        Guid id,
        CommentDraft draft,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        // Two who write at once renew the same entry of the register: neither has done anything wrong.
        for (var attempt = 1; ; attempt++)
            try
            {
                PostedComment? line = null;
                await db.InTransactionAsync(
                    async () => line = await PostOnceAsync(kind, id, draft, acting, cancel),
                    cancel
                );
                return line!;
            }
            catch (Exception fault) when (CanRepeat(attempt) && PlenariaDb.IsConcurrencyConflict(fault))
            {
                db.ClearTracking();
            }
    }

    // Within a transaction of the caller, the caller repeats all of it.
    private bool CanRepeat(int attempt) => attempt < Tries && db.Database.CurrentTransaction is null;

    private async Task<PostedComment> PostOnceAsync(
        string kind,
        Guid id,
        CommentDraft draft,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var (source, record) = await GetAsync(kind, id, acting, cancel);
        if (draft.MessageId is { } mail && await FindByMailAsync(id, mail, acting.Actor.Id, cancel) is { } known)
            return known;
        if (!record.CanWrite)
            throw new ForbiddenException(CommentsModule.TakePart);
        var author = await source.AdmitAsync(record, draft, acting, cancel);
        var (discussion, isNew) = await OpenAsync(record, cancel);
        await RequireAsync(discussion, record, draft, acting, cancel);
        var comment = Make(record, draft, author, acting);
        db.Add(comment);
        if (isNew)
            foreach (var account in await source.FindConcernedAsync(record, cancel))
                await FollowAsync(discussion, account, cancel);
        if (acting.Actor.Id is { } me && !record.IsFormal)
            await FollowAsync(discussion, me, cancel);
        var line = LineOf(comment);
        await source.ChangedAsync(record, line, [.. await ListAsync(id, cancel), line], cancel);
        await TellAsync(source, record, line, cancel);
        journal.Append(
            acting,
            record.Stream,
            "comments.posted",
            record.Reference,
            new
            {
                version = comment.TextVersion,
                paragraph = comment.Paragraph,
                member = comment.Member,
                byMail = draft.MessageId is not null,
                text = record.IsFormal ? comment.Text.ToString() : null,
            }
        );
        await db.SaveChangesAsync(cancel);
        return line;
    }

    private static Comment Make(
        CommentedRecord record,
        CommentDraft draft,
        CommentAuthor author,
        OperationContext acting
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(acting.At),
            Discussion = record.Id,
            TextVersion = record.TextVersion,
            Paragraph = draft.Paragraph,
            Text = draft.Text,
            By = acting.Actor.Id,
            ByName = record.IsFormal ? "" : Folding.Cut(acting.Actor.Name, Comment.NameMaxLength),
            Institution = Folding.Cut(author.Institution, Comment.NameMaxLength),
            Member = author.Member,
            At = acting.At,
            IsAnswer = author.IsAnswer,
            MessageId = draft.MessageId,
        };

    /// <summary>Takes a comment back: what it said is erased.</summary>
    public Task WithdrawAsync(string kind, Guid id, Guid comment, OperationContext acting, CancellationToken cancel) =>
        ChangeAsync(
            kind,
            id,
            comment,
            acting,
            (record, stored) =>
            {
                if (!record.CanWithdraw(LineOf(stored)))
                    throw new ForbiddenException(CommentsModule.TakePart);
                stored.Withdraw(acting.At);
                return ("comments.withdrawn", new { comment, own = stored.By == acting.Actor.Id });
            },
            cancel
        );

    /// <summary>Begins to follow a discussion, or stops.</summary>
    public Task SetFollowingAsync(
        string kind,
        Guid id,
        bool isActive,
        OperationContext acting,
        CancellationToken cancel
    ) =>
        db.InTransactionAsync(
            async () =>
            {
                var (_, record) = await GetAsync(kind, id, acting, cancel);
                var me = acting.Actor.Id ?? throw new ForbiddenException(CommentsModule.TakePart);
                var (discussion, _) = await OpenAsync(record, cancel);
                var follower = await FollowAsync(discussion, me, cancel);
                follower.IsActive = isActive;
                journal.Append(
                    acting,
                    record.Stream,
                    isActive ? "comments.followed" : "comments.unfollowed",
                    record.Reference,
                    new { },
                    marks: []
                );
                await db.SaveChangesAsync(cancel);
            },
            cancel
        );

    /// <summary>Changes one comment within a transaction, tells the record and the journal.</summary>
    internal Task ChangeAsync(
        string kind,
        Guid id,
        Guid comment,
        OperationContext acting,
        Func<CommentedRecord, Comment, (string Act, object What)> change,
        CancellationToken cancel,
        Func<CommentedRecord, Comment, Task>? alongside = null
    ) =>
        db.InTransactionAsync(
            async () =>
            {
                var (source, record) = await GetAsync(kind, id, acting, cancel);
                await OpenAsync(record, cancel);
                var stored =
                    await db.Set<Comment>().SingleOrDefaultAsync(c => c.Discussion == id && c.Id == comment, cancel)
                    ?? throw new RuleViolationException("platform.changed-meanwhile");
                var (act, what) = change(record, stored);
                var line = LineOf(stored);
                await source.ChangedAsync(
                    record,
                    line,
                    [.. (await ListAsync(id, cancel)).Select(c => c.Id == comment ? line : c)],
                    cancel
                );
                if (alongside is not null)
                    await alongside(record, stored);
                journal.Append(acting, record.Stream, act, record.Reference, what);
                await db.SaveChangesAsync(cancel);
            },
            cancel
        );

    /// <exception cref="RuleViolationException">There is no such record for this person.</exception>
    internal async Task<(ICommentable Source, CommentedRecord Record)> GetAsync(
        string kind,
        Guid id,
        OperationContext acting,
        CancellationToken cancel
    ) =>
        await kinds.FindAsync(kind, cancel) is { } source
        && await source.FindAsync(id, acting, cancel) is { CanRead: true } record
            ? (source, record)
            : throw new RuleViolationException("platform.changed-meanwhile");

    /// <summary>The discussion of a record, begun if nobody has said anything yet.</summary>
    internal async Task<(Discussion Discussion, bool IsNew)> OpenAsync(CommentedRecord record, CancellationToken cancel)
    {
        if (await db.Set<Discussion>().SingleOrDefaultAsync(d => d.Id == record.Id, cancel) is { } stored)
            return (stored, false);
        var discussion = new Discussion
        {
            Id = record.Id,
            Kind = record.Kind,
            Stream = record.Stream,
            IsFormal = record.IsFormal,
        };
        db.Add(discussion);
        return (discussion, true);
    }

    private async Task RequireAsync(
        Discussion discussion,
        CommentedRecord record,
        CommentDraft draft,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        if (!record.IsOpen || discussion.ClosedAt is not null)
            throw new RuleViolationException("comments.closed");
        if (draft.Text.Wordings.All(w => Folding.IsBlank(w.Value.Text)))
            throw new RuleViolationException("comments.text-missing");
        if (draft.Text.Wordings.Any(w => w.Value.Text.Length > Comment.TextMaxLength))
            throw new RuleViolationException("comments.too-long", ("most", Comment.TextMaxLength));
        if (draft.Paragraph != 0 && record.Paragraph(draft.Paragraph) is null)
            throw new RuleViolationException("comments.no-such-paragraph", ("number", draft.Paragraph));
        var (me, since) = (acting.Actor.Id, acting.At.AddHours(-1));
        if (
            me is not null
            && !record.IsFormal
            && await db.Set<Comment>()
                .CountAsync(
                    c =>
                        c.By == me
                        && c.At > since
                        && !db.Set<Discussion>().Any(d => d.Id == c.Discussion && d.IsFormal),
                    cancel
                ) >= MostPerHour
        )
            throw new RuleViolationException("comments.too-many", ("most", MostPerHour));
    }

    private Task<PostedComment?> FindByMailAsync(
        Guid record,
        string messageId,
        AccountId? by,
        CancellationToken cancel
    ) =>
        Lines(
                db.Set<Comment>()
                    .AsNoTracking()
                    .Where(c => c.Discussion == record && c.MessageId == messageId && c.By == by)
            )
            .SingleOrDefaultAsync(cancel);

    // Somebody who stopped following and writes again stays as they chose.
    private async Task<Follower> FollowAsync(Discussion discussion, AccountId account, CancellationToken cancel)
    {
        if (await db.Set<Follower>().FindAsync([discussion.Id, account], cancel) is { } known)
            return known;
        var follower = new Follower
        {
            Discussion = discussion.Id,
            Account = account,
            ReplyToken = ReplyAddress.NewToken(),
        };
        db.Add(follower);
        return follower;
    }

    private async Task TellAsync(
        ICommentable source,
        CommentedRecord record,
        PostedComment comment,
        CancellationToken cancel
    )
    {
        // Those added a moment ago are not stored yet.
        var stored = await db.Set<Follower>().Where(f => f.Discussion == record.Id).ToListAsync(cancel);
        var followers = stored
            .Concat(db.Set<Follower>().Local.Where(f => f.Discussion == record.Id))
            .Distinct()
            .Where(f => f.IsActive && f.Account != comment.By)
            .ToDictionary(f => f.Account);
        var audience = await source.FindAudienceAsync(record, cancel);
        foreach (var reader in await accounts.Reach(followers.Keys, cancel))
            if (audience is null || audience.Contains(reader.Account))
                await letters.SendAsync(reader, followers[reader.Account].ReplyToken, record, comment, cancel);
    }

    private static IQueryable<PostedComment> Lines(IQueryable<Comment> comments) => comments.Select(AsLine);

    internal static PostedComment LineOf(Comment comment) => ToLine(comment);

    private static readonly Expression<Func<Comment, PostedComment>> AsLine = c => new PostedComment
    {
        Id = c.Id,
        Record = c.Discussion,
        TextVersion = c.TextVersion,
        Paragraph = c.Paragraph,
        Text = c.Text,
        By = c.By,
        ByName = c.ByName,
        Institution = c.Institution,
        Member = c.Member,
        At = c.At,
        IsAnswer = c.IsAnswer,
        WithdrawnAt = c.WithdrawnAt,
        HiddenAt = c.HiddenAt,
        HiddenReason = c.HiddenReason,
    };

    private static readonly Func<Comment, PostedComment> ToLine = AsLine.Compile();
}
