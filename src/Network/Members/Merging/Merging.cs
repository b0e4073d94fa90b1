using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Subjects;

namespace Plenaria.Members.Merging;

/// <summary>Makes one record of two, and two of one again. Every row that points at the one that goes is moved; nothing is deleted or overwritten.</summary>
internal sealed class Merging(PlenariaDb db, MemberStore members, MemberPublishing publishing, Subjects subjects, Journal journal)
{
    /// <param name="taken">The fields of the record that goes which the kept one takes over.</param>
    /// <exception cref="RuleBroken">It is one record, or one of them was merged already.</exception>
    public async Task<Merge> Run(MemberId kept, MemberId gone, IReadOnlyCollection<string> taken, Acting acting, CancellationToken cancel)
    {
        if (kept == gone)
            throw new RuleBroken("members.merge.itself");
        Merge merge = null!;
        await db.Together(async () =>
        {
            var (one, other) = (await members.Load(kept, cancel, toEdit: true), await members.Load(gone, cancel, toEdit: true));
            if (one.MergedInto is not null || other.MergedInto is not null)
                throw new RuleBroken("members.merge.merged-already");
            var (before, theirs, counted) = (Fields(one), Fields(other), (MemberStore.CountedAs(one), MemberStore.CountedAs(other)));
            var moves = await subjects.Repoint(SubjectKind.Member, gone.Value, kept.Value, cancel);
            await Reload(one, other, cancel);
            other.MergeInto(one.Id);
            Put(one, theirs, taken);
            one.Recount();
            merge = new() { Id = Guid.CreateVersion7(acting.When), Kept = kept, Gone = gone, At = acting.When, Moves = moves, Before = before, Other = theirs };
            db.Add(merge);
            await publishing.Publish(one, cancel);
            await publishing.Publish(other, cancel);
            object what = new { merge = merge.Id, kept = one.Slug, gone = other.Slug, rows = moves.Count, taken };
            journal.Record(acting, one.Stream, "members.merged", null, what);
            journal.Record(acting, other.Stream, "members.merged", null, what);
            await db.SaveChangesAsync(cancel);
            await members.Count(counted.Item1, one, cancel);
            await members.Count(counted.Item2, other, cancel);
        }, cancel, oneSnapshot: true);
        return merge;
    }

    /// <summary>Moves everything back. What was written to the kept record since then stays with it.</summary>
    public Task Undo(Merge merge, Acting acting, CancellationToken cancel) => db.Together(async () =>
    {
        if (merge.UndoneAt is not null)
            throw new RuleBroken("members.merge.undone-already");
        var (one, other) = (await members.Load(merge.Kept, cancel, toEdit: true), await members.Load(merge.Gone, cancel, toEdit: true));
        var counted = (MemberStore.CountedAs(one), MemberStore.CountedAs(other));
        var lost = await subjects.Undo(SubjectKind.Member, merge.Moves, merge.Gone.Value, cancel);
        await Reload(one, other, cancel);
        // A field that somebody changed since is theirs; one that still reads as the merge left it goes back.
        var now = Fields(one);
        Put(one, merge.Before, FieldNames.Where(n => Value(now, n) == Value(merge.Other, n) && Value(now, n) != Value(merge.Before, n)));
        one.Recount();
        other.MergeInto(null);
        merge.UndoneAt = acting.When;
        await publishing.Publish(one, cancel);
        await publishing.Publish(other, cancel);
        foreach (var stream in (string[])[one.Stream, other.Stream])
            journal.Record(acting, stream, "members.merge-undone", null, new { merge = merge.Id, kept = one.Slug, gone = other.Slug, lost });
        await db.SaveChangesAsync(cancel);
        await members.Count(counted.Item1, one, cancel);
        await members.Count(counted.Item2, other, cancel);
    }, cancel, oneSnapshot: true);

    /// <summary>Two records that somebody looked at and found to be two institutions.</summary>
    public async Task KeepApart(MemberId one, MemberId other, Acting acting, CancellationToken cancel)
    {
        var (first, second) = Duplicates.Ordered(one, other);
        if (await db.Set<Apart>().AnyAsync(a => a.One == first && a.Other == second, cancel))
            return;
        db.Add(new Apart { One = first, Other = second });
        journal.Record(acting, "merges", "members.kept-apart", null, new { one = one.ToString(), other = other.ToString() });
        await db.SaveChangesAsync(cancel);
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

    public static readonly IReadOnlyList<string> FieldNames = ["name", "kind", "country", "city", "population", "website", "languages", "parent", "election", "confirmed"];

    public static MergedFields Fields(Member m) => new(m.Name, m.Kind, m.Country, m.City, m.Population, m.Website, [.. m.Languages], m.Parent, m.ElectionOn, m.ConfirmedOn);

    /// <summary>A field's value as text, to compare and to show; null when there is none.</summary>
    public static string? Value(MergedFields fields, string name) => name switch
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
                case "name": member.Call(from.Name); break;
                case "kind": member.Kind = from.Kind; break;
                case "country": member.Settle(from.Country); break;
                case "city": member.City = from.City; break;
                case "population": member.Population = from.Population; break;
                case "website": member.Website = from.Website; break;
                case "languages": member.Languages = [.. from.Languages]; break;
                case "parent": member.Parent = from.Parent; break;
                case "election": member.ElectionOn = from.ElectionOn; break;
                case "confirmed": member.ConfirmedOn = from.ConfirmedOn; break;
            }
    }
}
