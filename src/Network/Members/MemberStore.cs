using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Places;

namespace Plenaria.Members;

/// <summary>
/// What a list of members is narrowed to; <paramref name="Within"/> are countries. Without days it shows who belongs
/// today; with them, whoever belonged on one of those days.
/// </summary>
internal sealed record MemberFilter(
    string? Region = null,
    string? Country = null,
    MemberKind? Kind = null,
    MemberClass? Class = null,
    string? Words = null,
    DateOnly? From = null,
    DateOnly? To = null,
    IReadOnlyCollection<string>? Within = null,
    Language? Language = null
)
{
    /// <summary>Whether the figures of <see cref="MemberCount"/> can answer it.</summary>
    public bool IsCounted => string.IsNullOrWhiteSpace(Words) && From is null && To is null && Language is null;

    /// <summary>Whether some of it can only be compared once the rows are read.</summary>
    public bool IsNarrowedHere => From is not null || To is not null || Language is not null;

    public bool Holds(MemberCount count) =>
        (string.IsNullOrEmpty(Region) || Regions.IsWithin(count.Region, Region))
        && (Within is null || Within.Contains(count.Country))
        && (string.IsNullOrEmpty(Country) || count.Country == Country)
        && (Kind is null || count.Kind == Kind)
        && (Class is null || count.Class == Class);
}

