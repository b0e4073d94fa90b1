using Microsoft.EntityFrameworkCore;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Register;

namespace Plenaria.Exchange;

/// <summary>
/// Answers to a letter about a conversation: only from the account that the letter went to. Only what is certainly the
/// answer is published; anything else is held, and its sender is asked to confirm what of it they wrote.
/// </summary>
internal sealed class ExchangeMail(PlenariaDb db, ThreadStore threads, People people, Letters letters, Journal journal)
    : IMailReader
{
    public async Task<bool> Take(InboundMessage mail, OperationContext acting, CancellationToken cancel)
    {
        if (
            mail.ReplyToken is not { } token
            || acting.Actor.Id is not { } sender
            || !acting.Can(ExchangeModule.TakePart)
        )
            return false;
        var thread = await (
            from f in db.Set<Follower>()
            join t in db.Set<Thread>() on f.Thread equals t.Id
            where f.ReplyToken == token && f.Account == sender
            select t
        )
            .AsNoTracking()
            .SingleOrDefaultAsync(cancel);
        if (thread is null || !await threads.Sees(thread, acting, Audience.Network, cancel))
            return false;
        var writer = await people.Of([sender], cancel) is [var found, ..] ? found : null;
        if (!mail.IsCertain || mail.Written.Length == 0 || mail.Written.Length > Message.TextMaxLength)
        {
            await Hold(thread, mail, sender, writer, acting, cancel);
            return true;
        }
        // Nobody says in which language a mail is written; most people write in the one they read.
        var language = writer?.Language ?? thread.Language;
        await threads.Post(
            thread.Number,
            mail.Written.ReplaceLineEndings("\n"),
            language,
            acting,
            mail.MessageId,
            cancel
        );
        return true;
    }

    private async Task Hold(
        Thread thread,
        InboundMessage mail,
        AccountId sender,
        AccountAddress? writer,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        if (
            await db.Set<HeldReply>().AnyAsync(r => r.Thread == thread.Id && r.MessageId == mail.MessageId, cancel)
            || await db.Set<Message>().AnyAsync(m => m.Thread == thread.Id && m.MessageId == mail.MessageId, cancel)
        )
            return;
        var text = mail.Written.Length > 0 ? mail.Written : mail.Text;
        var held = new HeldReply
        {
            Id = Guid.CreateVersion7(acting.At),
            Thread = thread.Id,
            Account = sender,
            Text = Folding.Cut(text.ReplaceLineEndings("\n"), Message.TextMaxLength),
            MessageId = mail.MessageId,
            At = acting.At,
        };
        db.Add(held);
        journal.Append(
            acting,
            thread.Stream,
            "exchange.reply-held",
            thread.Reference,
            new { reply = held.Id },
            marks: []
        );
        if (writer is not null)
            await letters.Answer(
                writer,
                "held",
                language => [("title", thread.Title), ("link", letters.Link(language, held.Path))],
                cancel
            );
        await db.SaveChangesAsync(cancel);
    }
}
