using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;

namespace Plenaria.Platform.Register;

/// <summary>
/// What a module says of a thing it publishes. <paramref name="Path"/> is the address after the language, e.g.
/// <c>/plans/2030/actions/7</c>; <see cref="Place"/> is an ISO 3166 country or UN M49 region.
/// </summary>
public sealed record Publication(
    Reference Reference,
    string Kind,
    string Path,
    LocalizedText Title,
    LocalizedText Summary
)
{
    public MemberId? Member { get; init; }
    public OfficeId? Office { get; init; }
    public string? Place { get; init; }
    public PartialDate? Date { get; init; }

    /// <summary>Terms of the thesaurus, <c>scheme:code</c>.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>
    /// All texts it is made of, to tell in which languages it is whole and up to date; when not given, its title,
    /// summary and body.
    /// </summary>
    public IReadOnlyList<LocalizedText>? Texts { get; init; }
}

/// <summary>A published thing as other modules see it.</summary>
public sealed record PublishedEntry(
    Reference Reference,
    string Kind,
    string Path,
    Audience Audience,
    LocalizedText Title,
    LocalizedText Summary,
    PartialDate? Date,
    DateTimeOffset ChangedAt
)
{
    public MemberId? Member { get; init; }
    public OfficeId? Office { get; init; }
    public string? Place { get; init; }
    public IReadOnlyList<string> Topics { get; init; } = [];
    public DateTimeOffset PublishedAt { get; init; }
}

/// <summary>
/// The network's register. A module publishes into it in the transaction that changes its own rows, and builds no
/// links, feeds or search of its own.
/// </summary>
public sealed class Register(PlenariaDb db, Site.Contributions contributions, TimeProvider time)
{
    /// <summary>
    /// Enters or renews a publication when the next save commits. <paramref name="body"/> is the running text that
    /// search reads; <paramref name="audience"/> holds wherever the entry appears. The reference decides which entry it
    /// is; its kind never changes.
    /// </summary>
    public async Task Publish(Publication publication, LocalizedText body, Audience audience, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var entry = await FindTrackedAsync(publication.Reference, cancel);
        if (entry is null)
        {
            entry = New(publication, now);
            db.Add(entry);
        }
        if (entry.Kind != publication.Kind)
            throw new InvalidOperationException(
                $"{publication.Reference} is a {entry.Kind}, not a {publication.Kind}."
            );
        Write(entry, publication, body, audience, now);
    }

    /// <summary>
    /// For imports: publications whose references are new, past the change tracker. Within a transaction of the caller,
    /// who tells the journal.
    /// </summary>
    public async Task PublishBulk(
        Bulk bulk,
        IReadOnlyList<(Publication Publication, LocalizedText Body, Audience Audience)> publications,
        CancellationToken cancel
    )
    {
        var now = time.GetUtcNow();
        var entries = publications
            .Select(p =>
            {
                var entry = New(p.Publication, now);
                Write(entry, p.Publication, p.Body, p.Audience, now);
                return entry;
            })
            .ToList();
        await bulk.Insert(entries, cancel);
        await bulk.Insert(entries.SelectMany(e => e.Texts).ToList(), cancel);
    }

    /// <summary>
    /// Takes an entry out of lists, feeds and search. Its reference stays taken and its link says that it was
    /// withdrawn.
    /// </summary>
    /// <param name="erase">Whether its title, summary and text are deleted in every language.</param>
    public async Task Withdraw(Reference reference, CancellationToken cancel, bool erase = false)
    {
        if (await FindTrackedAsync(reference, cancel) is not { Withdrawn: false } entry)
            return;
        (entry.Withdrawn, entry.ChangedAt) = (true, time.GetUtcNow());
        foreach (var text in erase ? entry.Texts : [])
            (text.Title, text.Summary, text.Body, text.SortKey) = ("", "", "", []);
    }

