using Microsoft.EntityFrameworkCore;
using Plenaria.Imports;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Newsletter.Subscribing;

/// <summary>One file of subscribers.</summary>
internal sealed class SubscriberImportRun(
    PlenariaDb db,
    Bulk bulk,
    Journal journal,
    Accounts accounts,
    ListStore lists,
    ImportContext context
) : IImportRun
{
    private sealed record Row(
        int Number,
        string Email,
        Guid List,
        string Consent,
        Language Language,
        DateTimeOffset AgreedAt
    );

    private Dictionary<string, Guid>? _lists;

    public async Task<IReadOnlyList<RowOutcome>> TakeAsync(IReadOnlyList<ImportRow> rows, CancellationToken cancel)
    {
        _lists ??= await ReadListsAsync(cancel);
        var read = rows.Select(r => (Row: r, Read: Read(r))).Where(r => r.Read is not null).ToList();
        var hashes = read.ConvertAll(r => Subscriber.HashOf(r.Read!.Email));
        var known = (
            await db.Set<Subscriber>()
                .Include(s => s.Subscriptions)
                .Where(s => hashes.Contains(s.EmailHash))
                .ToListAsync(cancel)
        ).ToDictionary(s => Convert.ToHexString(s.EmailHash));
        var (outcomes, fresh) = (new List<RowOutcome>(), new Dictionary<string, Subscriber>());
        foreach (var (row, from) in read)
            if (known.GetValueOrDefault(Convert.ToHexString(Subscriber.HashOf(from!.Email))) is { } subscriber)
            {
                if (FindObstacle(subscriber, from) is { } rule)
                    row.Refuse("email", rule);
                else
                    outcomes.Add(new(from.Number, Join(subscriber, from), from.Email, null, []));
            }
            else
            {
                if (fresh.TryGetValue(from.Email, out var made))
                    made.Choose([.. made.Subscriptions.Select(s => s.List), from.List]);
                else
                    fresh.Add(from.Email, Make(from));
                outcomes.Add(new(from.Number, RowState.New, from.Email, null, []));
            }
        if (!context.IsDryRun)
            await StoreAsync([.. fresh.Values], cancel);
        db.ChangeTracker.Clear();
        return outcomes;
    }

    public Task CompleteAsync(CancellationToken cancel) => Task.CompletedTask;

    private async Task<Dictionary<string, Guid>> ReadListsAsync(CancellationToken cancel)
    {
        var names = new Dictionary<string, Guid>(StringComparer.CurrentCultureIgnoreCase);
        var today = await lists.FindTodayAsync(cancel);
        var all = db.Set<MailingList>().AsNoTracking().Where(l => l.LastDay == null || l.LastDay >= today);
        foreach (var list in await all.OrderBy(l => l.Id).ToListAsync(cancel))
        {
            names.TryAdd(list.Slug, list.Id);
            foreach (var language in Language.All)
                if (list.Name.In(language)?.Text is { } name)
                    names.TryAdd(name, list.Id);
        }
        return names;
    }

    // Whoever left, had their data deleted, or has not confirmed, comes by their own will.
    private static string? FindObstacle(Subscriber subscriber, Row row) =>
        subscriber.State == SubscriberState.Unsubscribed
        || subscriber.Email != row.Email
        || subscriber.Left.Contains(row.List)
            ? "newsletter.import.left"
        : subscriber.State == SubscriberState.Unconfirmed ? "newsletter.import.unconfirmed"
        : null;

    private Row? Read(ImportRow row)
    {
        var email = Accounts.Normal(row.Text("email", Subscriber.EmailMaxLength) ?? "");
        if (!Accounts.IsAddress(email))
            row.Refuse("email", "access.not-an-address");
        if (!_lists!.TryGetValue(row["list"] ?? "", out var list))
            row.Refuse("list", "newsletter.no-list", _ => string.Join(", ", _lists.Keys));
        var consent = row.Text("consent", Subscriber.WordingMaxLength);
        if (string.IsNullOrWhiteSpace(consent))
            row.Refuse("consent", "newsletter.import.no-consent");
        var language = context.Language;
        if (row["language"] is { } named && !TryFindLanguage(named, out language))
            row.Refuse("language", "newsletter.import.language");
        var at = row.Date("agreed-on") is { } day ? day.First.ToDateTime(TimeOnly.MinValue) : (DateTime?)null;
        var agreedAt = at is { } known ? new DateTimeOffset(known, TimeSpan.Zero) : context.Acting.At;
        if (agreedAt > context.Acting.At)
            row.Refuse("agreed-on", "newsletter.import.future");
        // Only a row that is taken stands in the way of another.
        if (!row.IsRefused && !context.IsFirst($"{email} {list}"))
            row.Refuse("email", "imports.twice");
        return row.IsRefused ? null : new(row.Number, email, list, consent!, language, agreedAt);
    }

    // By its code, or by its own name.
    private static bool TryFindLanguage(string named, out Language language)
    {
        var found = Language.All.Where(l =>
            Folding.Fold(named) is var word && (l.Code == word || Folding.Fold(l.OwnName) == word)
        );
        language = found.FirstOrDefault();
        return found.Any();
    }

    private Subscriber Make(Row row)
    {
        var subscriber = new Subscriber
        {
            Id = Guid.CreateVersion7(context.Acting.At),
            Email = row.Email,
            EmailHash = Subscriber.HashOf(row.Email),
            Language = row.Language,
            Token = Accounts.Secret(),
        };
        subscriber.Ask(new(row.Language, null, []), [row.List], from: "", row.Consent, row.AgreedAt);
        subscriber.Confirm(from: "", row.AgreedAt);
        return subscriber;
    }

    private RowState Join(Subscriber subscriber, Row row)
    {
        if (subscriber.Subscriptions.Exists(s => s.List == row.List))
            return RowState.Unchanged;
        if (context.IsDryRun)
            return RowState.Changed;
        subscriber.Choose([.. subscriber.Subscriptions.Select(s => s.List), row.List]);
        journal.Append(context.Acting, subscriber.Stream, "newsletter.entered", null, Facts(subscriber), marks: []);
        return RowState.Changed;
    }

    private async Task StoreAsync(List<Subscriber> fresh, CancellationToken cancel)
    {
        await db.SaveChangesAsync(cancel);
        if (fresh.Count == 0)
            return;
        var known = await accounts.FindByAddressAsync(fresh.ConvertAll(s => s.Email), cancel);
        foreach (var subscriber in fresh)
            subscriber.Account = known.TryGetValue(subscriber.Email, out var account) ? account : null;
        await bulk.Insert(fresh, cancel);
        await bulk.Insert(fresh.SelectMany(s => s.Subscriptions).ToList(), cancel);
        await Journal.AppendBulk(
            bulk,
            context.Acting,
            [.. fresh.Select(s => (s.Stream, "newsletter.entered", Facts(s)))],
            cancel
        );
    }

    private static object Facts(Subscriber subscriber) => new { lists = subscriber.Subscriptions.Count };
}