/// <summary>Reads and changes members. Every change keeps the counts and tells the journal.</summary>
internal sealed class MemberStore(
    PlenariaDb db,
    Journal journal,
    MemberPublishing publishing,
    People.RepresentationRights rights,
    CacheInvalidation freshness,
    IMemoryCache memory,
    TimeProvider time
)
{
    // How many rows are read at once, at most, where some of them are left out here.
    private const int LargestBatch = 5_000;

    public async Task<Member?> Find(string slug, CancellationToken cancel, bool toEdit = false)
    {
        var members = toEdit ? db.Set<Member>() : db.Set<Member>().AsNoTracking();
        var member = await members.Include(m => m.Periods).SingleOrDefaultAsync(m => m.Slug == slug, cancel);
        member?.Periods.Sort((a, b) => Comparer<PartialDate?>.Default.Compare(a.From, b.From));
        return member;
    }

    /// <summary>One by its key.</summary>
    public async Task<Member> Load(MemberId id, CancellationToken cancel, bool toEdit = false) =>
        await (toEdit ? db.Set<Member>() : db.Set<Member>().AsNoTracking())
            .Include(m => m.Periods)
            .SingleAsync(m => m.Id == id, cancel);

    /// <summary>
    /// The institution that a form or a file means: one of that name in that country, whatever it is to the network.
    /// </summary>
    public async Task<Member?> Alike(string name, string country, CancellationToken cancel)
    {
        var match = Member.MatchOf(name, country);
        return await db.Set<Member>()
            .AsNoTracking()
            .Where(m => m.Match == match && m.Status != MemberStatus.Merged)
            .OrderBy(m => m.Slug)
            .FirstOrDefaultAsync(cancel);
    }

    /// <summary>
    /// A page of members in the order of their names, after the one named by <paramref name="after"/>.
    /// </summary>
    public async Task<IReadOnlyList<Member>> List(
        MemberFilter filter,
        string? after,
        int most,
        CancellationToken cancel
    )
    {
        var last = string.IsNullOrEmpty(after)
            ? null
            : await db.Set<Member>()
                .Where(m => m.Slug == after)
                .Select(m => new { m.SortKey, m.Slug })
                .SingleOrDefaultAsync(cancel);
        // Dates known in part only, and the languages, are compared here: of those lists as much is read as it takes.
        var batch = most;
        var page = new List<Member>();
        while (true)
        {
            var found = Narrow(filter, inOrder: true);
            // The first condition is a range of the index: with the second alone each page would begin at the first.
            if (last is not null)
                found = found.Where(m =>
                    string.Compare(m.SortKey, last.SortKey) >= 0
                    && (m.SortKey != last.SortKey || string.Compare(m.Slug, last.Slug) > 0)
                );
            var rows = await found.OrderBy(m => m.SortKey).ThenBy(m => m.Slug).Take(batch).ToListAsync(cancel);
            page.AddRange(rows.Where(m => Overlaps(m, filter)).Take(most - page.Count));
            if (page.Count == most || rows.Count < batch)
                return page;
            last = new { rows[^1].SortKey, rows[^1].Slug };
            batch = Math.Min(2 * batch, LargestBatch);
        }
    }

    public async Task<long> Count(MemberFilter filter, CancellationToken cancel) =>
        filter.IsCounted ? (await Counts(cancel)).Where(filter.Holds).Sum(c => c.Count)
        : !filter.IsNarrowedHere ? await Narrow(filter).LongCountAsync(cancel)
        : (
            await Narrow(filter)
                .Select(m => new
                {
                    m.Since,
                    m.Until,
                    m.Languages,
                })
                .ToListAsync(cancel)
        ).Count(m => Overlaps(m.Since, m.Until, m.Languages, filter));

    /// <summary>
    /// Who belonged on a day, by country, kind and language. Today's are counted already; those of another day are
    /// reckoned from the periods.
    /// </summary>
    public async Task<Composition.CompositionCounts> On(DateOnly day, CancellationToken cancel)
    {
        if (day == Today)
            return Composition.CompositionCounts.Of(await Counts(cancel), await Languages(cancel));
        var filter = new MemberFilter(From: day, To: day);
        var then = (
            await Narrow(filter)
                .GroupBy(m => new
                {
                    m.Country,
                    m.Kind,
                    m.Languages,
                    m.Since,
                    m.Until,
                })
                .Select(g => new { g.Key, Count = g.LongCount() })
                .ToListAsync(cancel)
        ).Where(g => Overlaps(g.Key.Since, g.Key.Until, g.Key.Languages, filter)).ToList();
        return new(
            Composition.CompositionCounts.By(then.Select(g => (g.Key.Country, g.Count))),
            Composition.CompositionCounts.By(then.Select(g => (g.Key.Kind.ToString(), g.Count))),
            Composition.CompositionCounts.By(then.SelectMany(g => g.Key.Languages.Select(l => (l.Code, g.Count))))
        );
    }

    /// <summary>
    /// How many members work in the same languages: one line for each set of them, the empty one for those of whom it
    /// is not known.
    /// </summary>
    public Task<IReadOnlyList<(IReadOnlyList<Language> Languages, long Count)>> Languages(CancellationToken cancel) =>
        KeepAsync<IReadOnlyList<(IReadOnlyList<Language> Languages, long Count)>>(
            "members.languages",
            async () =>
                [
                    .. (
                        await db.Set<Member>()
                            .Where(m => m.Status == MemberStatus.Member)
                            .GroupBy(m => m.Languages)
                            .Select(g => new { g.Key, Count = g.LongCount() })
                            .ToListAsync(cancel)
                    ).Select(g => ((IReadOnlyList<Language>)g.Key, g.Count)),
                ],
            cancel
        );

    /// <inheritdoc cref="Composition.History.Growth"/>
    public Task<IReadOnlyList<Composition.YearlyGrowth>> Growth(CancellationToken cancel) =>
        KeepAsync("members.growth", () => Composition.History.Growth(db, cancel), cancel);

    private sealed record KeptCount<T>(long Generation, T Value);

    // Grouping all members takes as long as there are members: done once, and again when the journal tells of a change
    // that may be one of a member (those with marks are not).
    private async Task<T> KeepAsync<T>(string key, Func<Task<T>> count, CancellationToken cancel)
    {
        // A transaction under way sees its own changes, which nobody else does yet.
        if (db.Database.CurrentTransaction is not null || !await freshness.Confirm(cancel))
            return await count();
        var generation = freshness.Generation;
        var kept = memory.Get<KeptCount<T>>(key);
        if (kept is null || !freshness.IsStill(kept.Generation, CacheTags.Nothing))
            kept = new(generation, await count());
        if (kept.Generation < generation)
            kept = kept with { Generation = generation };
        memory.Set(key, kept);
        return kept.Value;
    }

    public async Task<IReadOnlyList<MemberCount>> Counts(CancellationToken cancel) =>
        await db.Set<MemberCount>().AsNoTracking().Where(c => c.Count > 0).ToListAsync(cancel);

    /// <param name="inOrder">Whether it is read by name: two states would be read one after the other and sorted anew,
    /// so they are said by what they are not.</param>
    private IQueryable<Member> Narrow(MemberFilter filter, bool inOrder = false)
    {
        var found = db.Set<Member>().AsNoTracking();
        found =
            filter.From is null && filter.To is null ? found.Where(m => m.Status == MemberStatus.Member)
            : inOrder ? found.Where(m => m.Status != MemberStatus.Prospect && m.Status != MemberStatus.Merged)
            : found.Where(m => m.Status == MemberStatus.Member || m.Status == MemberStatus.Former);
        if (!string.IsNullOrEmpty(filter.Region))
        {
            var within = Regions.All.Where(r => Regions.IsWithin(r, filter.Region)).ToArray();
            found = found.Where(m => within.Contains(m.Region));
        }
        if (filter.Within is { } countries)
            found = found.Where(m => countries.Contains(m.Country));
        if (!string.IsNullOrEmpty(filter.Country))
            found = found.Where(m => m.Country == filter.Country);
        if (filter.Kind is { } kind)
            found = found.Where(m => m.Kind == kind);
        if (filter.Class is { } asWhat)
            found = found.Where(m => m.Class == asWhat);
        foreach (var word in Folding.Fold(filter.Words ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(6))
            found = found.Where(m => m.Folded.Contains(word));
        return found;
    }

    private static bool Overlaps(Member member, MemberFilter filter) =>
        Overlaps(member.Since, member.Until, member.Languages, filter);

    private static bool Overlaps(
        PartialDate? since,
        PartialDate? until,
        List<Language> languages,
        MemberFilter filter
    ) =>
        (since is null || filter.To is null || since.Value.First <= filter.To)
        && (until is null || filter.From is null || until.Value.Last >= filter.From)
        && (filter.Language is not { } spoken || languages.Contains(spoken));

    // Pages that stand where a member's would.
    private static readonly string[] Reserved =
    [
        "new",
        "applications",
        "duplicates",
        "merge",
        "elections",
        "people",
        "targets",
    ];

    /// <summary>An address for a new member, made of its name; a number is added where it is taken.</summary>
    public async Task<string> NewSlug(string name, CancellationToken cancel)
    {
        var plain = Plain(name, "member");
        var taken = (
            await db.Set<Member>().Where(m => m.Slug.StartsWith(plain)).Select(m => m.Slug).ToListAsync(cancel)
        )
            .Concat(db.Set<Member>().Local.Select(m => m.Slug))
            .Concat(Reserved)
            .ToHashSet();
        return Enumerable
            .Range(1, taken.Count + 1)
            .Select(n => n == 1 ? plain : $"{plain}-{n}")
            .First(s => !taken.Contains(s));
    }

    /// <summary>
    /// Addresses for many new members at once, in the order of their names. Only those whose plain address is taken are
    /// looked for one by one.
    /// </summary>
    internal async Task<IReadOnlyList<string>> NewSlugs(IReadOnlyList<string> names, CancellationToken cancel)
    {
        var plain = names.Select(n => Plain(n, "member")).ToList();
        var taken = (await db.Set<Member>().Where(m => plain.Contains(m.Slug)).Select(m => m.Slug).ToListAsync(cancel))
            .Concat(Reserved)
            .ToHashSet();
        var slugs = new List<string>(names.Count);
        foreach (var (name, slug) in names.Zip(plain))
        {
            var free = slug;
            if (!taken.Add(free))
            {
                free = await NewSlug(name, cancel);
                for (var n = 2; !taken.Add(free); n++)
                    free = $"{slug}-{n}";
            }
            slugs.Add(free);
        }
        return slugs;
    }

    /// <summary>A name as an address writes it; <paramref name="otherwise"/> when nothing of it can be.</summary>
    internal static string Plain(string name, string otherwise) =>
        Folding.Slug(name, Member.SlugMaxLength - 8) is { Length: > 0 } slug ? slug : otherwise;

    /// <summary>
    /// Stores a new member, or what <paramref name="change"/> does to one, with the counts and the journal's entry.
    /// </summary>
    public Task Change(Member member, string act, OperationContext acting, Action change, CancellationToken cancel) =>
        db.InTransactionAsync(
            async () =>
            {
                var isNew = db.Entry(member).State == EntityState.Detached;
                var (before, counted) = (
                    isNew ? null : Describe(member),
                    isNew ? new Counted(null, []) : CountedAs(member)
                );
                var wasPresent = member.IsPresent;
                change();
                if (isNew)
                    db.Add(member);
                else
                {
                    // Also where only a period changed: whoever edits the same state must be told.
                    db.Entry(member).Property(m => m.Kind).IsModified = true;
                    foreach (var period in member.Periods.Where(p => !before!.Periods.Contains(p.Id)))
                        db.Entry(period).State = EntityState.Added;
                }
                await publishing.Publish(member, cancel);
                journal.Append(acting, member.Stream, act, null, new { before, after = Describe(member) });
                // Who left votes no more; who comes back votes by those it had confirmed.
                if (!isNew && wasPresent != member.IsPresent)
                    await rights.SetAllAsync(member, acting, cancel);
                await db.SaveChangesAsync(cancel);
                await Count(counted, member, cancel);
            },
            cancel
        );

    /// <summary>
    /// What figures hold of a member as it is: the key it is counted under, and its memberships by year.
    /// </summary>
    internal sealed record Counted(string? Key, List<(int Year, string Country, int Way)> Flows);

    internal static Counted CountedAs(Member member) =>
        new(member.IsPresent ? MemberCount.KeyOf(member) : null, FlowsOf(member));

    /// <summary>Moves the figures from what they held of a member to what it is now.</summary>
    internal async Task Count(Counted before, Member member, CancellationToken cancel)
    {
        await Recount(before.Key, member, cancel);
        await Reflow(before.Flows, FlowsOf(member), cancel);
    }

    /// <summary>
    /// The years in which memberships of this institution began (1) and ended (-1); 0 when nobody remembers.
    /// </summary>
    internal static List<(int Year, string Country, int Way)> FlowsOf(Member member) =>
        [
            .. member.Periods.Select(p => (p.From?.Year ?? 0, member.Country, 1)),
            .. member.Periods.Where(p => p.Until is not null).Select(p => (p.Until!.Value.Year, member.Country, -1)),
        ];

    private async Task Reflow(
        List<(int Year, string Country, int Way)> before,
        List<(int Year, string Country, int Way)> after,
        CancellationToken cancel
    )
    {
        foreach (
            var group in after
                .Select(f => (f, Times: 1))
                .Concat(before.Select(f => (f, Times: -1)))
                .GroupBy(f => (f.f.Year, f.f.Country))
                .OrderBy(g => g.Key)
        )
        {
            var (joined, ended) = (
                group.Where(g => g.f.Way > 0).Sum(g => g.Times),
                group.Where(g => g.f.Way < 0).Sum(g => g.Times)
            );
            if (joined != 0 || ended != 0)
                await Flow(group.Key.Year, group.Key.Country, joined, ended, cancel);
        }
    }

    internal async Task Flow(int year, string country, long joined, long ended, CancellationToken cancel) =>
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO members_flows (year, country, joined, ended) VALUES ({year}, {country}, {joined}, {ended}) ON CONFLICT (year, country) DO UPDATE SET joined = members_flows.joined + {joined}, ended = members_flows.ended + {ended}",
            cancel
        );

    // Added to in the database, not here: of two who change members at once, neither loses the other's.
    private async Task Recount(string? counted, Member member, CancellationToken cancel)
    {
        var now = member.IsPresent ? MemberCount.KeyOf(member) : null;
        if (now == counted)
            return;
        if (counted is not null)
            await db.Database.ExecuteSqlAsync(
                $"UPDATE members_counts SET count = count - 1 WHERE key = {counted}",
                cancel
            );
        if (now is null)
            return;
        await AddCount(
            new()
            {
                Key = now,
                Region = member.Region,
                Country = member.Country,
                Kind = member.Kind,
                Class = member.Class,
                Population = member.Population,
                Count = 1,
            },
            cancel
        );
    }

    /// <summary>Adds so many members to one count.</summary>
    internal async Task AddCount(MemberCount more, CancellationToken cancel)
    {
        var (kind, asWhat, population) = (more.Kind.ToString(), more.Class.ToString(), more.Population?.ToString());
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO members_counts (key, region, country, kind, class, population, count) VALUES ({more.Key}, {more.Region}, {more.Country}, {kind}, {asWhat}, {population}, {more.Count}) ON CONFLICT (key) DO UPDATE SET count = members_counts.count + {more.Count}",
            cancel
        );
    }

    private static readonly StatementStreams Reckoned = StatementStreams.None("follows from what is stored");

    /// <summary>Reckons what names are sorted and found by, where an earlier version did not.</summary>
    public Task Reckon(CancellationToken cancel) =>
        db.InTransactionAsync(
            async () =>
            {
                foreach (
                    var member in await db.Set<Member>()
                        .AsNoTracking()
                        .Where(m => m.Match == "")
                        .Select(m => new
                        {
                            m.Id,
                            m.Name,
                            m.Country,
                        })
                        .ToListAsync(cancel)
                )
                {
                    var (key, folded, match) = (
                        Member.SortKeyOf(member.Name),
                        Member.FoldedOf(member.Name),
                        Member.MatchOf(member.Name.ToString(), member.Country)
                    );
                    await db.UpdateRowsAsync(
                        db.Set<Member>().Where(m => m.Id == member.Id),
                        m =>
                            m.SetProperty(x => x.SortKey, key)
                                .SetProperty(x => x.Folded, folded)
                                .SetProperty(x => x.Match, match),
                        Reckoned,
                        cancel
                    );
                }
                foreach (
                    var person in (await db.Set<People.Person>().ToListAsync(cancel)).Where(p =>
                        !p.IsErased && p.Folded != Folding.Fold(p.Name)
                    )
                )
                {
                    var folded = Folding.Fold(person.Name);
                    await db.UpdateRowsAsync(
                        db.Set<People.Person>().Where(p => p.Id == person.Id),
                        p => p.SetProperty(x => x.Folded, folded),
                        Reckoned,
                        cancel
                    );
                }
                if (!await db.Set<Composition.MemberFlow>().AnyAsync(cancel))
                    await Reflow(
                        [],
                        [
                            .. (
                                await db.Set<Member>().AsNoTracking().Include(m => m.Periods).ToListAsync(cancel)
                            ).SelectMany(FlowsOf),
                        ],
                        cancel
                    );
                foreach (
                    var office in (await db.Set<Offices.RegionalOffice>().ToListAsync(cancel)).Where(o =>
                        o.Countries.Count == 0
                    )
                )
                {
                    var countries = Offices.RegionalOffice.CountriesOf(office.Regions, []);
                    await db.UpdateRowsAsync(
                        db.Set<Offices.RegionalOffice>().Where(o => o.Id == office.Id),
                        o => o.SetProperty(x => x.Countries, countries),
                        Reckoned,
                        cancel
                    );
                }
            },
            cancel
        );

    internal DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>What the journal says of a new member.</summary>
    internal static object Added(Member member) => new { before = (object?)null, after = Describe(member) };

    private sealed record Described(
        string Name,
        string Kind,
        string Country,
        string? City,
        string? Population,
        string? Website,
        IReadOnlyList<string> Languages,
        string? Parent,
        string? ElectionOn,
        string? ConfirmedOn,
        string Status,
        string Class,
        string? Since,
        string? Until,
        IReadOnlyList<Guid> Periods
    );

    private static Described Describe(Member m) =>
        new(
            m.Name.ToString(),
            m.Kind.ToString(),
            m.Country,
            m.City,
            m.Population?.ToString(),
            m.Website,
            [.. m.Languages.Select(l => l.Code)],
            m.Parent?.ToString(),
            m.ElectionOn?.ToString(),
            m.ConfirmedOn?.ToString("O"),
            m.Status.ToString(),
            m.Class.ToString(),
            m.Since?.ToString(),
            m.Until?.ToString(),
            [.. m.Periods.Select(p => p.Id)]
        );
}