    // Also one that was entered and not saved yet.
    private async Task<RegisterEntry?> FindTrackedAsync(Reference reference, CancellationToken cancel) =>
        db.Set<RegisterEntry>().Local.FirstOrDefault(e => e.Reference == reference)
        ?? await db.Set<RegisterEntry>()
            .Include(e => e.Texts)
            .SingleOrDefaultAsync(e => e.Reference == reference, cancel);

    /// <summary>
    /// Where a permanent link leads, and whether its entry was withdrawn; null when there is none, its module is
    /// switched off, or this audience may not read it.
    /// </summary>
    public async Task<(string Path, bool Withdrawn)?> Find(
        Reference reference,
        Audience reader,
        CancellationToken cancel
    )
    {
        var entries = await db.Set<RegisterEntry>().AsNoTracking().OfUsedModulesAsync(contributions, cancel);
        var entry = await entries.SingleOrDefaultAsync(e => e.Reference == reference, cancel);
        return entry is null || entry.Audience > reader ? null : (entry.Path, entry.Withdrawn);
    }

    /// <summary>The publications of these references that stand and that this audience may read.</summary>
    public async Task<IReadOnlyDictionary<Reference, PublishedEntry>> Read(
        IReadOnlyCollection<Reference> references,
        Audience reader,
        CancellationToken cancel
    )
    {
        var visible = Enum.GetValues<Audience>().Where(a => a <= reader).ToArray();
        var entries = await db.Set<RegisterEntry>().AsNoTracking().OfUsedModulesAsync(contributions, cancel);
        return (
            await entries
                .Include(e => e.Texts)
                .Where(e => references.Contains(e.Reference) && !e.Withdrawn && visible.Contains(e.Audience))
                .ToListAsync(cancel)
        ).ToDictionary(e => e.Reference, Describe);
    }

    /// <summary>What a member published, newest first, for this audience.</summary>
    public async Task<IReadOnlyList<PublishedEntry>> Of(
        MemberId member,
        Audience reader,
        int most,
        CancellationToken cancel
    )
    {
        var visible = Enum.GetValues<Audience>().Where(a => a <= reader).ToArray();
        var standing = await db.Set<RegisterEntry>().AsNoTracking().OfUsedModulesAsync(contributions, cancel);
        var entries = await standing
            .Include(e => e.Texts)
            .Where(e => e.Member == member && !e.Withdrawn && visible.Contains(e.Audience))
            .OrderByDescending(e => e.ChangedAt)
            .Take(most)
            .ToListAsync(cancel);
        return [.. entries.Select(Describe)];
    }

    /// <summary>
    /// The newest publications for this audience, by the time they last changed, but for those of some kinds.
    /// </summary>
    public async Task<IReadOnlyList<PublishedEntry>> NewestBut(
        IReadOnlyCollection<string> kinds,
        Audience reader,
        int most,
        CancellationToken cancel
    )
    {
        var standing = await StandingAsync(reader, cancel);
        var entries = await InOrder(standing.Include(e => e.Texts).Where(e => !kinds.Contains(e.Kind)))
            .Take(most)
            .ToListAsync(cancel);
        return [.. entries.Select(Describe)];
    }

    /// <summary>
    /// The newest publications of these kinds, by the time they last changed. The newest of each are read, so that it
    /// matters not how many there are of others.
    /// </summary>
    public async Task<IReadOnlyList<PublishedEntry>> NewestOfAsync(
        IReadOnlyCollection<string> kinds,
        Audience reader,
        int most,
        CancellationToken cancel
    )
    {
        if (kinds.Count == 0)
            return [];
        var standing = await StandingAsync(reader, cancel);
        var ids = await kinds
            .Select(kind => InOrder(standing.Where(e => e.Kind == kind)).Take(most).Select(e => e.Id))
            .Aggregate((all, more) => all.Concat(more))
            .ToListAsync(cancel);
        var entries = await InOrder(standing.Include(e => e.Texts).Where(e => ids.Contains(e.Id)))
            .Take(most)
            .ToListAsync(cancel);
        return [.. entries.Select(Describe)];
    }

