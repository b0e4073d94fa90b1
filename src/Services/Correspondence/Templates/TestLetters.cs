using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;

namespace Plenaria.Correspondence;

/// <summary>Sends whoever works with letters one of them, to their own address.</summary>
internal sealed class TestLetters(
    PlenariaDb db,
    Outbox outbox,
    Accounts accounts,
    MailOptions options,
    CurrentUser visitor,
    PageLocalizer phrases
)
{
    /// <returns>What is said to them.</returns>
    public async Task<string> SendAsync(string subject, string text, CancellationToken cancel)
    {
        if (await accounts.Reach([visitor.Who.Id!.Value], cancel) is not [var me])
            throw new ForbiddenException(CorrespondenceModule.EditTemplates);
        outbox.Queue(new(me.Email, phrases.Language, subject, text) { Kind = LetterKind.Test });
        await db.SaveChangesAsync(cancel);
        return options.Server is null
            ? phrases["mail.test.kept"]
            : phrases["mail.templates.tested", ("email", me.Email)];
    }
}
