using Microsoft.EntityFrameworkCore;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Newsletter.Subscribing;

/// <summary>What somebody asked for on the sign-up page.</summary>
/// <param name="From">The network the request came from.</param>
/// <param name="Wording">The words of consent that the page showed.</param>
internal sealed record SubscriptionDraft(
    string Email,
    ReaderChoices Choices,
    IReadOnlyList<Guid> Lists,
    string From,
    string Wording
);

/// <summary>Reads and changes subscribers, each act in the journal without the address.</summary>
internal sealed class SubscriberStore(
    PlenariaDb db,
    Journal journal,
    Outbox outbox,
    LetterBatches batches,
    Accounts accounts,
    Localizer texts,
    Network network
)
{
    /// <summary>After as many days an address that nobody confirmed is deleted.</summary>
    public const int UnconfirmedDays = 30;

    /// <summary>The lists that anybody may subscribe to.</summary>
    public Task<List<MailingList>> ReadPublicListsAsync(CancellationToken cancel) =>
        db.Set<MailingList>().AsNoTracking().Where(l => l.IsPublic).OrderBy(l => l.Id).ToListAsync(cancel);

    /// <summary>The lists that somebody subscribed to.</summary>
    public Task<List<MailingList>> ReadListsAsync(Subscriber subscriber, CancellationToken cancel)
    {
        var ids = subscriber.Subscriptions.Select(s => s.List).ToList();
        return db.Set<MailingList>()
            .AsNoTracking()
            .Where(l => ids.Contains(l.Id))
            .OrderBy(l => l.Id)
            .ToListAsync(cancel);
    }

    /// <summary>Whose links these are.</summary>
    public Task<Subscriber?> FindAsync(string token, CancellationToken cancel) =>
        db.Set<Subscriber>()
            .Include(s => s.Subscriptions)
            .SingleOrDefaultAsync(s => s.Token == token && s.Email != "", cancel);

    /// <summary>
    /// Mails the link by which the owner of the address agrees. An address that is subscribed stays as it is, and its
    /// owner is mailed the link to their choices: the page says the same in either case.
    /// </summary>
    public async Task AskAsync(SubscriptionDraft asked, Uri site, OperationContext acting, CancellationToken cancel)
    {
        var language = asked.Choices.Language;
        var (email, hash) = (Accounts.Normal(asked.Email), Subscriber.HashOf(asked.Email));
        var subscriber = await db.Set<Subscriber>()
            .Include(s => s.Subscriptions)
            .SingleOrDefaultAsync(s => s.EmailHash == hash, cancel);
        if (subscriber is null)
            db.Add(
                subscriber = new()
                {
                    Id = Guid.CreateVersion7(acting.At),
                    Email = email,
                    EmailHash = hash,
                    Language = language,
                    Token = Accounts.Secret(),
                }
            );
        var isNew = subscriber.State != SubscriberState.Confirmed;
        if (isNew)
        {
            subscriber.Email = email;
            subscriber.Ask(asked.Choices, asked.Lists, asked.From, asked.Wording, acting.At);
        }
        var page = isNew ? "confirm" : "preferences";
        outbox.QueueRequested(
            email,
            language,
            texts.Get(language, $"newsletter.letter.{page}.subject"),
            texts.Get(
                language,
                $"newsletter.letter.{page}",
                ("network", (await network.Profile(cancel)).Name),
                ("link", new Uri(site, $"/{language}/newsletter/{page}/{subscriber.Token}")),
                ("days", UnconfirmedDays)
            )
        );
        await RecordAsync(subscriber, "newsletter.asked", acting, cancel);
    }

    /// <summary>Stores a subscriber of a sample network.</summary>
    public Task AddAsync(Subscriber subscriber, OperationContext acting, CancellationToken cancel)
    {
        db.Add(subscriber);
        return RecordAsync(subscriber, "newsletter.asked", acting, cancel);
    }

    public async Task ConfirmAsync(
        Subscriber subscriber,
        string from,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        subscriber.Confirm(from, acting.At);
        subscriber.Account ??= (await accounts.Known(subscriber.Email, acting.At, cancel))?.Id;
        await RecordAsync(subscriber, "newsletter.confirmed", acting, cancel);
    }

    public async Task UnsubscribeAsync(Subscriber subscriber, OperationContext acting, CancellationToken cancel)
    {
        if (subscriber.State == SubscriberState.Unsubscribed)
            return;
        await db.InTransactionAsync(
            async () =>
            {
                subscriber.Unsubscribe(acting.At);
                await batches.WithdrawAsync(MailingList.LetterKind, subscriber.Email, cancel);
                await RecordAsync(subscriber, "newsletter.unsubscribed", acting, cancel);
            },
            cancel
        );
    }

    /// <summary>
    /// Another language, region or themes, or other public lists; private ones stay, and can be left by unsubscribing.
    /// </summary>
    public async Task ChooseAsync(
        Subscriber subscriber,
        ReaderChoices choices,
        IReadOnlyCollection<Guid> lists,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var open = (await ReadPublicListsAsync(cancel)).Select(l => l.Id).ToHashSet();
        var kept = subscriber.Subscriptions.Select(s => s.List).Where(l => !open.Contains(l));
        subscriber.Choices = choices;
        subscriber.ChooseOwn([.. kept, .. lists.Where(open.Contains)]);
        await RecordAsync(subscriber, "newsletter.chosen", acting, cancel);
    }

    /// <summary>Deletes the address and the proof of its consent, at its owner's wish, and what waits for it.</summary>
    public Task EraseAsync(Subscriber subscriber, OperationContext acting, CancellationToken cancel) =>
        db.InTransactionAsync(
            async () =>
            {
                await batches.WithdrawAsync(MailingList.LetterKind, subscriber.Email, cancel);
                subscriber.Forget(acting.At);
                await RecordAsync(subscriber, "newsletter.erased", acting, cancel);
            },
            cancel
        );

    /// <summary>Deletes addresses whose owners never confirmed.</summary>
    public async Task DeleteUnconfirmedAsync(OperationContext acting, CancellationToken cancel)
    {
        var before = acting.At.AddDays(-UnconfirmedDays);
        var old = await db.Set<Subscriber>()
            .Where(s => s.State == SubscriberState.Unconfirmed && s.AskedAt < before)
            .Take(500)
            .ToListAsync(cancel);
        foreach (var subscriber in old)
        {
            db.Remove(subscriber);
            await RecordAsync(subscriber, "newsletter.erased", acting, cancel);
        }
    }

    // No page shows subscribers: what is kept of pages stays as it is.
    private async Task RecordAsync(Subscriber subscriber, string act, OperationContext acting, CancellationToken cancel)
    {
        journal.Append(acting, subscriber.Stream, act, null, new { lists = subscriber.Subscriptions.Count }, marks: []);
        await db.SaveChangesAsync(cancel);
    }
}
