using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Correspondence;

/// <summary>Sends whoever asks a letter of their own, and says what became of it.</summary>
[Allow(CorrespondenceModule.Manage)]
internal sealed class TestModel(
    PlenariaDb db,
    Accounts accounts,
    Outbox outbox,
    MailOptions options,
    Network network,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public string Email { get; private set; } = "";
    public bool HasServer => options.Server is not null;
    public OutboxMessage? Last { get; private set; }

    public Task OnGetAsync(CancellationToken cancel) => RerenderAsync(cancel);

    public async Task RerenderAsync(CancellationToken cancel)
    {
        var (email, subject) = (await EmailAsync(cancel), await SubjectAsync(cancel));
        Email = email;
        Last = await db.Set<OutboxMessage>()
            .AsNoTracking()
            .Where(l => l.To == email && l.Subject == subject)
            .OrderByDescending(l => l.Id)
            .FirstOrDefaultAsync(cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var name = (await network.Profile(cancel)).ShortName;
        outbox.Queue(
            new(
                await EmailAsync(cancel),
                phrases.Language,
                await SubjectAsync(cancel),
                phrases["mail.test.body", ("network", name)]
            )
            {
                Kind = LetterKind.Test,
            }
        );
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}/settings/mail");
    }

    private async Task<string> EmailAsync(CancellationToken cancel) =>
        (await accounts.Reach([visitor.Who.Id!.Value], cancel))[0].Email;

    private async Task<string> SubjectAsync(CancellationToken cancel) =>
        phrases["mail.test.subject", ("network", (await network.Profile(cancel)).ShortName)];
}