    private async Task<IQueryable<RegisterEntry>> StandingAsync(Audience reader, CancellationToken cancel)
    {
        // Audiences widen upwards and are kept by name, so the few that a reader may see are listed.
        var visible = Enum.GetValues<Audience>().Where(a => a <= reader).ToArray();
        var entries = await db.Set<RegisterEntry>().AsNoTracking().OfUsedModulesAsync(contributions, cancel);
        return entries.Where(e => !e.Withdrawn && visible.Contains(e.Audience));
    }

    private static IQueryable<RegisterEntry> InOrder(IQueryable<RegisterEntry> entries) =>
        entries.OrderByDescending(e => e.ChangedAt).ThenBy(e => e.Reference);

    /// <summary>An entry that was read with its texts, as other modules see it.</summary>
    public static PublishedEntry Describe(RegisterEntry entry)
    {
        LocalizedText Text(Func<RegisterText, string> pick) =>
            LocalizedText.From(
                entry
                    .Texts.Where(t => pick(t).Length > 0)
                    .Select(t => KeyValuePair.Create(t.Language, new Wording(pick(t), t.State)))
            );
        return new(
            entry.Reference,
            entry.Kind,
            entry.Path,
            entry.Audience,
            Text(t => t.Title),
            Text(t => t.Summary),
            entry.Date,
            entry.ChangedAt
        )
        {
            Member = entry.Member,
            Office = entry.Office,
            Place = entry.Place,
            Topics = entry.Topics,
            PublishedAt = entry.PublishedAt,
        };
    }

    private static RegisterEntry New(Publication publication, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            Reference = publication.Reference,
            Kind = publication.Kind,
            PublishedAt = now,
        };

    private static void Write(
        RegisterEntry entry,
        Publication publication,
        LocalizedText body,
        Audience audience,
        DateTimeOffset now
    )
    {
        entry.Path = publication.Path;
        entry.Audience = audience;
        entry.Member = publication.Member;
        entry.Office = publication.Office;
        entry.Place = publication.Place;
        entry.Date = publication.Date;
        entry.Topics = [.. publication.Topics];
        entry.HasTopics = entry.Topics.Count > 0;
        entry.ChangedAt = now;
        entry.Withdrawn = false;
        WriteTexts(entry, publication, body);
    }

    // Behind where one text is missing or older than its original; otherwise what its title is.
    private static WordingState StateOf(
        Kernel.Language language,
        WordingState title,
        IReadOnlyList<LocalizedText> texts
    ) =>
        title == WordingState.Original ? title
        : texts.Any(t => !t.IsEmpty && t.In(language) is null or { State: WordingState.Stale }) ? WordingState.Stale
        : texts.Any(t => t.In(language) is { State: WordingState.Machine }) ? WordingState.Machine
        : title;

    private static void WriteTexts(RegisterEntry entry, Publication publication, LocalizedText body)
    {
        var source =
            publication.Title.Source
            ?? throw new ArgumentException($"{publication.Reference} has no title.", nameof(publication));
        var hash = LocalizedText.HashOf(
            publication.Title.For(source) + "\n" + publication.Summary.For(source) + "\n" + body.For(source)
        );
        var written = new HashSet<Kernel.Language>();
        foreach (var (language, title) in publication.Title.Wordings)
        {
            written.Add(language);
            var text = entry.Texts.Find(t => t.Language == language);
            if (text is null)
                entry.Texts.Add(
                    text = new()
                    {
                        EntryId = entry.Id,
                        Language = language,
                        Title = "",
                        Summary = "",
                        Body = "",
                        State = title.State,
                        SortKey = [],
                        SourceHash = hash,
                    }
                );
            text.Title = title.Text;
            text.Summary = publication.Summary.In(language)?.Text ?? "";
            text.Body = body.In(language)?.Text ?? "";
            text.State = StateOf(
                language,
                title.State,
                publication.Texts ?? [publication.Title, publication.Summary, body]
            );
            text.SortKey = language.Culture.CompareInfo.GetSortKey(title.Text, CompareOptions.IgnoreCase).KeyData;
            text.SourceHash = hash;
        }
        entry.Texts.RemoveAll(t => !written.Contains(t.Language));
    }
}
