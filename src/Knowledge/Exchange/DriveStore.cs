using Microsoft.EntityFrameworkCore;
using Plenaria.Correspondence;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Register;
using Plenaria.Thesaurus;

namespace Plenaria.Exchange;

/// <summary>
/// A member that a drive asks, and what it answered: what it published since, what was named by hand, or that it has
/// nothing.
/// </summary>
internal sealed record DriveLine(
    DriveMember Asked,
    MemberLine Member,
    IReadOnlyList<PublishedEntry> Published,
    PublishedEntry? Named
)
{
    public bool IsAnswered => Asked.AnsweredAt is not null || Published.Count > 0;
    public bool HasNothing => Asked is { AnsweredAt: not null, Reference: null };

    /// <summary>When it answered first.</summary>
    public DateTimeOffset? At =>
        Published.Select(p => (DateTimeOffset?)p.PublishedAt).Append(Asked.AnsweredAt).Where(a => a is not null).Min();
    public IEnumerable<PublishedEntry> With =>
        Named is null ? Published : Published.Where(p => p.Reference != Named.Reference).Prepend(Named);
}

/// <summary>Reads and changes drives, writes to those they ask, and says who answered.</summary>
internal sealed class DriveStore(
    PlenariaDb db,
    Journal journal,
    Register register,
    ThesaurusService thesaurus,
    IMembers members,
    People people,
    Letters letters,
    SystemActor house,
    TimeProvider time
)
{
    /// <summary>Days before the last one on which whoever has not answered is reminded.</summary>
    public const int RemindBefore = 7;

    // A member's own entry and its questions are no contribution.
    private static readonly string[] NotCounted = ["member", ThreadStore.Kind];

    public Task<Drive?> Find(int number, CancellationToken cancel, bool toEdit = false) =>
        (toEdit ? db.Set<Drive>() : db.Set<Drive>().AsNoTracking())
            .Include(d => d.Members)
            .SingleOrDefaultAsync(d => d.Number == number, cancel);

    /// <summary>Whether somebody looks after a drive: who began it, or whoever may everywhere.</summary>
    public static bool Manages(Drive drive, OperationContext acting) =>
        acting.Can(ExchangeModule.Drives, Scope.Everywhere)
        || acting.Can(ExchangeModule.Drives) && acting.Actor.Id is { } me && drive.By == me;

    /// <summary>The kinds of publication that the register knows and that may count.</summary>
    public async Task<IReadOnlyList<string>> Kinds(CancellationToken cancel) =>
        await db.Set<RegisterEntry>()
            .Where(e => !NotCounted.Contains(e.Kind))
            .Select(e => e.Kind)
            .Distinct()
            .OrderBy(k => k)
            .ToListAsync(cancel);

    public async Task<Drive> New(LocalizedText title, DateOnly due, OperationContext acting, CancellationToken cancel)
    {
        acting.Require(ExchangeModule.Drives);
        var drive = new Drive
        {
            Id = Guid.CreateVersion7(acting.At),
            Number = (await db.Set<Drive>().MaxAsync(d => (int?)d.Number, cancel) ?? 0) + 1,
            Title = title,
            Due = due,
            By = acting.Actor.Id,
            At = acting.At,
        };
        db.Add(drive);
        return drive;
    }

    /// <summary>Carries a change out, for who looks after the drive.</summary>
    public async Task Change(Drive drive, string act, OperationContext acting, Action change, CancellationToken cancel)
    {
        if (!acting.Actor.IsSystem && !Manages(drive, acting))
            throw new ForbiddenException(ExchangeModule.Drives);
        change();
        journal.Append(
            acting,
            drive.Stream,
            act,
            null,
            new
            {
                title = drive.Title.ToString(),
                state = drive.State.ToString(),
                due = drive.Due.ToString("O"),
                members = drive.Members.Count,
            }
        );
        // The version moves whatever changed: of two who opened the same page, the second is told.
        if (db.Entry(drive).State == EntityState.Unchanged)
            db.Entry(drive).Property(d => d.Due).IsModified = true;
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Adds members that are not asked yet; how many.</summary>
    public async Task<int> Ask(
        Drive drive,
        IReadOnlyList<MemberLine> chosen,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var more = chosen.Where(c => !drive.Members.Exists(m => m.Member == c.Id)).ToList();
        if (more.Count == 0)
            return 0;
        await Change(
            drive,
            "exchange.drive-members-chosen",
            acting,
            () =>
            {
                foreach (var member in more)
                {
                    var asked = new DriveMember
                    {
                        Id = Guid.CreateVersion7(acting.At),
                        Drive = drive.Id,
                        Member = member.Id,
                    };
                    drive.Members.Add(asked);
                    db.Entry(asked).State = EntityState.Added;
                }
            },
            cancel
        );
        return more.Count;
    }

    /// <summary>Opens it and writes to the people of the members it asks.</summary>
    public async Task Open(Drive drive, OperationContext acting, CancellationToken cancel)
    {
        // Found before the transaction: while somebody writes on SQLite, all others wait.
        var (addressed, readers) = await FindAddressedAsync(drive.Members, cancel);
        await db.InTransactionAsync(
            async () =>
            {
                await Change(drive, "exchange.drive-opened", acting, () => drive.Open(acting.At), cancel);
                await WriteAsync(drive, addressed, readers, "drive", cancel);
                await db.SaveChangesAsync(cancel);
            },
            cancel
        );
    }

    /// <summary>The people of these members, but for those who refuse mail.</summary>
    private async Task<(
        IReadOnlyList<(MemberLine Member, AccountAddress Person)> Addressed,
        LetterReaders Readers
    )> FindAddressedAsync(IReadOnlyCollection<DriveMember> asked, CancellationToken cancel)
    {
        var lines = await members.Lines([.. asked.Select(a => a.Member)], cancel);
        var found = await people.FindAsync(lines.Keys.ToList(), cancel);
        var readers = await letters.FindReadersAsync(found.SelectMany(p => p), cancel);
        return (
            [
                .. asked
                    .Select(a => lines.GetValueOrDefault(a.Member))
                    .OfType<MemberLine>()
                    .SelectMany(m => found[m.Id].Where(p => readers.Reaches(p.Email)).Select(p => (m, p))),
            ],
            readers
        );
    }

    private async Task WriteAsync(
        Drive drive,
        IReadOnlyList<(MemberLine Member, AccountAddress Person)> addressed,
        LetterReaders readers,
        string what,
        CancellationToken cancel
    )
    {
        foreach (var (member, person) in addressed)
            await letters.AskAsync(
                person,
                readers,
                what,
                language =>
                    [
                        ("title", drive.Title.For(language)),
                        ("member", member.Name.For(language)),
                        ("text", drive.Text.For(language)),
                        ("due", PartialDate.On(drive.Due).For(language)),
                        ("link", letters.Link(language, drive.Path)),
                    ],
                cancel
            );
    }

    /// <summary>Who is asked, by name, and what each answered.</summary>
    public async Task<IReadOnlyList<DriveLine>> Lines(
        Drive drive,
        Audience reads,
        Language reader,
        CancellationToken cancel
    )
    {
        var lines = await members.Lines([.. drive.Members.Select(m => m.Member)], cancel);
        var published = (await Published(drive, cancel)).ToLookup(p => p.Member!.Value);
        var named = drive.Members.Select(m => m.Reference).OfType<Reference>();
        var entries = await register.Read(
            [.. published.SelectMany(p => p).Select(p => p.Reference).Concat(named).Distinct()],
            reads,
            cancel
        );
        return
        [
            .. drive
                .Members.Where(m => lines.ContainsKey(m.Member))
                .OrderBy(m => lines[m.Member].Name.For(reader), StringComparer.Create(reader.Culture, ignoreCase: true))
                .Select(m => new DriveLine(
                    m,
                    lines[m.Member],
                    [
                        .. published[m.Member]
                            .Select(p => entries.GetValueOrDefault(p.Reference))
                            .OfType<PublishedEntry>(),
                    ],
                    m.Reference is { } reference ? entries.GetValueOrDefault(reference) : null
                )),
        ];
    }

    // What the members published while the drive was open, of the kinds and the topic that count.
    private async Task<List<RegisterEntry>> Published(Drive drive, CancellationToken cancel)
    {
        if (drive.OpenedAt is not { } opened || drive.Members.Count == 0)
            return [];
        var (ids, kinds, until) = (
            drive.Members.Select(m => (MemberId?)m.Member).ToList(),
            drive.Kinds,
            drive.ClosedAt ?? DateTimeOffset.MaxValue
        );
        var found = db.Set<RegisterEntry>()
            .AsNoTracking()
            .Where(e =>
                !e.Withdrawn && ids.Contains(e.Member) && !NotCounted.Contains(e.Kind) && e.PublishedAt >= opened
            );
        if (kinds.Count > 0)
            found = found.Where(e => kinds.Contains(e.Kind));
        var entries = (await found.OrderBy(e => e.PublishedAt).ToListAsync(cancel))
            .Where(e => e.PublishedAt <= until)
            .ToList();
        if (drive.Topic is not { } topic)
            return entries;
        var vocabulary = await thesaurus.Read(cancel);
        return [.. entries.Where(e => vocabulary.WithBroader(e.Topics).Contains(topic))];
    }

    public async Task Answer(
        Drive drive,
        MemberId member,
        Reference? reference,
        string? note,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        drive.DemandOpen();
        var asked = Asked(drive, member, acting);
        asked.Answer(reference, note, acting.At);
        journal.Append(acting, drive.Stream, "exchange.drive-answered", reference, new { member = member.ToString() });
        await db.SaveChangesAsync(cancel);
    }

    public async Task Undo(Drive drive, MemberId member, OperationContext acting, CancellationToken cancel)
    {
        drive.DemandOpen();
        Asked(drive, member, acting).Undo();
        journal.Append(acting, drive.Stream, "exchange.drive-answer-undone", null, new { member = member.ToString() });
        await db.SaveChangesAsync(cancel);
    }

    private static DriveMember Asked(Drive drive, MemberId member, OperationContext acting) =>
        drive.Members.Find(m => m.Member == member) is not { } asked
            ? throw new RuleViolationException("platform.changed-meanwhile")
        : acting.Actor.Represents.Contains(member) || Manages(drive, acting) ? asked
        : throw new ForbiddenException(ExchangeModule.Drives);

    /// <summary>Open drives that ask one of these members, which has not answered.</summary>
    public async Task<IReadOnlyList<(Drive Drive, DriveMember Asked)>> Pending(
        IReadOnlyList<MemberId> of,
        CancellationToken cancel
    )
    {
        if (of.Count == 0)
            return [];
        var drives = await db.Set<Drive>()
            .AsNoTracking()
            .Include(d => d.Members)
            .Where(d => d.State == DriveState.Open && d.Members.Any(m => of.Contains(m.Member)))
            .OrderBy(d => d.Due)
            .ToListAsync(cancel);
        var pending = new List<(Drive, DriveMember)>();
        foreach (var drive in drives)
        {
            var published = (await Published(drive, cancel)).Select(e => e.Member!.Value).ToHashSet();
            pending.AddRange(
                drive
                    .Members.Where(m => of.Contains(m.Member) && m.AnsweredAt is null && !published.Contains(m.Member))
                    .Select(m => (drive, m))
            );
        }
        return pending;
    }

    /// <summary>Reminds, once, whoever has not answered a drive that ends in a week.</summary>
    public async Task Remind(CancellationToken cancel)
    {
        var acting = house.As("exchange-drive-reminders");
        var (today, week) = (acting.Today, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(RemindBefore));
        foreach (
            var drive in await db.Set<Drive>()
                .Include(d => d.Members)
                .Where(d => d.State == DriveState.Open && d.Due <= week && d.Due >= today)
                .ToListAsync(cancel)
        )
        {
            var published = (await Published(drive, cancel)).Select(e => e.Member!.Value).ToHashSet();
            var due = drive
                .Members.Where(m => m.AnsweredAt is null && m.RemindedAt is null && !published.Contains(m.Member))
                .ToList();
            if (due.Count == 0)
                continue;
            due.ForEach(asked => asked.RemindedAt = acting.At);
            var (addressed, readers) = await FindAddressedAsync(due, cancel);
            await WriteAsync(drive, addressed, readers, "reminder", cancel);
            journal.Append(acting, drive.Stream, "exchange.drive-reminded", null, new { members = due.Count });
            await db.SaveChangesAsync(cancel);
        }
    }
}
