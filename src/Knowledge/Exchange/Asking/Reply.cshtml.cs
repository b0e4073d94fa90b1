using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Exchange.Asking;

/// <summary>
/// An answer by mail that waits for its sender: what of it they wrote is theirs to say, then it is published.
/// </summary>
[Allow(ExchangeModule.TakePart)]
internal sealed class ReplyModel(
    ThreadStore threads,
    PlenariaDb db,
    Journal journal,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public HeldReply Reply { get; private set; } = null!;
    public Thread Thread { get; private set; } = null!;
    public TextFields Input { get; set; } = new();

    public object? Stored => Reply.Version;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (!await Load(id, cancel))
            return NotFound();
        Input = new() { Text = Reply.Text };
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load(Guid.Parse((string)RouteData.Values["id"]!), cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    public async Task<IActionResult> OnPostPublishAsync(
        Guid id,
        [FromForm(Name = nameof(Input))] TextFields input,
        CancellationToken cancel
    )
    {
        Input = input;
        if (!await Load(id, cancel))
            return NotFound();
        await db.InTransactionAsync(
            async () =>
            {
                db.Remove(Reply);
                await threads.Post(
                    Thread.Number,
                    input.Plain,
                    phrases.Language,
                    visitor.Acting(),
                    Reply.MessageId,
                    cancel
                );
            },
            cancel
        );
        return Redirect($"/{phrases.Language}{Thread.Path}");
    }

    public async Task<IActionResult> OnPostDiscardAsync(Guid id, CancellationToken cancel)
    {
        if (!await Load(id, cancel))
            return NotFound();
        db.Remove(Reply);
        journal.Append(
            visitor.Acting(),
            Thread.Stream,
            "exchange.reply-discarded",
            Thread.Reference,
            new { reply = Reply.Id },
            marks: []
        );
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}{Thread.Path}");
    }

    // Somebody else's is not there.
    private async Task<bool> Load(Guid id, CancellationToken cancel)
    {
        if (
            visitor.Who.Id is not { } me
            || await db.Set<HeldReply>().SingleOrDefaultAsync(r => r.Id == id && r.Account == me, cancel)
                is not { } reply
        )
            return false;
        (Reply, Thread) = (reply, await db.Set<Thread>().AsNoTracking().SingleAsync(t => t.Id == reply.Thread, cancel));
        return true;
    }
}
