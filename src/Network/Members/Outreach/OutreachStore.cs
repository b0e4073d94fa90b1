using Microsoft.EntityFrameworkCore;
using Plenaria.Members.People;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Places;

namespace Plenaria.Members.Outreach;

/// <summary>A prospect and the institution it is about.</summary>
internal sealed record ProspectLine(Prospect Prospect, Member Member);

/// <summary>What is known of one prospect, newest first.</summary>
internal sealed record ProspectView(
    Prospect Prospect,
    Member Member,
    IReadOnlyList<Activity> Activities,
    IReadOnlyList<Fact> Facts,
    IReadOnlyList<Person> People
);

/// <summary>What happens next, and when.</summary>
internal sealed record NextStep(string? What, DateOnly? On);

/// <summary>How the network came upon an institution and who looks after it.</summary>
internal sealed record ProspectSource(OutreachSource Source, string? Note, MemberId? ReferredBy);

/// <summary>
/// Reads and changes prospects. Every change is in the journal of the institution and moves the prospect's version.
/// </summary>
internal sealed class OutreachStore(
    PlenariaDb db,
    MemberStore members,
    PeopleStore people,
    Accounts accounts,
    Journal journal
)
{
    public const int TimelineLength = 50;

    internal DateOnly Today => members.Today;

    /// <summary>
    /// A page of prospects, those whose step comes first before the others, after the one named by
    /// <paramref name="after"/>.
    /// </summary>
    public async Task<IReadOnlyList<ProspectLine>> List(
        OutreachFilter filter,
        string? after,
        int most,
        CancellationToken cancel
    )
    {
        var found = Narrow(filter);
        if (
            !string.IsNullOrEmpty(after)
            && await Narrow(new(), anyStage: true)
                .Where(l => l.Member.Slug == after)
                .Select(l => new
                {
                    l.Prospect.NextOn,
                    l.Member.SortKey,
                    l.Member.Slug,
                })
                .SingleOrDefaultAsync(cancel)
                is { } last
        )
            found = last.NextOn is { } day
                ? found.Where(l =>
                    l.Prospect.NextOn == null
                    || l.Prospect.NextOn > day
                    || l.Prospect.NextOn == day
                        && (
                            string.Compare(l.Member.SortKey, last.SortKey) > 0
                            || l.Member.SortKey == last.SortKey && string.Compare(l.Member.Slug, last.Slug) > 0
                        )
                )
                : found.Where(l =>
                    l.Prospect.NextOn == null
                    && (
                        string.Compare(l.Member.SortKey, last.SortKey) > 0
                        || l.Member.SortKey == last.SortKey && string.Compare(l.Member.Slug, last.Slug) > 0
                    )
                );
        var page = await found
            .OrderBy(l => l.Prospect.NextOn == null)
            .ThenBy(l => l.Prospect.NextOn)
            .ThenBy(l => l.Member.SortKey)
            .ThenBy(l => l.Member.Slug)
            .Take(most)
            .ToListAsync(cancel);
        return [.. page.Select(l => new ProspectLine(l.Prospect, l.Member))];
    }

    /// <summary>How many stand at each stage, whichever stage the filter names.</summary>
    public async Task<IReadOnlyDictionary<OutreachStage, int>> Counts(
        OutreachFilter filter,
        CancellationToken cancel
    ) =>
        await Narrow(filter with { Stage = null }, anyStage: true)
            .GroupBy(l => l.Prospect.Stage)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancel);

    /// <summary>The countries with a prospect, where the reader works.</summary>
    public async Task<IReadOnlyList<string>> Countries(IReadOnlyCollection<string>? within, CancellationToken cancel) =>
        [
            .. (
                await (
                    // From the prospects outwards: an inner join would begin at the members, of whom there are more.
                    from prospect in db.Set<Prospect>()
                    join member in db.Set<Member>() on prospect.Member equals member.Id into of
                    from member in of.DefaultIfEmpty()
                    select member.Country
                )
                    .Distinct()
                    .ToListAsync(cancel)
            ).Where(c => within?.Contains(c) ?? true),
        ];

    /// <summary>Former members whom nobody is winning back yet.</summary>
    public async Task<IReadOnlyList<Member>> ToWinBack(
        IReadOnlyCollection<string>? within,
        int most,
        CancellationToken cancel
    )
    {
        var former = db.Set<Member>()
            .AsNoTracking()
            .Where(m =>
                m.Status == MemberStatus.Former
                && !db.Set<Prospect>()
                    .Any(p => p.Member == m.Id && p.Stage != OutreachStage.Joined && p.Stage != OutreachStage.Dropped)
            );
        if (within?.ToArray() is { } countries)
            former = former.Where(m => countries.Contains(m.Country));
        return await former.OrderBy(m => m.SortKey).Take(most).ToListAsync(cancel);
    }

    /// <summary>Whoever may look after a prospect.</summary>
    public Task<IReadOnlyDictionary<AccountId, string>> Colleagues(CancellationToken cancel) =>
        accounts.Holders([Role.Staff, Role.Regional], cancel);

    private sealed class Pair
    {
        public required Prospect Prospect { get; init; }
        public required Member Member { get; init; }
    }

    private IQueryable<Pair> Narrow(OutreachFilter filter, bool anyStage = false)
    {
        var found =
            from prospect in db.Set<Prospect>().AsNoTracking()
            join member in db.Set<Member>().AsNoTracking() on prospect.Member equals member.Id
            select new Pair { Prospect = prospect, Member = member };
        if (filter.Stage is { } stage)
            found = found.Where(l => l.Prospect.Stage == stage);
        else if (!anyStage)
            found = found.Where(l =>
                l.Prospect.Stage != OutreachStage.Joined && l.Prospect.Stage != OutreachStage.Dropped
            );
        if (!string.IsNullOrEmpty(filter.Region))
        {
            var within = Regions.All.Where(r => Regions.IsWithin(r, filter.Region)).ToArray();
            found = found.Where(l => within.Contains(l.Member.Region));
        }
        if (!string.IsNullOrEmpty(filter.Country))
            found = found.Where(l => l.Member.Country == filter.Country);
        if (filter.Countries?.ToArray() is { } countries)
            found = found.Where(l => countries.Contains(l.Member.Country));
        if (filter.Owner is { } owner)
            found = found.Where(l => l.Prospect.Owner == owner);
        if (filter.Source is { } source)
            found = found.Where(l => l.Prospect.Source == source);
        if (filter.Due)
        {
            var today = Today;
            found = found.Where(l => l.Prospect.NextOn <= today);
        }
        if (filter.Lapsed)
            found = found.Where(l => l.Member.Status == MemberStatus.Former);
        foreach (var word in Folding.Fold(filter.Words ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(6))
            found = found.Where(l => l.Member.Folded.Contains(word));
        return found;
    }

    /// <summary>
    /// One prospect by its institution's address, with all that belongs to it; null where there is none.
    /// </summary>
    public async Task<ProspectView?> Find(string slug, CancellationToken cancel)
    {
        if (
            await members.Find(slug, cancel, toEdit: true) is not { } member
            || await db.Set<Prospect>().SingleOrDefaultAsync(p => p.Member == member.Id, cancel) is not { } prospect
        )
            return null;
        var activities = await db.Set<Activity>()
            .AsNoTracking()
            .Where(a => a.Member == member.Id)
            .OrderByDescending(a => a.At)
            .Take(TimelineLength)
            .ToListAsync(cancel);
        var facts = await db.Set<Fact>().AsNoTracking().Where(f => f.Member == member.Id).ToListAsync(cancel);
        // By their keys: as a condition of the person it would be asked of everybody.
        var ids = await db.Set<Representation>()
            .Where(r => r.Member == member.Id)
            .Select(r => r.Person)
            .Distinct()
            .ToListAsync(cancel);
        var people = await db.Set<Person>()
            .AsNoTracking()
            .Include(p => p.Represents)
            .Where(p => ids.Contains(p.Id))
            .ToListAsync(cancel);
        return new(
            prospect,
            member,
            activities,
            [.. facts.OrderByDescending(f => f.AsOf).ThenByDescending(f => f.Id)],
            [.. people.OrderBy(p => p.Folded, StringComparer.Ordinal).ThenBy(p => p.Id.Value)]
        );
    }

    /// <summary>What was said with an institution, newest first, also with one that belongs already.</summary>
    public async Task<IReadOnlyList<Activity>> HistoryAsync(MemberId member, CancellationToken cancel) =>
        await db.Set<Activity>()
            .AsNoTracking()
            .Where(a => a.Member == member)
            .OrderByDescending(a => a.At)
            .ThenByDescending(a => a.Id)
            .Take(TimelineLength)
            .ToListAsync(cancel);

    /// <summary>Begins the conversation with an institution that nobody knows yet.</summary>
    public async Task<Member> Begin(
        LocalizedText name,
        string country,
        MemberKind kind,
        ProspectSource beginning,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var added = new Member
        {
            Id = new(Guid.CreateVersion7(acting.At)),
            Slug = await members.NewSlug(name.ToString(), cancel),
            Kind = kind,
        };
        await db.InTransactionAsync(
            async () =>
            {
                if (await members.Alike(name.ToString(), country, cancel) is { } known)
                    throw new RuleViolationException("members.outreach.known", ("name", known.Name));
                await members.Change(
                    added,
                    "members.outreach-institution-added",
                    acting,
                    () =>
                    {
                        added.Call(name);
                        added.Settle(country);
                    },
                    cancel
                );
                await Begin(added, beginning, acting, cancel);
            },
            cancel
        );
        return added;
    }

    /// <summary>Begins to win back who left, or takes up again what was dropped.</summary>
    public Task Begin(Member member, ProspectSource beginning, OperationContext acting, CancellationToken cancel) =>
        db.InTransactionAsync(
            async () =>
            {
                if (member.IsPresent)
                    throw new RuleViolationException("members.is-member-already");
                var prospect = await db.Set<Prospect>().SingleOrDefaultAsync(p => p.Member == member.Id, cancel);
                if (prospect is { IsOpen: true })
                    throw new RuleViolationException("members.outreach.begun-already", ("name", member.Name));
                if (prospect is null)
                    db.Add(prospect = new() { Member = member.Id, Source = beginning.Source });
                (prospect.Source, prospect.SourceNote, prospect.ReferredBy, prospect.Owner) = (
                    beginning.Source,
                    beginning.Note,
                    beginning.ReferredBy,
                    acting.Actor.Id
                );
                prospect.MoveTo(OutreachStage.Prospect, Today);
                var what = new
                {
                    source = beginning.Source.ToString(),
                    hasNote = beginning.Note is not null,
                    referredBy = beginning.ReferredBy?.ToString(),
                    owner = prospect.Owner?.ToString(),
                };
                journal.Append(acting, member.Stream, "members.outreach-begun", null, what);
                await db.SaveChangesAsync(cancel);
            },
            cancel
        );

    public Task MoveTo(ProspectView of, OutreachStage stage, OperationContext acting, CancellationToken cancel)
    {
        var before = of.Prospect.Stage;
        Move(of, stage);
        return Save(
            of,
            acting,
            "members.outreach-moved",
            new { before = before.ToString(), after = of.Prospect.Stage.ToString() },
            cancel
        );
    }

    /// <summary>
    /// Who looks after it and what happens next. A new owner is said in the timeline, by <paramref name="handover"/>.
    /// </summary>
    public Task Plan(
        ProspectView of,
        AccountId? owner,
        NextStep next,
        string handover,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var (prospect, before) = (of.Prospect, Described(of.Prospect));
        if (owner is not null && owner != prospect.Owner)
            db.Add(NewActivity(of, ActivityKind.Note, handover, null, null, acting));
        prospect.Owner = owner;
        Set(prospect, next);
        return Save(of, acting, "members.outreach-planned", new { before, after = Described(prospect) }, cancel);
    }

    /// <summary>Enters what was said or done, and at once what follows from it. A null keeps what is there.</summary>
    public Task Log(
        ProspectView of,
        ActivityKind kind,
        string text,
        PersonId? with,
        DateTimeOffset? at,
        NextStep? next,
        OutreachStage? stage,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var before = Described(of.Prospect);
        db.Add(NewActivity(of, kind, text, with, at, acting));
        if (stage is { } to && to != of.Prospect.Stage)
            Move(of, to);
        if (next is not null)
            Set(of.Prospect, next);
        // What was said stays out of the journal: it may have to be erased.
        return Save(
            of,
            acting,
            "members.outreach-logged",
            new
            {
                kind = kind.ToString(),
                before,
                after = Described(of.Prospect),
            },
            cancel
        );
    }

    public Task AddFact(
        ProspectView of,
        string field,
        string value,
        string source,
        PartialDate asOf,
        Confidence confidence,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var fact = new Fact
        {
            Id = Guid.CreateVersion7(acting.At),
            Member = of.Member.Id,
            Field = field,
            Value = value,
            Source = source,
            AsOf = asOf,
            Confidence = confidence,
        };
        db.Add(fact);
        // What is known may be about a person, and may have to be erased: the journal keeps its key.
        var what = new
        {
            fact = fact.Id,
            field,
            asOf = asOf.ToString(),
            confidence = confidence.ToString(),
        };
        return Save(of, acting, "members.outreach-fact-added", what, cancel);
    }

    /// <summary>Adds somebody to ask for there. Who is known by this address is not added twice.</summary>
    public async Task AddPerson(
        ProspectView of,
        string name,
        string? title,
        string? email,
        string? phone,
        Language language,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var person = await people.Meet(
            new(name, email, language, RepresentationRole.Contact) { Phone = phone },
            acting,
            cancel
        );
        if (person.Represents.Exists(r => r.Member == of.Member.Id && r.IsPresent))
            throw new RuleViolationException("members.outreach.person.known", ("name", person.Name));
        db.Add(
            new Representation
            {
                Id = Guid.CreateVersion7(acting.At),
                Person = person.Id,
                Member = of.Member.Id,
                Role = RepresentationRole.Contact,
                Title = title,
                NamedBy = acting.Actor.Id,
            }
        );
        await Save(of, acting, "members.outreach-person-added", new { person = person.Id.ToString() }, cancel);
    }

    /// <summary>
    /// The institution belongs to the network from now on: the same record, with all that is known of it.
    /// </summary>
    public Task Join(
        ProspectView of,
        MemberClass asWhat,
        PartialDate? since,
        OperationContext acting,
        CancellationToken cancel
    ) =>
        db.InTransactionAsync(
            async () =>
            {
                await members.Change(
                    of.Member,
                    "members.member-joined",
                    acting,
                    () => of.Member.Join(asWhat, since, acting.At),
                    cancel
                );
                var before = of.Prospect.Stage;
                of.Prospect.MoveTo(OutreachStage.Joined, Today);
                await Save(
                    of,
                    acting,
                    "members.outreach-joined",
                    new { before = before.ToString(), asWhat = asWhat.ToString() },
                    cancel
                );
            },
            cancel
        );

    private void Move(ProspectView of, OutreachStage stage)
    {
        // Joining is more than a word: it begins a membership.
        if (stage == OutreachStage.Joined && !of.Member.IsPresent)
            throw new RuleViolationException("members.outreach.join-instead");
        of.Prospect.MoveTo(stage, Today);
    }

    // Where nothing is followed any more, nothing is next.
    private static void Set(Prospect prospect, NextStep next) =>
        (prospect.NextStep, prospect.NextOn) = prospect.IsOpen ? (next.What, next.On) : (null, null);

    private static Activity NewActivity(
        ProspectView of,
        ActivityKind kind,
        string text,
        PersonId? with,
        DateTimeOffset? at,
        OperationContext acting
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(acting.At),
            Member = of.Member.Id,
            Person = with,
            Kind = kind,
            At = at ?? acting.At,
            Text = text,
            By = acting.Actor.Id,
            ByName = acting.Actor.Name,
        };

    // The version moves whatever changed: of two who opened the same page, the second is told.
    private Task<int> Save(ProspectView of, OperationContext acting, string act, object what, CancellationToken cancel)
    {
        db.Entry(of.Prospect).Property(p => p.StageSince).IsModified = true;
        journal.Append(acting, of.Member.Stream, act, null, what);
        return db.SaveChangesAsync(cancel);
    }

    private static object Described(Prospect p) =>
        new
        {
            stage = p.Stage.ToString(),
            owner = p.Owner?.ToString(),
            hasNextStep = p.NextStep is not null,
            nextOn = p.NextOn?.ToString("O"),
        };
}
