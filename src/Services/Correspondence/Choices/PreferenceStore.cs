using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Site;

namespace Plenaria.Correspondence;

/// <summary>Reads and changes what somebody chose of the kinds of letters, each act in the journal.</summary>
internal sealed class PreferenceStore(PlenariaDb db, Journal journal, Accounts accounts, Contributions contributions)
{
    /// <summary>The kinds of the modules in use.</summary>
    public Task<IReadOnlyList<LetterKind>> ReadKindsAsync(CancellationToken cancel) =>
        contributions.DeclaredAsync<LetterKind>(cancel);

    /// <summary>What the owner of an address chose; null when they never did.</summary>
    public Task<ReaderPreferences?> FindAsync(string address, CancellationToken cancel)
    {
        var normal = Accounts.Normal(address);
        return db.Set<ReaderPreferences>().SingleOrDefaultAsync(p => p.Address == normal, cancel);
    }

    /// <summary>Stores what somebody chose on their page; kinds that are not named stay as they are.</summary>
    /// <returns>How the kinds that changed came before.</returns>
    /// <exception cref="RuleViolationException">The kind cannot be chosen, or not in this way.</exception>
    public async Task<IReadOnlyDictionary<string, LetterRhythm>> ChooseAsync(
        AccountAddress reader,
        IReadOnlyDictionary<string, LetterRhythm> chosen,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var kinds = await ReadKindsAsync(cancel);
        foreach (var (key, rhythm) in chosen)
            if (kinds.FirstOrDefault(k => k.Key == key)?.Rhythms.Contains(rhythm) != true)
                throw new RuleViolationException("mail.choices.unknown");
        var preferences = await FindOrAddAsync(reader.Email, reader.Account, acting, cancel);
        var before = chosen.Keys.ToDictionary(k => k, preferences.RhythmOf);
        // What a link stopped and its reader chooses as well is theirs: no link takes it back.
        var changed = chosen
            .Where(c => before[c.Key] != c.Value || preferences.Stopped.ContainsKey(c.Key))
            .ToDictionary();
        if (changed.Count == 0)
        {
            db.ClearTracking();
            return changed;
        }
        preferences.Account = reader.Account;
        await SaveAsync(
            preferences,
            "mail.letters-chosen",
            acting,
            () =>
            {
                foreach (var (key, rhythm) in changed)
                    preferences.Choose(key, rhythm, acting.At);
            },
            cancel
        );
        return before.Where(b => changed.ContainsKey(b.Key)).ToDictionary();
    }

    /// <summary>
    /// Ends letters of a kind by the link in one of them; that in a digest ends all that is collected. Nothing is kept
    /// of an address that nobody writes to any more: its owner may have been erased.
    /// </summary>
    public async Task StopAsync(StopLink link, OperationContext acting, CancellationToken cancel)
    {
        var account = (await accounts.Known(link.Address, acting.At, cancel))?.Id;
        if (
            account is null
            && !await db.Set<OutboxMessage>().AnyAsync(l => l.To == link.Address, cancel)
            && await FindAsync(link.Address, cancel) is null
        )
            return;
        var preferences = await FindOrAddAsync(link.Address, account, acting, cancel);
        var kinds = KindsOf(link, preferences, preferences.Collected);
        if (kinds.All(k => preferences.RhythmOf(k) == LetterRhythm.Never))
        {
            db.ClearTracking();
            return;
        }
        await SaveAsync(
            preferences,
            "mail.letters-stopped",
            acting,
            () =>
            {
                foreach (var kind in kinds)
                    preferences.Stop(kind, acting.At);
            },
            cancel
        );
    }

    /// <summary>Takes back what the same link ended.</summary>
    public async Task ResumeAsync(StopLink link, OperationContext acting, CancellationToken cancel)
    {
        if (await FindAsync(link.Address, cancel) is not { } preferences)
            return;
        var kinds = KindsOf(link, preferences, StoppedDigests(preferences));
        if (!kinds.Exists(preferences.Stopped.ContainsKey))
            return;
        await SaveAsync(
            preferences,
            "mail.letters-resumed",
            acting,
            () =>
            {
                foreach (var kind in kinds)
                    preferences.Resume(kind, acting.At);
            },
            cancel
        );
    }

    /// <summary>Whether letters of this link come no more.</summary>
    public async Task<bool> IsStoppedAsync(StopLink link, CancellationToken cancel) =>
        await FindAsync(link.Address, cancel) is { } preferences
        && (
            link.Kind == LetterKind.Digest
                ? !preferences.Collected.Any() && StoppedDigests(preferences).Any()
                : preferences.RhythmOf(link.Kind) == LetterRhythm.Never
        );

    private static List<string> KindsOf(StopLink link, ReaderPreferences preferences, IEnumerable<string> ofDigest) =>
        link.Kind == LetterKind.Digest ? [.. ofDigest] : [link.Kind];

    private static IEnumerable<string> StoppedDigests(ReaderPreferences preferences) =>
        preferences.Stopped.Where(s => s.Value is LetterRhythm.Daily or LetterRhythm.Weekly).Select(s => s.Key);

    private async Task<ReaderPreferences> FindOrAddAsync(
        string address,
        AccountId? account,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        if (await FindAsync(address, cancel) is { } known)
            return known;
        var preferences = new ReaderPreferences
        {
            Id = Guid.CreateVersion7(acting.At),
            Address = Accounts.Normal(address),
            Account = account,
            At = acting.At,
        };
        db.Add(preferences);
        return preferences;
    }

    // What waits, for a digest or to be sent, and is not wanted any more goes with the choice.
    private Task SaveAsync(
        ReaderPreferences preferences,
        string act,
        OperationContext acting,
        Action change,
        CancellationToken cancel
    ) =>
        db.InTransactionAsync(
            async () =>
            {
                change();
                var refused = preferences.Rhythms.Where(r => r.Value == LetterRhythm.Never).Select(r => r.Key).ToList();
                await db.DeleteRowsAsync(
                    db.Set<OutboxMessage>()
                        .Where(l => l.To == preferences.Address && l.SentAt == null && refused.Contains(l.Kind)),
                    OutboxMessage.Streams,
                    cancel
                );
                if (preferences.Account is { } account)
                    await db.DeleteRowsAsync(
                        db.Set<DigestItem>().Where(i => i.Account == account && refused.Contains(i.Kind)),
                        DigestItem.Streams,
                        cancel
                    );
                journal.Append(
                    acting,
                    preferences.Stream,
                    act,
                    null,
                    new { letters = preferences.Rhythms.ToDictionary(r => r.Key, r => r.Value.ToString()) },
                    marks: []
                );
                await db.SaveChangesAsync(cancel);
            },
            cancel
        );
}
