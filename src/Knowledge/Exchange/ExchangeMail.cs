using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Mail;
using Plenaria.Platform.Register;

namespace Plenaria.Exchange;

/// <summary>Answers to a letter about a conversation: only from the account that the letter went to.</summary>
internal sealed class ExchangeMail(PlenariaDb db, ThreadStore threads, People people) : IMailReader
{
    public async Task<bool> Take(Incoming mail, Acting acting, CancellationToken cancel)
    {
        if (mail.ReplyToken is not { } token || acting.Who.Id is not { } sender || !acting.May(ExchangeModule.TakePart))
            return false;
        var thread = await (from f in db.Set<Follower>() join t in db.Set<Thread>() on f.Thread equals t.Id where f.ReplyToken == token && f.Account == sender select t).AsNoTracking().SingleOrDefaultAsync(cancel);
        if (thread is null || !await threads.Sees(thread, acting, Audience.Network, cancel) || mail.Written.Trim() is not { Length: > 0 } written)
            return false;
        // Nobody says in which language a mail is written; most people write in the one they read.
        var language = await people.Of([sender], cancel) is [var writer, ..] ? writer.Language : thread.Language;
        await threads.Post(thread.Number, Folding.Cut(written.ReplaceLineEndings("\n"), Message.TextMaxLength), language, acting, mail.MessageId, cancel);
        return true;
    }
}
