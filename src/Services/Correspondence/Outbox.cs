using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
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

/// <summary>
/// Queues letters; they leave after the transaction has committed, at least once. Letters of kinds that readers choose
/// (<see cref="LetterChoice"/>) are asked for each reader: they leave, are collected, or are not written.
/// </summary>
public sealed class Outbox(
    PlenariaDb db,
    Bulk bulk,
    ModuleCatalog modules,
    IEnumerable<IMailPreferences> preferences,
    LetterFoot foot,
    TimeProvider time
) : ILetters
{
    private const int AddressesPerQuery = 500;

    /// <summary>
    /// Those of these addresses, as <see cref="Accounts.Normal"/> writes them, whose owners asked for no mail on
    /// the network's initiative, whatever its kind.
    /// </summary>
    public async Task<IReadOnlySet<string>> FindRefusingAsync(IEnumerable<string> addresses, CancellationToken cancel)
    {
        var refusing = new HashSet<string>();
        foreach (var asked in addresses.Select(Accounts.Normal).Distinct().Chunk(AddressesPerQuery))
            refusing.UnionWith(await FindRefusingPartAsync(asked, cancel));
        return refusing;
    }

    private async Task<IReadOnlySet<string>> FindRefusingPartAsync(string[] addresses, CancellationToken cancel)
    {
        var refusing = new HashSet<string>();
        foreach (var source in preferences)
            refusing.UnionWith(await source.Refusing(addresses, cancel));
        return refusing;
    }

    /// <summary>
    /// How letters of a kind on the network's own initiative reach these addresses now: asked of all at once, before
    /// the transaction in which they are queued with <see cref="Queue(LetterDraft, LetterReaders)"/>.
    /// </summary>
    /// <param name="kind">A declared <see cref="LetterKind"/>.</param>
    /// <param name="isRequested">The readers asked for these letters: that they want no other mail is no matter of
    /// them, what they chose of the kind is.</param>
    public async Task<LetterReaders> FindReadersAsync(
        string kind,
        IEnumerable<string> addresses,
        CancellationToken cancel,
        bool isRequested = false
    )
    {
        var readers = new LetterReaders(Get(kind));
        foreach (var asked in addresses.Select(Accounts.Normal).Distinct().Chunk(AddressesPerQuery))
            readers.Add(
                asked,
                isRequested ? [] : await FindRefusingPartAsync(asked, cancel),
                readers.Kind.IsChosen
                    ? await db.Set<ReaderPreferences>()
                        .AsNoTracking()
                        .Where(p => asked.Contains(p.Address))
                        .ToListAsync(cancel)
                    : []
            );
        return readers;
    }

    /// <summary>
    /// Queues a letter of the kind of these readers as its addressee wants it: it leaves, is collected, or is not
    /// written. Saved by the caller.
    /// </summary>
    /// <returns>Whether the addressee gets it.</returns>
    public bool Queue(LetterDraft letter, LetterReaders readers)
    {
        if (MakeRow(letter, readers, time.GetUtcNow()) is not { } row)
            return false;
        db.Add(row);
        return true;
    }

    // A letter, or what is kept of it for a digest.
    private object? MakeRow(LetterDraft letter, LetterReaders readers, DateTimeOffset now)
    {
        var kind = readers.Kind;
        letter = letter with { Kind = kind.Key };
        var excerpt = letter.Excerpt;
        if (kind.Choice == LetterChoice.Digestible && excerpt is null)
            throw new ArgumentException($"Letters of the kind {kind.Key} say what stands in a digest.", nameof(letter));
        var rhythm = readers.RhythmOf(letter.To);
        if (rhythm == LetterRhythm.Never)
            return null;
        if (rhythm != LetterRhythm.AtOnce && readers.AccountOf(letter.To) is { } account)
            return DigestItem.Create(letter, excerpt!, account, now);
        return OutboxMessage.Create(kind.IsChosen ? foot.Add(letter, kind) : letter, kind.Priority, now);
    }

    /// <summary>
    /// Queues a letter on the network's own initiative (a notice, a reminder, a question) as its addressee wants it,
    /// unless they asked not to be written to. Saved by the caller.
    /// </summary>
    /// <returns>Whether the addressee gets it.</returns>
    public async Task<bool> QueueUnlessRefused(LetterDraft letter, CancellationToken cancel) =>
        Queue(letter, await FindReadersAsync(letter.Kind, [letter.To], cancel));

    /// <summary>
    /// Queues one letter of the network's own initiative to each of many people as they want it, but to those who asked
    /// not to be written to, in statements of some hundred rows. Stored at once, or with the transaction under way.
    /// </summary>
    /// <returns>How many people get one.</returns>
    public async Task<int> QueueManyAsync(IEnumerable<LetterDraft> letters, CancellationToken cancel)
    {
        var (queued, now) = (0, time.GetUtcNow());
        await db.InTransactionAsync(
            async () =>
            {
                foreach (var part in letters.Chunk(AddressesPerQuery))
                foreach (var kind in part.GroupBy(l => l.Kind))
                {
                    var readers = await FindReadersAsync(kind.Key, kind.Select(l => l.To), cancel);
                    var rows = kind.Select(l => MakeRow(l, readers, now)).OfType<object>().ToList();
                    await bulk.Insert(rows.OfType<OutboxMessage>().ToList(), OutboxMessage.Streams, cancel);
                    await bulk.Insert(rows.OfType<DigestItem>().ToList(), DigestItem.Streams, cancel);
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
        // What an account chose is deleted with the account's other records: this is of somebody who has none.
        await db.DeleteRowsAsync(
            db.Set<ReaderPreferences>().Where(p => addresses.Contains(p.Address)),
            StatementStreams.None("stated for the whole of the erasure"),
            cancel
        );
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
    /// <exception cref="ArgumentException">Readers choose how they get letters of its kind.</exception>
    public void Queue(LetterDraft letter)
    {
        var kind = Get(letter.Kind);
        if (kind.IsChosen)
            throw new ArgumentException($"Readers choose how they get letters of the kind {kind.Key}.", nameof(letter));
        db.Add(OutboxMessage.Create(letter, kind.Priority, time.GetUtcNow()));
    }

    private LetterKind Get(string kind) =>
        modules.Declared<LetterKind>().FirstOrDefault(k => k.Key == kind)
        ?? throw new ArgumentException($"No module declares the kind of letter {kind}.", nameof(kind));
}
