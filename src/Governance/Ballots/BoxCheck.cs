using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Ballots;

/// <summary>Whether every ballot still holds the roll and the papers that the journal speaks of.</summary>
internal static class BoxCheck
{
    public static async IAsyncEnumerable<string> Faults(
        IServiceProvider services,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var (db, journal) = (services.GetRequiredService<PlenariaDb>(), services.GetRequiredService<Journal>());
        foreach (var ballot in await db.Set<Ballot>().AsNoTracking().OrderBy(b => b.Id).ToListAsync(cancel))
        {
            var told = await journal.Read(ballot.Stream, int.MaxValue, cancel);
            var roll = await db.Set<RollVoice>().AsNoTracking().Where(v => v.Ballot == ballot.Id).ToListAsync(cancel);
            var papers = await db.Set<BallotPaper>()
                .AsNoTracking()
                .Where(p => p.Ballot == ballot.Id)
                .ToListAsync(cancel);
            var name = $"{ballot.Of}: ballot {ballot.Id}";
            if (
                told.FirstOrDefault(l => l.Act == "ballots.opened")?.Detail("roll")
                != BallotsApi.HashOf(roll.Select(v => new Voice(v.Member, v.Weight, v.Class)))
            )
                yield return $"{name}: its roll is not the one it was opened with";
            var stored = papers.Count + roll.Count(v => v.Envelope is not null);
            if (roll.Count(v => v.HasVoted) != stored)
                yield return $"{name}: {roll.Count(v => v.HasVoted)} have voted, {stored} papers are in the box";
            if (ballot.ClosedAt is not null && roll.Exists(v => v.Envelope is not null))
                yield return $"{name}: it is closed, and sealed votes are still on its roll";
            var closed = told.FirstOrDefault(l => l.Act is "ballots.closed" or "ballots.voided");
            if (closed is null != ballot.ClosedAt is null)
                yield return $"{name}: {(closed is null ? "it is closed, but the journal does not say so" : "the journal says that it was closed, but it is open")}";
            else if (closed is not null && closed.Detail("box") != BallotsApi.HashOf(papers))
                yield return $"{name}: its papers are not those that were counted";
        }
    }
}
