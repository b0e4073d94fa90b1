using Microsoft.EntityFrameworkCore;
using Plenaria.Comments;
using Plenaria.Platform.Data;

namespace Plenaria.Exchange.Figures;

/// <summary>What a figure of this module counts.</summary>
internal enum Counted
{
    Answered,
    Asked,
    Entries,
}

/// <summary>A record that a figure counts, and when it came to count.</summary>
internal sealed record CountedThread(Thread Thread, DateTimeOffset At);

/// <summary>An entry of an office's collection.</summary>
internal sealed record CountedEntry(CollectionEntry Entry, Collection Collection);

/// <summary>Counts what offices and members did over a period: the figures, and the list behind each.</summary>
internal sealed class Counting(PlenariaDb db, CommentService comments)
{
    private static (DateTimeOffset From, DateTimeOffset To) Between(DateOnly from, DateOnly to) =>
        (
            new(from.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
            new(to.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
        );

    /// <summary>Questions to an office, or to all of them, whose first answer falls in these days.</summary>
    public async Task<List<CountedThread>> Answered(
        OfficeId? office,
        DateOnly first,
        DateOnly last,
        CancellationToken cancel
    )
    {
        var (start, end) = Between(first, last);
        var answers = await (
            from m in comments.QueryShown()
            join t in db.Set<Thread>() on m.Record equals t.Id
            where
                t.Kind == ThreadKind.Office
                && !t.Withdrawn
                && (office == null || t.Office == office)
                && m.IsAnswer
                && m.At < end
            select new { t.Id, m.At }
        ).ToListAsync(cancel);
        var firsts = answers
            .GroupBy(a => a.Id)
            .Select(g => (g.Key, At: g.Min(a => a.At)))
            .Where(a => a.At >= start)
            .ToDictionary(a => a.Key, a => a.At);
        var ids = firsts.Keys.ToList();
        return
        [
            .. (await db.Set<Thread>().AsNoTracking().Where(t => ids.Contains(t.Id)).ToListAsync(cancel))
                .Select(t => new CountedThread(t, firsts[t.Id]))
                .OrderByDescending(t => t.At),
        ];
    }

    /// <summary>How many questions to an office were ever answered.</summary>
    public Task<int> AnsweredEver(OfficeId office, CancellationToken cancel)
    {
        var said = comments.QueryShown();
        return db.Set<Thread>()
            .CountAsync(
                t =>
                    t.Kind == ThreadKind.Office
                    && !t.Withdrawn
                    && t.Office == office
                    && said.Any(c => c.Record == t.Id && c.IsAnswer),
                cancel
            );
    }

    /// <summary>Questions put to an office; without one, questions put to the whole network.</summary>
    public async Task<List<CountedThread>> Asked(
        OfficeId? office,
        DateOnly first,
        DateOnly last,
        CancellationToken cancel
    )
    {
        var (start, end) = Between(first, last);
        var kind = office is null ? ThreadKind.Network : ThreadKind.Office;
        return
        [
            .. (
                await db.Set<Thread>()
                    .AsNoTracking()
                    .Where(t => t.Kind == kind && t.Office == office && !t.Withdrawn && t.At >= start && t.At < end)
                    .OrderByDescending(t => t.At)
                    .ToListAsync(cancel)
            ).Select(t => new CountedThread(t, t.At)),
        ];
    }

    /// <summary>What was put into the public collections of an office, or of all of them, in these days.</summary>
    public async Task<List<CountedEntry>> Entries(
        OfficeId? office,
        DateOnly first,
        DateOnly last,
        CancellationToken cancel
    )
    {
        var (start, end) = Between(first, last);
        var found = await (
            from e in db.Set<CollectionEntry>().AsNoTracking()
            join c in db.Set<Collection>().AsNoTracking() on e.Collection equals c.Id
            where
                c.Office != null && (office == null || c.Office == office) && c.IsPublic && e.At >= start && e.At < end
            orderby e.At descending
            select new { e, c }
        ).ToListAsync(cancel);
        return [.. found.Select(f => new CountedEntry(f.e, f.c))];
    }
}
