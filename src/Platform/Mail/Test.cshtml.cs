using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Platform.Mail;

/// <summary>Sends whoever asks a letter of their own, and says what became of it.</summary>
[Allow(PlatformModule.ManageSite)]
internal sealed class TestModel(
    PlenariaDb db,
    Outbox outbox,
    MailOptions options,
    Network network,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public string Email { get; private set; } = "";
    public bool HasServer => options.Server is not null;
    public Letter? Last { get; private set; }

    public Task OnGetAsync(CancellationToken cancel) => RerenderAsync(cancel);

    public async Task RerenderAsync(CancellationToken cancel)
    {
        var (email, subject) = (await EmailAsync(cancel), await SubjectAsync(cancel));
        Email = email;
        Last = await db.Set<Letter>()
            .AsNoTracking()
            .Where(l => l.To == email && l.Subject == subject)
            .OrderByDescending(l => l.Id)
            .FirstOrDefaultAsync(cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var name = (await network.Profile(cancel)).ShortName;
        outbox.QueueRequested(
            await EmailAsync(cancel),
            phrases.Language,
            await SubjectAsync(cancel),
            phrases["mail.test.body", ("network", name)]
        );
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}/settings/mail");
    }

    private Task<string> EmailAsync(CancellationToken cancel) =>
        db.Set<Account>().Where(a => a.Id == visitor.Who.Id).Select(a => a.Email).SingleAsync(cancel);

    private async Task<string> SubjectAsync(CancellationToken cancel) =>
        phrases["mail.test.subject", ("network", (await network.Profile(cancel)).ShortName)];
}
