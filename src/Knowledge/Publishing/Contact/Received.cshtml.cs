using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Publishing.Contact;

/// <summary>What came in through the contact form: answered by mail from here, or put aside.</summary>
[Allow(PublishingModule.Contact)]
internal sealed class ReceivedModel(
    PlenariaDb db,
    Journal journal,
    Outbox outbox,
    Network network,
    Localizer texts,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    private const int Most = 100;

    public IReadOnlyList<ContactMessage> Open { get; private set; } = [];
    public IReadOnlyList<ContactMessage> Done { get; private set; } = [];

    /// <summary>What was typed into an answer that was refused.</summary>
    public (Guid Message, string? Answer) Typed { get; private set; }

    public Task OnGetAsync(CancellationToken cancel) => RerenderAsync(cancel);

    public async Task RerenderAsync(CancellationToken cancel)
    {
        Open = await db.Set<ContactMessage>()
            .AsNoTracking()
            .Where(m => m.DoneAt == null)
            .OrderBy(m => m.At)
            .Take(Most)
            .ToListAsync(cancel);
        Done = await db.Set<ContactMessage>()
            .AsNoTracking()
            .Where(m => m.DoneAt != null)
            .OrderByDescending(m => m.DoneAt)
            .Take(Most)
            .ToListAsync(cancel);
    }

    public Task<IActionResult> OnPostAnswerAsync(Guid message, int version, string? answer, CancellationToken cancel)
    {
        Typed = (message, answer);
        return string.IsNullOrWhiteSpace(answer) ? throw new RuleViolationException("publishing.contact.text-missing")
            : answer.Length > ContactMessage.TextMaxLength
                ? throw new RuleViolationException(
                    "publishing.contact.too-long",
                    ("limit", ContactMessage.TextMaxLength)
                )
            : Finish(message, version, answer.ReplaceLineEndings("\n").Trim(), cancel);
    }

    public Task<IActionResult> OnPostAsideAsync(Guid message, int version, CancellationToken cancel) =>
        Finish(message, version, null, cancel);

    private async Task<IActionResult> Finish(Guid id, int version, string? answer, CancellationToken cancel)
    {
        if (await db.Set<ContactMessage>().SingleOrDefaultAsync(m => m.Id == id, cancel) is not { } message)
            return NotFound();
        PlenariaDb.RequireVersion(message, version);
        var acting = visitor.Acting();
        message.Finish(answer, acting.Actor.Id, acting.At);
        if (answer is not null)
            outbox.QueueRequested(
                message.Email,
                message.Language,
                $"Re: {message.Subject}",
                texts.Get(
                    message.Language,
                    "publishing.contact.letter",
                    ("answer", answer),
                    ("network", (await network.Profile(cancel)).Name),
                    ("text", string.Join('\n', message.Text.Split('\n').Select(l => $"> {l}")))
                )
            );
        journal.Append(
            acting,
            $"contact:{message.Id:N}",
            answer is null ? "publishing.contact-put-aside" : "publishing.contact-answered",
            null,
            new { }
        );
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}/contact/received");
    }
}
