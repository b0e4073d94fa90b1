using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Letters;
using Plenaria.Platform.Modules;

namespace Plenaria.Correspondence;

/// <summary>A module that knows which addresses asked not to be written to.</summary>
public interface IMailPreferences
{
    /// <summary>
    /// Those of the addresses (in lower case) whose owners asked for no mail on the network's initiative.
    /// </summary>
    Task<IReadOnlySet<string>> Refusing(IReadOnlyCollection<string> addresses, CancellationToken cancel);
}

/// <summary>Queues letters; they leave after the transaction has committed, at least once.</summary>
public sealed class Outbox(
    PlenariaDb db,
    Bulk bulk,
    ModuleCatalog modules,
    IEnumerable<IMailPreferences> preferences,
    TimeProvider time
) : ILetters
{
    private const int AddressesPerQuery = 500;

    /// <summary>
    /// Those of these addresses, as <see cref="Accounts.Normal"/> writes them, whose owners asked for no mail on
    /// the network's initiative. Where many are written to, it is asked of all at once, and the others are written to
    /// with <see cref="QueueRequested"/>.
    /// </summary>
    public async Task<IReadOnlySet<string>> FindRefusingAsync(IEnumerable<string> addresses, CancellationToken cancel)
    {
        var refusing = new HashSet<string>();
        foreach (var asked in addresses.Select(Accounts.Normal).Distinct().Chunk(AddressesPerQuery))
        foreach (var source in preferences)
            refusing.UnionWith(await source.Refusing(asked, cancel));
        return refusing;
    }

    /// <summary>
    /// Queues a letter on the network's own initiative (a notice, a reminder, a question) unless its addressee asked
    /// not to be written to. Returns whether it will be sent. Parameters as for <see cref="QueueRequested"/>.
    /// </summary>
    public async Task<bool> QueueUnlessRefused(
        string to,
        Kernel.Language language,
        string subject,
        string text,
        CancellationToken cancel,
        string? replyToken = null,
        string? calendar = null
    )
    {
        if ((await FindRefusingAsync([to], cancel)).Count > 0)
            return false;
        QueueRequested(to, language, subject, text, replyToken, calendar);
        return true;
    }

    /// <summary>
    /// Queues one letter of the network's own initiative to each of many people, but to those who asked not to be
    /// written to, in statements of some hundred rows. Stored at once, or with the transaction under way.
    /// </summary>
    /// <returns>How many will be sent.</returns>
    public async Task<int> QueueManyAsync(IEnumerable<LetterDraft> letters, CancellationToken cancel)
    {
        var (queued, now) = (0, time.GetUtcNow());
        await db.InTransactionAsync(
            async () =>
            {
                foreach (var part in letters.Chunk(AddressesPerQuery))
                {
                    var refusing = await FindRefusingAsync(part.Select(l => l.To), cancel);
                    var rows = part.Where(l => !refusing.Contains(Accounts.Normal(l.To)))
                        .Select(l => OutboxMessage.Create(l, PriorityOf(l.Kind), now))
                        .ToList();
                    await bulk.Insert(rows, OutboxMessage.Streams, cancel);
                    queued += rows.Count;
                }
            },
            cancel
        );
        return queued;
    }

    void ILetters.QueueRequested(string to, Kernel.Language language, string subject, string text) =>
        QueueRequested(to, language, subject, text);

    void ILetters.QueueSignIn(string to, Kernel.Language language, string subject, string text) =>
        Queue(new(to, language, subject, text) { Kind = LetterKind.SignIn });

    public async Task ForgetAsync(IReadOnlyCollection<string> addresses, CancellationToken cancel)
    {
        await db.Set<OutboxMessage>().Where(l => addresses.Contains(l.To)).ExecuteDeleteAsync(cancel);
        await db.Set<SuppressedAddress>().Where(s => addresses.Contains(s.Address)).ExecuteDeleteAsync(cancel);
    }

    /// <summary>
    /// Queues a letter that its addressee asked for, or that answers what they did: it is sent whatever they said of
    /// other mail. Parameters as those of <see cref="LetterDraft"/>.
    /// </summary>
    public void QueueRequested(
        string to,
        Kernel.Language language,
        string subject,
        string text,
        string? replyToken = null,
        string? calendar = null
    ) => Queue(new(to, language, subject, text) { ReplyToken = replyToken, Calendar = calendar });

    /// <summary>Queues a letter whatever its addressee said of other mail. Saved by the caller.</summary>
    public void Queue(LetterDraft letter) =>
        db.Add(OutboxMessage.Create(letter, PriorityOf(letter.Kind), time.GetUtcNow()));

    private LetterPriority PriorityOf(string kind) =>
        modules.Declared<LetterKind>().FirstOrDefault(k => k.Key == kind)?.Priority
        ?? throw new ArgumentException($"No module declares the kind of letter {kind}.", nameof(kind));
}
