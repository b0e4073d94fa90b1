using Microsoft.EntityFrameworkCore;
using Plenaria.Members.People;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Subjects;

namespace Plenaria.Members.Merging;

/// <summary>
/// Makes one record of two people's, and two of one again. The record that goes is kept whole with the merge
/// (<see cref="PeopleMerge"/>), from which it comes back.
/// </summary>
internal sealed class PersonMerge(
    PlenariaDb db,
    Subjects subjects,
    MergeSteps steps,
    RepresentationRights rights,
    Journal journal
)
{
    internal const string Stream = "people-merges",
        Merged = "members.people-merged",
        Undone = "members.people-merge-undone";

    /// <param name="taken">The fields of the record that goes which the kept one takes over.</param>
    /// <exception cref="RuleViolationException">It is one record, or one of them was erased.</exception>
    public async Task<PeopleMerge> Run(
        PersonId kept,
        PersonId gone,
        IReadOnlyCollection<string> taken,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        if (kept == gone)
            throw new RuleViolationException("members.merge.itself");
        PeopleMerge merge = null!;
        await db.InTransactionAsync(
            async () =>
            {
                db.ChangeTracker.Clear();
                var places = await Places(gone, cancel);
                var holders = await HoldersAsync([kept, gone], cancel);
                // Asked before anything moves: afterwards whoever merges may hold what the merge gave them.
                var own = new HashSet<MemberId>();
                foreach (var member in places.Concat(await Places(kept, cancel)).DistinctBy(m => m.Id))
                    if (await rights.ActsForMemberAsync(member.Id, acting, cancel))
                        own.Add(member.Id);
                var moves = await subjects.Repoint(
                    SubjectKind.Person,
                    gone.Value,
                    kept.Value,
                    StatementStreams.Of(Stream),
                    cancel
                );
                var (one, other) = (await Load(kept, cancel), await Load(gone, cancel));
                if (one is null || other is null || one.IsErased || other.IsErased)
                    throw new RuleViolationException("members.merge.unknown");
                var (before, theirs) = (Fields(one), Fields(other));
                Put(one, theirs, taken);
                // Whoever asked not to be written to is not written to under another address.
                (one.DoNotContact, one.Account) = (
                    one.DoNotContact || other.DoNotContact,
                    one.Account ?? other.Account
                );
                db.Remove(other);
                var unconfirmed = await UnconfirmMovedAsync(one, holders, own, places, acting, cancel);
                merge = new()
                {
                    Id = Guid.CreateVersion7(acting.At),
                    By = acting.Actor.Id,
                    At = acting.At,
                    Kept = kept,
                    Before = before,
                    Gone = gone,
                    Other = theirs with { Confirmed = unconfirmed },
                    Moves = moves,
                };
                db.Add(merge);
                var what = new
                {
                    merge = merge.Id,
                    kept = one.Id.ToString(),
                    gone = other.Id.ToString(),
                    rows = moves.Count,
                    taken,
                };
                foreach (var stream in (string[])[Stream, one.Stream, other.Stream])
                    journal.Append(acting, stream, Merged, null, what);
                await Rights(one.Account, one, places, acting, cancel);
                if (other.Account != one.Account)
                    await Rights(other.Account, null, places, acting, cancel);
                await db.SaveChangesAsync(cancel);
            },
            cancel,
            oneSnapshot: true
        );
        return merge;
    }

    /// <summary>Moves everything back. What was written to the kept record since then stays with it.</summary>
    /// <param name="version">As it was read by whoever wants it undone; null when nobody read it.</param>
    public Task Undo(Guid merge, int? version, OperationContext acting, CancellationToken cancel) =>
        db.InTransactionAsync(
            async () =>
            {
                db.ChangeTracker.Clear();
                // Erased with either of the two.
                var done =
                    await db.Set<PeopleMerge>().SingleOrDefaultAsync(m => m.Id == merge, cancel)
                    ?? throw new RuleViolationException("members.people.merge.kept-is-gone");
                PlenariaDb.RequireVersion(done, version ?? done.Version);
                MergeSteps.RequireOpen(done);
                await UndoRowsAsync(done, acting, cancel);
            },
            cancel,
            oneSnapshot: true
        );

    private async Task UndoRowsAsync(PeopleMerge done, OperationContext acting, CancellationToken cancel)
    {
        var places = await Places(done.Kept, cancel);
        var other = new Person
        {
            Id = done.Gone,
            Account = Account(done.Other),
            DoNotContact = done.Other.DoNotContact,
        };
        Put(other, done.Other, FieldNames);
        db.Add(other);
        journal.Append(acting, other.Stream, "members.person-added", null, new { person = other.Id.ToString() });
        await db.SaveChangesAsync(cancel);
        var lost = await steps.PointBackAsync(
            done,
            SubjectKind.Person,
            done.Gone.Value,
            StatementStreams.Of(Stream),
            acting,
            cancel
        );
        await db.Entry(other).Collection(p => p.Represents).LoadAsync(cancel);
        if (await Load(done.Kept, cancel) is not { IsErased: false } one)
            throw new RuleViolationException("members.people.merge.kept-is-gone");
        var now = Fields(one);
        Put(one, done.Before, [.. MergeSteps.FieldsToRestore(done, now, FieldNames, (f, n) => Value(f, n))]);
        if (now.Account == done.Other.Account)
            one.Account = Account(done.Before);
        if (now.DoNotContact == (done.Before.DoNotContact || done.Other.DoNotContact))
            one.DoNotContact = done.Before.DoNotContact;
        MergeSteps.Reconfirm(one.Represents.Concat(other.Represents), done.Other);
        foreach (var stream in (string[])[Stream, one.Stream, other.Stream])
            journal.Append(acting, stream, Undone, null, new { merge = done.Id, lost });
        await Rights(other.Account, other, places, acting, cancel);
        await Rights(one.Account, one, places, acting, cancel);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>
    /// What the records said that went into this one, by merges that hold: with their accounts, which may still open.
    /// </summary>
    public async Task<IReadOnlyList<PersonFields>> MergedIntoAsync(PersonId person, CancellationToken cancel)
    {
        var all = new List<PersonFields>();
        for (List<PersonId> into = [person]; into.Count > 0; )
        {
            var merges = await db.Set<PeopleMerge>()
                .AsNoTracking()
                .Where(m => into.Contains(m.Kept) && m.UndoneAt == null)
                .ToListAsync(cancel);
            all.AddRange(merges.Select(m => m.Other));
            into = [.. merges.Select(m => m.Gone)];
        }
        return all;
    }

    /// <summary>
    /// Erases what merges keep of a person: those into this record, and those into a record that went into it.
    /// </summary>
    public async Task EraseAsync(PersonId person, CancellationToken cancel)
    {
        for (List<PersonId> into = [person]; into.Count > 0; )
        {
            var merges = await db.Set<PeopleMerge>()
                .Where(m => into.Contains(m.Kept) || m.Gone == person)
                .ToListAsync(cancel);
            // A merge that was undone says nothing of the other: they are two.
            into =
            [
                .. merges
                    .Where(m => m.UndoneAt is null && m.Gone != person && db.Entry(m).State != EntityState.Deleted)
                    .Select(m => m.Gone),
            ];
            db.RemoveRange(merges);
        }
    }

    private Task<Person?> Load(PersonId id, CancellationToken cancel) =>
        db.Set<Person>().Include(p => p.Represents).SingleOrDefaultAsync(p => p.Id == id, cancel);

    private Task<List<Member>> Places(PersonId person, CancellationToken cancel) =>
        db.Set<Member>()
            .AsNoTracking()
            .Where(m => db.Set<Representation>().Any(r => r.Person == person && r.Member == m.Id))
            .ToListAsync(cancel);

    private async Task<Dictionary<Guid, AccountId?>> HoldersAsync(PersonId[] people, CancellationToken cancel) =>
        await (
            from role in db.Set<Representation>()
            join person in db.Set<Person>() on role.Person equals person.Id
            where people.Contains(role.Person)
            select new { role.Id, person.Account }
        ).ToDictionaryAsync(r => r.Id, r => r.Account, cancel);

    /// <summary>
    /// A role that held for one account and now comes to another waits for the member's word again, or a merge would
    /// give its vote away. Returns when the member had confirmed each.
    /// </summary>
    private async Task<Dictionary<Guid, DateTimeOffset>> UnconfirmMovedAsync(
        Person one,
        Dictionary<Guid, AccountId?> holders,
        HashSet<MemberId> own,
        List<Member> places,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var unconfirmed = new Dictionary<Guid, DateTimeOffset>();
        if (one.Account is null)
            return unconfirmed;
        var moved = one.Represents.Where(r =>
            r.Holds && r.Role != RepresentationRole.Juror && holders[r.Id] != one.Account
        );
        foreach (var role in moved)
        {
            if (own.Contains(role.Member))
                continue;
            var member =
                places.Find(m => m.Id == role.Member)
                ?? await db.Set<Member>().AsNoTracking().SingleAsync(m => m.Id == role.Member, cancel);
            if (!places.Exists(m => m.Id == member.Id))
                places.Add(member);
            await steps.UnconfirmAsync(member, role, one, unconfirmed, acting, cancel);
        }
        return unconfirmed;
    }

    // Whoever has a present role (a juror's apart) may act for the member, and nobody else.
    private async Task Rights(
        AccountId? account,
        Person? holder,
        IReadOnlyCollection<Member> places,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        if (account is not { } id)
            return;
        foreach (var member in places)
            await rights.SetAsync(id, member, holder?.Represents ?? [], acting, cancel);
    }

    public static readonly IReadOnlyList<string> FieldNames = ["name", "email", "phone", "language"];

    public static PersonFields Fields(Person p) =>
        new(
            p.Name,
            p.Email,
            p.Phone,
            p.Language.Code,
            p.Account?.Value,
            p.ShowsName,
            p.ShowsEmail,
            p.ShowsPhone,
            p.DoNotContact
        );

    public static AccountId? Account(PersonFields of) => of.Account is { } id ? new(id) : null;

    /// <summary>A field and whether it may be shown, to compare.</summary>
    private static (string? Value, bool Shows) Value(PersonFields fields, string name) =>
        name switch
        {
            "name" => (fields.Name, fields.ShowsName),
            "email" => (fields.Email, fields.ShowsEmail),
            "phone" => (fields.Phone, fields.ShowsPhone),
            "language" => (fields.Language, false),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };

    // What may be shown of a field comes along with it: consent was given for that address, not for another.
    private static void Put(Person person, PersonFields from, IEnumerable<string> names)
    {
        foreach (var name in names)
            switch (name)
            {
                case "name":
                    person.Call(from.Name);
                    person.ShowsName = from.ShowsName;
                    break;
                case "email":
                    (person.Email, person.ShowsEmail) = (from.Email, from.ShowsEmail);
                    break;
                case "phone":
                    (person.Phone, person.ShowsPhone) = (from.Phone, from.ShowsPhone);
                    break;
                case "language":
                    person.Language = Language.Parse(from.Language);
                    break;
            }
    }
}
