using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenaria.Members.People;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Subjects;

namespace Plenaria.Members.Merging;

/// <summary>
/// Merges of people stood in the journal alone, before they had a table. Those whose entry still has its content are
/// carried over.
/// </summary>
internal sealed class JournaledMerges(PlenariaDb db, Journal journal, SystemActor house)
{
    private sealed record Content(
        Guid Merge,
        Guid Kept,
        Guid Gone,
        List<MovedRow>? Moves,
        PersonFields? Before,
        PersonFields? Other,
        Dictionary<Guid, DateTimeOffset>? Unconfirmed = null
    );

    // How often one record may have been merged into the next.
    private const int MostSteps = 100;

    public async Task CarryOverAsync(CancellationToken cancel)
    {
        var lines = (await journal.Read(PersonMerge.Stream, int.MaxValue, cancel)).Where(l => l.What is not null);
        var undone = lines
            .Where(l => l.Act == PersonMerge.Undone)
            .GroupBy(l => l.What!.Value.GetProperty("merge").GetGuid())
            .ToDictionary(g => g.Key, g => g.Max(l => l.At));
        var known = (await db.Set<PeopleMerge>().Select(m => m.Id).ToListAsync(cancel)).ToHashSet();
        var merges = lines
            .Where(l => l.Act == PersonMerge.Merged)
            .Select(l => (Line: l, Said: l.What!.Value.Deserialize<Content>(JsonSerializerOptions.Web)!))
            .Where(m => m.Said is { Moves: not null, Before: not null, Other: not null })
            .ToList();
        var erased = (
            await db.Set<Person>().Where(p => p.Folded == "").Select(p => p.Id.Value).ToListAsync(cancel)
        ).ToHashSet();
        // Whoever was erased is not brought back by what the journal still says of a record that became theirs.
        bool IsErased(Guid person, int steps) =>
            erased.Contains(person)
            || steps > 0
                && merges.Exists(m =>
                    m.Said.Gone == person && !undone.ContainsKey(m.Said.Merge) && IsErased(m.Said.Kept, steps - 1)
                );
        var missing = merges.FindAll(m => !IsErased(m.Said.Kept, MostSteps) && known.Add(m.Said.Merge));
        if (missing.Count == 0)
            return;
        var ids = missing.ConvertAll(m => m.Line.Id);
        var actors = await db.Set<JournalEntry>()
            .Where(e => ids.Contains(e.Id))
            .ToDictionaryAsync(e => e.Id, e => e.Actor, cancel);
        db.AddRange(missing.Select(m => Merge(m.Line, m.Said, actors[m.Line.Id], undone)));
        journal.Append(
            house.As("upgrade"),
            PersonMerge.Stream,
            "members.people-merges-carried-over",
            null,
            new { count = missing.Count }
        );
        await db.SaveChangesAsync(cancel);
    }

    private static PeopleMerge Merge(
        JournalLine line,
        Content said,
        Guid? by,
        Dictionary<Guid, DateTimeOffset> undone
    ) =>
        new()
        {
            Id = said.Merge,
            Kept = new(said.Kept),
            Gone = new(said.Gone),
            At = line.At,
            By = by is { } actor ? new(actor) : null,
            Moves = said.Moves!,
            Before = said.Before!,
            Other = said.Other! with { Confirmed = said.Unconfirmed },
            UndoneAt = undone.TryGetValue(said.Merge, out var at) ? at : null,
        };
}
