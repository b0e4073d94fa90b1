using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Subjects;

namespace Plenaria.Members.Merging;

/// <summary>
/// Merges of people stood in the journal alone, before they had a table. Those whose entry still has its content are
/// carried over.
/// </summary>
internal static class JournaledMerges
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

    public static async Task CarryOverAsync(IServiceProvider services, CancellationToken cancel)
    {
        var (db, journal) = (services.GetRequiredService<PlenariaDb>(), services.GetRequiredService<Journal>());
        var lines = (await journal.Read(PersonMerge.Stream, int.MaxValue, cancel))
            .Where(l => l.What is not null)
            .ToList();
        var undone = lines
            .Where(l => l.Act == PersonMerge.Undone)
            .GroupBy(l => l.What!.Value.GetProperty("merge").GetGuid())
            .ToDictionary(g => g.Key, g => g.Max(l => l.At));
        var known = (await db.Set<PeopleMerge>().Select(m => m.Id).ToListAsync(cancel)).ToHashSet();
        var merges = lines
            .Where(l => l.Act == PersonMerge.Merged)
            .Select(l => (Line: l, Said: l.What!.Value.Deserialize<Content>(JsonSerializerOptions.Web)!))
            .Where(m => m.Said is { Moves: not null, Before: not null, Other: not null } && known.Add(m.Said.Merge))
            .ToList();
        if (merges.Count == 0)
            return;
        var ids = merges.ConvertAll(m => m.Line.Id);
        var actors = await db.Set<JournalEntry>()
            .Where(e => ids.Contains(e.Id))
            .ToDictionaryAsync(e => e.Id, e => e.Actor, cancel);
        foreach (var (line, said) in merges)
            db.Add(
                new PeopleMerge
                {
                    Id = said.Merge,
                    Kept = new(said.Kept),
                    Gone = new(said.Gone),
                    At = line.At,
                    By = actors[line.Id] is { } actor ? new(actor) : null,
                    Moves = said.Moves!,
                    Before = said.Before!,
                    Other = said.Other! with { Confirmed = said.Unconfirmed },
                    UndoneAt = undone.TryGetValue(said.Merge, out var at) ? at : null,
                }
            );
        journal.Append(
            services.GetRequiredService<SystemActor>().As("upgrade"),
            PersonMerge.Stream,
            "members.people-merges-carried-over",
            null,
            new { count = merges.Count }
        );
        await db.SaveChangesAsync(cancel);
    }
}
