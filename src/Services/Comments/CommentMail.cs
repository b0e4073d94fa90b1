using Microsoft.EntityFrameworkCore;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Comments;

/// <summary>
/// Answers to a letter about a comment: only from the account that the letter went to. Only what is certainly the
/// answer is published; anything else is held, and its sender is asked to confirm what of it they wrote.
/// </summary>
internal sealed class CommentMail(
    PlenariaDb db,
    CommentService comments,
    CommentKinds kinds,
    ReplyStore replies,
    Accounts accounts
) : IMailReader
{
    public async Task<bool> Take(InboundMessage mail, OperationContext acting, CancellationToken cancel)
    {
        if (mail.ReplyToken is not { } token || acting.Actor.Id is not { } sender)
            return false;
        var discussion = await (
            from f in db.Set<Follower>()
            join d in db.Set<Discussion>() on f.Discussion equals d.Id
            where f.ReplyToken == token && f.Account == sender
            select d
        )
            .AsNoTracking()
            .SingleOrDefaultAsync(cancel);
        if (
            discussion is null
            || await kinds.FindRecordAsync(discussion.Kind, discussion.Id, acting, cancel) is not { } record
        )
            return false;
        await RequireAsync(record, mail, acting, cancel);
        if (!mail.IsCertain || mail.Written.Length is 0 or > Comment.TextMaxLength)
        {
            // All of it where it is not certain: what stands between quoted lines is not lost.
            var text = mail.IsCertain && mail.Written.Length > 0 ? mail.Written : mail.Text;
            await replies.HoldAsync(record, Folding.Clean(text), mail.MessageId, acting, cancel);
            return true;
        }
        // Nobody says in which language a mail is written; most people write in the one they read.
        var language = await accounts.Reach([sender], cancel) is [var writer, ..]
            ? writer.Language
            : record.Title.Source ?? Language.English;
        await comments.PostAsync(
            record.Kind,
            record.Id,
            new(LocalizedText.Original(language, Folding.Clean(mail.Written))) { MessageId = mail.MessageId },
            acting,
            cancel
        );
        return true;
    }

    /// <exception cref="RuleViolationException">The sender may not write there, nobody may any more, or nothing was
    /// written.</exception>
    private async Task RequireAsync(
        CommentedRecord record,
        InboundMessage mail,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        if (!record.CanWrite)
            throw new RuleViolationException("comments.may-not-write", ("title", record.Title.ToString()));
        if (await comments.ReadAsync(record.Kind, record.Id, acting, cancel) is not { CanWrite: true })
            throw new RuleViolationException("comments.closed");
        if (mail.Text.Split('\n').All(l => Folding.IsBlank(l) || l.TrimStart().StartsWith('>')))
            throw new RuleViolationException("comments.text-missing");
    }
}
