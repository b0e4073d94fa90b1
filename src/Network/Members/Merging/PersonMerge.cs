using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenaria.Members.People;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Subjects;

namespace Plenaria.Members.Merging;

/// <summary>What of a person is no row of its own.</summary>
internal sealed record PersonFields(
    string Name,
    string? Email,
    string? Phone,
    string Language,
    Guid? Account,
    bool ShowsName,
    bool ShowsEmail,
    bool ShowsPhone,
    bool DoNotContact
);

/// <summary>That two records were found to be of one person: what was moved, and what both said before.</summary>
/// <param name="Unconfirmed">When the member had confirmed the roles that came to another account.</param>
internal sealed record PeopleMerge(
    Guid Merge,
    Guid Kept,
    Guid Gone,
    List<MovedRow> Moves,
    PersonFields Before,
    PersonFields Other,
    Dictionary<Guid, DateTimeOffset>? Unconfirmed = null
);

/// <summary>
/// Makes one record of two people's, and two of one again. The record that goes is kept whole in the journal's entry,
/// from which it comes back: once that content is erased, so is the person, and nothing can be undone.
/// </summary>
internal sealed class PersonMerge(
    PlenariaDb db,
    Subjects subjects,
    RepresentationRights rights,
    AppointmentNotices notices,
    Journal journal
)
{
    internal const string Stream = "people-merges";
    private const string Merged = "members.people-merged",
        Undone = "members.people-merge-undone";
    private const int Most = 500;

    /// <param name="taken">The fields of the record that goes which the kept one takes over.</param>
    /// <exception cref="RuleViolationException">It is one record, or one of them was erased.</exception>
    public async Task Run(
        PersonId kept,
        PersonId gone,
        IReadOnlyCollection<string> taken,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        if (kept == gone)
            throw new RuleViolationException("members.merge.itself");
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
                var moves = await subjects.Repoint(SubjectKind.Person, gone.Value, kept.Value, cancel);
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
                var merge = new PeopleMerge(
                    Guid.CreateVersion7(acting.At),
                    kept.Value,
                    gone.Value,
                    moves,
                    before,
                    theirs,
                    unconfirmed
                );
                journal.Append(acting, Stream, Merged, null, merge);
                foreach (var stream in (string[])[one.Stream, other.Stream])
                    journal.Append(
                        acting,
                        stream,
                        Merged,
                        null,
                        new
                        {
                            merge = merge.Merge,
                            kept = one.Id.ToString(),
                            gone = other.Id.ToString(),
                            rows = moves.Count,
                            taken,
                        }
                    );
                await Rights(one.Account, one, places, acting, cancel);
                if (other.Account != one.Account)
                    await Rights(other.Account, null, places, acting, cancel);
                await db.SaveChangesAsync(cancel);
            },
            cancel,
            oneSnapshot: true
        );
    }

    /// <summary>Moves everything back. What was written to the kept record since then stays with it.</summary>
    public Task Undo(Guid merge, OperationContext acting, CancellationToken cancel) =>
        db.InTransactionAsync(
            async () =>
            {
                db.ChangeTracker.Clear();
                var done =
                    (await Open(cancel)).FirstOrDefault(m => m.Merge == merge)
                    ?? throw new RuleViolationException("members.merge.undone-already");
                var places = await Places(new(done.Kept), cancel);
                var other = new Person
                {
                    Id = new(done.Gone),
                    Account = Account(done.Other),
                    DoNotContact = done.Other.DoNotContact,
                };
                Put(other, done.Other, FieldNames);
                db.Add(other);
                journal.Append(acting, other.Stream, Undone, null, new { merge });
                await db.SaveChangesAsync(cancel);
                var lost = await subjects.Undo(SubjectKind.Person, done.Moves, done.Gone, cancel);
                await db.Entry(other).Collection(p => p.Represents).LoadAsync(cancel);
                if (await Load(new(done.Kept), cancel) is not { IsErased: false } one)
                    throw new RuleViolationException("members.people.merge.kept-is-gone");
                // A field that somebody changed since is theirs; one that still reads as the merge left it goes back.
                var now = Fields(one);
                Put(
                    one,
                    done.Before,
                    FieldNames.Where(n =>
                        Value(now, n) == Value(done.Other, n) && Value(now, n) != Value(done.Before, n)
                    )
                );
                if (now.Account == done.Other.Account)
                    one.Account = Account(done.Before);
                if (now.DoNotContact == (done.Before.DoNotContact || done.Other.DoNotContact))
                    one.DoNotContact = done.Before.DoNotContact;
                foreach (var role in one.Represents.Concat(other.Represents).Where(r => r.ConfirmedAt is null))
                    if (done.Unconfirmed?.TryGetValue(role.Id, out var confirmedAt) == true)
                        role.ConfirmedAt = confirmedAt;
                foreach (var stream in (string[])[Stream, one.Stream])
                    journal.Append(acting, stream, Undone, null, new { merge, lost });
                await Rights(other.Account, other, places, acting, cancel);
                await Rights(one.Account, one, places, acting, cancel);
                await db.SaveChangesAsync(cancel);
            },
            cancel,
            oneSnapshot: true
        );

    /// <summary>The merges that can be undone, newest first.</summary>
    public async Task<IReadOnlyList<PeopleMerge>> Open(CancellationToken cancel)
    {
        var lines = (await journal.Read(Stream, Most, cancel)).Where(l => l.What is not null).ToList();
        var undone = lines
            .Where(l => l.Act == Undone)
            .Select(l => l.What!.Value.GetProperty("merge").GetGuid())
            .ToHashSet();
        return
        [
            .. lines
                .Where(l => l.Act == Merged)
                .Select(l => l.What!.Value.Deserialize<PeopleMerge>(JsonSerializerOptions.Web)!)
                .Where(m => !undone.Contains(m.Merge)),
        ];
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
            unconfirmed[role.Id] = role.ConfirmedAt!.Value;
            role.ConfirmedAt = null;
            if (!places.Exists(m => m.Id == member.Id))
                places.Add(member);
            await notices.TellNamedAsync(member, role, one, acting, cancel);
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

    private static AccountId? Account(PersonFields of) => of.Account is { } id ? new(id) : null;

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
