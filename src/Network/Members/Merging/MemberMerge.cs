using Microsoft.EntityFrameworkCore;
using Plenaria.Members.People;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Subjects;

namespace Plenaria.Members.Merging;

/// <summary>
/// Makes one record of two, and two of one again. Every row that points at the one that goes is moved; nothing is
/// deleted or overwritten.
/// </summary>
internal sealed class MemberMerge(
    PlenariaDb db,
    MemberStore members,
    MemberPublishing publishing,
    Subjects subjects,
    MergeSteps steps,
    RepresentationRights rights,
    Journal journal
)
{
    /// <param name="taken">The fields of the record that goes which the kept one takes over.</param>
    /// <exception cref="RuleViolationException">It is one record, or one of them was merged already.</exception>
    public async Task<Merge> Run(
        MemberId kept,
        MemberId gone,
        IReadOnlyCollection<string> taken,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        if (kept == gone)
            throw new RuleViolationException("members.merge.itself");
        Merge merge = null!;
        await db.InTransactionAsync(
            async () =>
            {
                var (one, other) = (
                    await members.Load(kept, cancel, toEdit: true),
                    await members.Load(gone, cancel, toEdit: true)
                );
                if (one.MergedInto is not null || other.MergedInto is not null)
                    throw new RuleViolationException("members.merge.merged-already");
                var (before, theirs, counted) = (
                    Fields(one),
                    Fields(other),
                    (MemberStore.CountedAs(one), MemberStore.CountedAs(other))
                );
                var theirRoles = await RolesAsync(gone, cancel);
                var moves = await subjects.Repoint(
                    SubjectKind.Member,
                    gone.Value,
                    kept.Value,
                    StatementStreams.Of(one.Stream, other.Stream),
                    cancel
                );
                await Reload(one, other, cancel);
                other.MergeInto(one.Id);
                Put(one, theirs, taken);
                one.Recount();
                theirs = theirs with { Confirmed = await UnconfirmMovedAsync(one, theirRoles, acting, cancel) };
                await SetRightsAsync(one, other, theirRoles, acting, cancel);
                merge = new()
                {
                    Id = Guid.CreateVersion7(acting.At),
                    Kept = kept,
                    Gone = gone,
                    At = acting.At,
                    By = acting.Actor.Id,
                    Moves = moves,
                    Before = before,
                    Other = theirs,
                };
                db.Add(merge);
                await publishing.Publish(one, cancel);
                await publishing.Publish(other, cancel);
                object what = new
                {
                    merge = merge.Id,
                    kept = one.Slug,
                    gone = other.Slug,
                    rows = moves.Count,
                    taken,
                };
                journal.Append(acting, one.Stream, "members.merged", null, what);
                journal.Append(acting, other.Stream, "members.merged", null, what);
                await db.SaveChangesAsync(cancel);
                await members.Count(counted.Item1, one, cancel);
                await members.Count(counted.Item2, other, cancel);
            },
            cancel,
            oneSnapshot: true
        );
        return merge;
    }

    /// <summary>Moves everything back. What was written to the kept record since then stays with it.</summary>
    public Task Undo(Merge merge, OperationContext acting, CancellationToken cancel) =>
        db.InTransactionAsync(
            async () =>
            {
                MergeSteps.RequireOpen(merge);
                var (one, other) = (
                    await members.Load(merge.Kept, cancel, toEdit: true),
                    await members.Load(merge.Gone, cancel, toEdit: true)
                );
                var counted = (MemberStore.CountedAs(one), MemberStore.CountedAs(other));
                var lost = await steps.PointBackAsync(
                    merge,
                    SubjectKind.Member,
                    merge.Gone.Value,
                    StatementStreams.Of(one.Stream, other.Stream),
                    acting,
                    cancel
                );
                await Reload(one, other, cancel);
                Put(one, merge.Before, [.. MergeSteps.FieldsToRestore(merge, Fields(one), FieldNames, Value)]);
                one.Recount();
                other.MergeInto(null);
                var theirRoles = await RolesAsync(other.Id, cancel);
                MergeSteps.Reconfirm(theirRoles.Select(r => r.Role), merge.Other);
                await SetRightsAsync(one, other, theirRoles, acting, cancel);
                await publishing.Publish(one, cancel);
                await publishing.Publish(other, cancel);
                foreach (var stream in (string[])[one.Stream, other.Stream])
                    journal.Append(
                        acting,
                        stream,
                        "members.merge-undone",
                        null,
                        new
                        {
                            merge = merge.Id,
                            kept = one.Slug,
                            gone = other.Slug,
                            lost,
                        }
                    );
                await db.SaveChangesAsync(cancel);
                await members.Count(counted.Item1, one, cancel);
                await members.Count(counted.Item2, other, cancel);
            },
            cancel,
            oneSnapshot: true
        );

    /// <summary>Two records that somebody looked at and found to be two institutions.</summary>
    public async Task KeepApart(MemberId one, MemberId other, OperationContext acting, CancellationToken cancel)
    {
        var (first, second) = Duplicates.Ordered(one, other);
        if (await db.Set<NotDuplicatePair>().AnyAsync(a => a.One == first && a.Other == second, cancel))
            return;
        db.Add(new NotDuplicatePair { One = first, Other = second });
        journal.Append(
            acting,
            "merges",
            "members.kept-apart",
            null,
            new { one = one.ToString(), other = other.ToString() }
        );
        await db.SaveChangesAsync(cancel);
    }

    private async Task<List<(Representation Role, Person Person)>> RolesAsync(MemberId member, CancellationToken cancel)
    {
        var roles = await db.Set<Representation>().Where(r => r.Member == member).ToListAsync(cancel);
        var ids = roles.Select(r => r.Person).Distinct().ToList();
        var people = await db.Set<Person>()
            .Include(p => p.Represents)
            .Where(p => ids.Contains(p.Id))
            .ToDictionaryAsync(p => p.Id, cancel);
        return [.. roles.Select(r => (r, people[r.Person]))];
    }

    /// <summary>
    /// Who acted for the record that goes acts for the kept one only once its people say so, or a merge would give its
    /// vote away. Returns when each role had been confirmed.
    /// </summary>
    private async Task<Dictionary<Guid, DateTimeOffset>> UnconfirmMovedAsync(
        Member one,
        List<(Representation Role, Person Person)> moved,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var confirmed = new Dictionary<Guid, DateTimeOffset>();
        if (acting.Actor.IsSystem)
            return confirmed;
        foreach (var (role, person) in moved.Where(m => m.Role.Holds && m.Role.Role != RepresentationRole.Juror))
            await steps.UnconfirmAsync(one, role, person, confirmed, acting, cancel);
        return confirmed;
    }

    // The rows were moved past the change tracker: what was loaded before says still whose they were.
    private async Task SetRightsAsync(
        Member one,
        Member other,
        List<(Representation Role, Person Person)> moved,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        foreach (var person in moved.Select(m => m.Person).Where(p => p.Account is not null).DistinctBy(p => p.Id))
        {
            var stored = await db.Set<Representation>()
                .AsNoTracking()
                .Where(r => r.Person == person.Id)
                .ToListAsync(cancel);
            foreach (var role in stored)
                if (person.Represents.Find(r => r.Id == role.Id) is { } loaded)
                    role.ConfirmedAt = loaded.ConfirmedAt;
            foreach (var member in (Member[])[one, other])
                await rights.SetAsync(person.Account!.Value, member, stored, acting, cancel);
        }
    }

    // Their periods were moved under the tracker's eyes.
    private async Task Reload(Member one, Member other, CancellationToken cancel)
    {
        foreach (var period in one.Periods.Concat(other.Periods).ToList())
            db.Entry(period).State = EntityState.Detached;
        foreach (var member in (Member[])[one, other])
        {
            member.Periods.Clear();
            await db.Entry(member).ReloadAsync(cancel);
            var periods = db.Entry(member).Collection(m => m.Periods);
            periods.IsLoaded = false;
            await periods.LoadAsync(cancel);
        }
    }

    public static readonly IReadOnlyList<string> FieldNames =
    [
        "name",
        "kind",
        "country",
        "city",
        "population",
        "website",
        "languages",
        "parent",
        "election",
        "confirmed",
    ];

    public static MergedFields Fields(Member m) =>
        new(
            m.Name,
            m.Kind,
            m.Country,
            m.City,
            m.Population,
            m.Website,
            [.. m.Languages],
            m.Parent,
            m.ElectionOn,
            m.ConfirmedOn
        );

    /// <summary>A field's value as text, to compare and to show; null when there is none.</summary>
    public static string? Value(MergedFields fields, string name) =>
        name switch
        {
            "name" => string.Join('\n', fields.Name.Wordings.Select(w => $"{w.Key}: {w.Value.Text}")),
            "kind" => fields.Kind.ToString(),
            "country" => fields.Country,
            "city" => fields.City,
            "population" => fields.Population?.ToString(),
            "website" => fields.Website,
            "languages" => fields.Languages.Count == 0 ? null : string.Join(' ', fields.Languages),
            "parent" => fields.Parent?.ToString(),
            "election" => fields.ElectionOn?.ToString(),
            "confirmed" => fields.ConfirmedOn?.ToString("O"),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };

    private static void Put(Member member, MergedFields from, IEnumerable<string> names)
    {
        foreach (var name in names)
            switch (name)
            {
                case "name":
                    member.Call(from.Name);
                    break;
                case "kind":
                    member.Kind = from.Kind;
                    break;
                case "country":
                    member.Settle(from.Country);
                    break;
                case "city":
                    member.City = from.City;
                    break;
                case "population":
                    member.Population = from.Population;
                    break;
                case "website":
                    member.Website = from.Website;
                    break;
                case "languages":
                    member.Languages = [.. from.Languages];
                    break;
                case "parent":
                    member.Parent = from.Parent;
                    break;
                case "election":
                    member.ElectionOn = from.ElectionOn;
                    break;
                case "confirmed":
                    member.ConfirmedOn = from.ConfirmedOn;
                    break;
            }
    }
}
