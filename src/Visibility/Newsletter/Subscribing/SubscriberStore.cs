using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

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
    SubscriptionLetters letters,
    WaitingLetters waiting,
    ListStore all,
    Accounts accounts
)
{
    /// <summary>After as many days an address that nobody confirmed is deleted.</summary>
    public const int UnconfirmedDays = 30;

    /// <summary>The secret in the links of an account's subscription; null where there is none.</summary>
    public Task<string?> FindTokenAsync(AccountId account, CancellationToken cancel) =>
        db.Set<Subscriber>()
            .Where(s => s.Account == account && s.State == SubscriberState.Confirmed && s.Email != "")
            .Select(s => s.Token)
            .FirstOrDefaultAsync(cancel);

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
        await letters.QueueAsync(page, email, language, subscriber.Token, site, cancel);
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
                await waiting.WithdrawAsync(subscriber.Email, cancel);
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
        var open = (await all.ReadPublicAsync(cancel)).Select(l => l.Id).ToHashSet();
        var before = subscriber.Subscriptions.ConvertAll(s => s.List);
        var kept = before.Where(l => !open.Contains(l));
        subscriber.Choices = choices;
        subscriber.ChooseOwn([.. kept, .. lists.Where(open.Contains)]);
        var left = before.Except(subscriber.Subscriptions.Select(s => s.List)).ToList();
        await db.InTransactionAsync(
            async () =>
            {
                if (left.Count > 0)
                    await waiting.WithdrawAsync(left, subscriber.Email, cancel);
                await RecordAsync(subscriber, "newsletter.chosen", acting, cancel);
            },
            cancel
        );
    }

    /// <summary>
    /// Deletes the address and the proof of its consent, at its owner's wish, what they answered and what waits for
    /// them.
    /// </summary>
    public Task EraseAsync(Subscriber subscriber, OperationContext acting, CancellationToken cancel) =>
        db.InTransactionAsync(
            async () =>
            {
                await waiting.WithdrawAsync(subscriber.Email, cancel);
                await db.DeleteRowsAsync(
                    db.Set<IssueAnswer>().Where(a => a.Subscriber == subscriber.Id),
                    StatementStreams.Of(subscriber.Stream),
                    cancel
                );
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
