using Microsoft.EntityFrameworkCore;
using Plenaria.Newsletter.Subscribing;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;

namespace Plenaria.Newsletter.Issues;

/// <summary>Reads and writes issues and lists.</summary>
internal sealed class IssueStore(
    PlenariaDb db,
    Journal journal,
    Register register,
    Contributions contributions,
    Network network
) : IWaitingIssues
{
    public const string ReferenceLetters = "NL",
        Kind = "newsletter";

    // Pages about the network itself are no news.
    private const string SitePages = "page";

    /// <summary>The issues that anybody may read.</summary>
    public IQueryable<Issue> QueryArchive() => db.Set<Issue>().AsNoTracking().Where(i => i.ArchivedAt != null);

    /// <summary>
    /// Those that entered the archive from the first to the last day, by UTC; an end that is null is open.
    /// </summary>
    public IQueryable<Issue> QueryArchive(DateOnly? first, DateOnly? last)
    {
        var archive = QueryArchive();
        if (first is { } day && StartOf(day) is var from)
            archive = archive.Where(i => i.ArchivedAt >= from);
        if (last is { } end && EndOf(end) is var until)
            archive = archive.Where(i => i.ArchivedAt < until);
        return archive;
    }

    /// <summary>The moment at which a day is over; of the last day there is, that of its beginning.</summary>
    public static DateTimeOffset EndOf(DateOnly day) => StartOf(day < DateOnly.MaxValue ? day.AddDays(1) : day);

    public static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <summary>By whose clocks the moments of issues are meant.</summary>
    public async Task<string> FindTimeZoneAsync(CancellationToken cancel) => (await network.Profile(cancel)).TimeZone;

    public Task<Issue?> FindAsync(int number, CancellationToken cancel) =>
        db.Set<Issue>().SingleOrDefaultAsync(i => i.Number == number, cancel);

    public Task<MailingList> GetListAsync(Guid list, CancellationToken cancel) =>
        db.Set<MailingList>().AsNoTracking().SingleAsync(l => l.Id == list, cancel);

    /// <summary>A new issue of a list, without text.</summary>
    /// <exception cref="RuleViolationException">There is no such list.</exception>
    public async Task<Issue> NewAsync(Guid list, LocalizedText title, OperationContext acting, CancellationToken cancel)
    {
        if (!await db.Set<MailingList>().AnyAsync(l => l.Id == list, cancel))
            throw new RuleViolationException("newsletter.no-list");
        var prefix = (await network.Profile(cancel)).Prefix;
        var number = (await db.Set<Issue>().MaxAsync(i => (int?)i.Number, cancel) ?? 0) + 1;
        var issue = new Issue
        {
            Id = Guid.CreateVersion7(acting.At),
            Number = number,
            Reference = Reference.Of(prefix, ReferenceLetters, number),
            List = list,
            Author = acting.Actor.Id,
            ChangedBy = acting.Actor.Id,
            Title = title,
        };
        db.Add(issue);
        await RecordAsync(issue, "newsletter.begun", acting, cancel);
        return issue;
    }

    /// <summary>Records what was changed of an issue and saves it.</summary>
    public async Task RecordAsync(Issue issue, string act, OperationContext acting, CancellationToken cancel)
    {
        journal.Append(
            acting,
            issue.Stream,
            act,
            issue.Reference,
            new
            {
                title = issue.Title.ToString(),
                entries = issue.Entries.Count,
                recipients = issue.Recipients,
            }
        );
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>
    /// Lets anybody read an issue of a public list, once it may leave. Saved by the caller, who records it.
    /// </summary>
    public async Task ArchiveAsync(Issue issue, DateTimeOffset now, CancellationToken cancel)
    {
        if (issue.NotBefore > now || !(await GetListAsync(issue.List, cancel)).IsPublic)
            return;
        issue.ArchivedAt = now;
        await register.Publish(
            new(issue.Reference, Kind, issue.Path, issue.Title, LocalizedText.Empty)
            {
                Date = PartialDate.On(DateOnly.FromDateTime(now.UtcDateTime)),
                Texts = [issue.Title, issue.Body],
            },
            issue.Body,
            Audience.Public,
            cancel
        );
    }

    /// <summary>
    /// Makes an issue that was sent a draft again, and takes it out of the register. Saved by the caller.
    /// </summary>
    public async Task TakeBackAsync(Issue issue, CancellationToken cancel)
    {
        if (issue.ArchivedAt is not null)
            await register.Withdraw(issue.Reference, cancel);
        issue.TakeBack();
    }

    public async Task<IReadOnlyList<Guid>> FindBatchesAsync(
        IReadOnlyCollection<Guid> lists,
        CancellationToken cancel
    ) =>
        await db.Set<Issue>()
            .Where(i => lists.Contains(i.List))
            .Where(i => i.State == IssueState.Sent || i.State == IssueState.Paused)
            .Select(i => i.Id)
            .ToListAsync(cancel);

    /// <summary>Archives those that were sent for a later moment, which has come.</summary>
    public async Task ArchiveDueAsync(OperationContext acting, CancellationToken cancel)
    {
        var due = await db.Set<Issue>()
            .Where(i => i.State == IssueState.Sent && i.ArchivedAt == null && i.NotBefore <= acting.At)
            .Where(i => db.Set<MailingList>().Any(l => l.Id == i.List && l.IsPublic))
            .ToListAsync(cancel);
        foreach (var issue in due)
        {
            await ArchiveAsync(issue, acting.At, cancel);
            await RecordAsync(issue, "newsletter.archived", acting, cancel);
        }
    }

    /// <summary>Adds a list, or keeps what was changed of it.</summary>
    public async Task WriteListAsync(MailingList list, OperationContext acting, CancellationToken cancel)
    {
        if (db.Entry(list).State == EntityState.Detached)
            db.Add(list);
        journal.Append(
            acting,
            list.Stream,
            "newsletter.list-written",
            null,
            new { name = list.Name.ToString(), open = list.IsPublic }
        );
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>A list that is not stored yet, with a name of its own among the lists.</summary>
    public async Task<MailingList> NewListAsync(LocalizedText name, OperationContext acting, CancellationToken cancel)
    {
        var wanted = Folding.Slug(name.ToString(), MailingList.SlugMaxLength - 10) is { Length: > 0 } slug
            ? slug
            : "list";
        var taken = await db.Set<MailingList>()
            .Where(l => l.Slug.StartsWith(wanted))
            .Select(l => l.Slug)
            .ToListAsync(cancel);
        return new()
        {
            Id = Guid.CreateVersion7(acting.At),
            Slug = Folding.Free(wanted, taken.ToHashSet()),
            Name = name,
        };
    }

    /// <summary>From when on the next issue of this list tells: the last one that left, or a month ago.</summary>
    public async Task<DateTimeOffset> FindLastSentAsync(Guid list, DateTimeOffset now, CancellationToken cancel) =>
        await db.Set<Issue>().Where(i => i.List == list && i.SentAt != null).MaxAsync(i => i.SentAt, cancel)
        ?? now.AddMonths(-1);

    /// <summary>What was published since then, by kind, for an issue to point to.</summary>
    public async Task<IReadOnlyList<(string Kind, int Count)>> CountPublishedAsync(
        DateTimeOffset since,
        CancellationToken cancel
    ) =>
        [
            .. (
                await (await QueryPublishedAsync(since, cancel))
                    .GroupBy(e => e.Kind)
                    .Select(g => new { g.Key, Count = g.Count() })
                    .OrderBy(g => g.Key)
                    .ToListAsync(cancel)
            ).Select(g => (g.Key, g.Count)),
        ];

    /// <summary>The newest of what was published of these kinds since then.</summary>
    public async Task<IReadOnlyList<Reference>> FindPublishedAsync(
        IReadOnlyCollection<string> kinds,
        DateTimeOffset since,
        CancellationToken cancel
    ) =>
        await (await QueryPublishedAsync(since, cancel))
            .Where(e => kinds.Contains(e.Kind))
            .OrderByDescending(e => e.PublishedAt)
            .ThenBy(e => e.Reference)
            .Select(e => e.Reference)
            .Take(Issue.MostEntries)
            .ToListAsync(cancel);

    private Task<IQueryable<RegisterEntry>> QueryPublishedAsync(DateTimeOffset since, CancellationToken cancel) =>
        db.Set<RegisterEntry>()
            .AsNoTracking()
            .Where(e => !e.Withdrawn && e.Audience == Audience.Public && e.PublishedAt > since)
            .Where(e => e.Kind != Kind && e.Kind != SitePages)
            .OfUsedModulesAsync(contributions, cancel);

    /// <summary>All that the letters and the page of an issue show; records that were withdrawn are left out.</summary>
    public async Task<IssueContent> ReadContentAsync(Issue issue, Uri site, CancellationToken cancel)
    {
        var published = await register.Read(issue.Entries, Audience.Public, cancel);
        return new(
            issue,
            await GetListAsync(issue.List, cancel),
            [.. issue.Entries.Where(published.ContainsKey).Select(e => published[e])],
            (await network.Profile(cancel)).Name,
            site
        );
    }
}
