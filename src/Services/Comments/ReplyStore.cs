using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Comments;

/// <summary>Answers by mail that wait until their senders confirm what they wrote.</summary>
public sealed class ReplyStore(
    PlenariaDb db,
    Journal journal,
    CommentService comments,
    CommentKinds kinds,
    Accounts accounts,
    CommentLetters letters,
    TimeProvider time
)
{
    /// <summary>
    /// Holds an answer of which some may be quoted, and asks its sender. The same one twice is held once.
    /// </summary>
    /// <param name="id">Its key, where the caller chooses one.</param>
    public async Task HoldAsync(
        CommentedRecord record,
        string text,
        string messageId,
        OperationContext acting,
        CancellationToken cancel,
        Guid? id = null
    )
    {
        var me = acting.Actor.Id!.Value;
        if (
            await db.Set<HeldReply>()
                .AnyAsync(r => r.Discussion == record.Id && r.MessageId == messageId && r.Account == me, cancel)
            || await db.Set<Comment>()
                .AnyAsync(c => c.Discussion == record.Id && c.MessageId == messageId && c.By == me, cancel)
        )
            return;
        await comments.OpenAsync(record, cancel);
        var held = new HeldReply
        {
            Id = id ?? Guid.CreateVersion7(acting.At),
            Discussion = record.Id,
            Account = me,
            Text = Folding.Cut(text.ReplaceLineEndings("\n"), Comment.TextMaxLength),
            MessageId = messageId,
            At = acting.At,
        };
        db.Add(held);
        Tell(held, record, "comments.reply-held", acting);
        if (await accounts.Reach([held.Account], cancel) is [var writer, ..])
            await letters.SendHeldAsync(writer, record, held.Path, cancel);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Somebody's own reply, with its record; somebody else's is not there.</summary>
    internal async Task<(HeldReply Reply, CommentedRecord Record)?> FindAsync(
        Guid id,
        OperationContext acting,
        CancellationToken cancel
    ) =>
        acting.Actor.Id is { } me
        && await db.Set<HeldReply>().SingleOrDefaultAsync(r => r.Id == id && r.Account == me, cancel) is { } reply
        && await db.Set<Discussion>().SingleAsync(d => d.Id == reply.Discussion, cancel) is var discussion
        && await kinds.FindRecordAsync(discussion.Kind, discussion.Id, acting, cancel) is { } record
            ? (reply, record)
            : null;

    internal Task PublishAsync(
        HeldReply reply,
        CommentedRecord record,
        LocalizedText text,
        OperationContext acting,
        CancellationToken cancel
    ) =>
        db.InTransactionAsync(
            async () =>
            {
                db.Remove(reply);
                await comments.PostAsync(
                    record.Kind,
                    record.Id,
                    new(text) { MessageId = reply.MessageId },
                    acting,
                    cancel
                );
                // Of two who publish it at once the second finds it gone.
                await db.SaveChangesAsync(cancel);
            },
            cancel
        );

    internal async Task DiscardAsync(
        HeldReply reply,
        CommentedRecord record,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        db.Remove(reply);
        Tell(reply, record, "comments.reply-discarded", acting);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Deletes replies that nobody confirmed in time.</summary>
    internal Task ForgetAsync(CancellationToken cancel)
    {
        var before = time.GetUtcNow().AddDays(-HeldReply.DaysKept);
        return db.InTransactionAsync(
            () =>
                db.DeleteRowsAsync(
                    db.Set<HeldReply>().Where(r => r.At < before),
                    StatementStreams.None("their time is over"),
                    cancel
                ),
            cancel
        );
    }

    private void Tell(HeldReply reply, CommentedRecord record, string act, OperationContext acting) =>
        journal.Append(acting, record.Stream, act, record.Reference, new { reply = reply.Id }, marks: []);
}
