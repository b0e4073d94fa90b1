using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Home;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Publishing.Content;

/// <summary>What takes place when: what is to come by day, and what was, year by year.</summary>
[AllowAnonymous, Cacheable]
internal sealed class CalendarModel(PlenariaDb db, Contributions contributions, TimeProvider time, PageLocalizer texts)
    : PageModel
{
    private const int Most = 200;

    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    public IReadOnlyList<IGrouping<string, CalendarEntry>> Months { get; private set; } = [];
    public IReadOnlyList<int> Past { get; private set; } = [];

    public static IQueryable<Item> Coming(PlenariaDb db, DateTimeOffset now) =>
        db.Set<Item>()
            .AsNoTracking()
            .Where(i => i.State == ItemState.Published && i.Kind == ItemKind.Event && (i.EndsAt ?? i.StartsAt) >= now)
            .OrderBy(i => i.StartsAt);

    /// <summary>What other modules have coming, each the earliest first.</summary>
    public static async Task<IReadOnlyList<UpcomingItem>> FindElsewhereAsync(
        Contributions contributions,
        DateTimeOffset now,
        Kernel.Language reader,
        CancellationToken cancel
    )
    {
        var coming = new List<UpcomingItem>();
        foreach (var source in await contributions.GetAsync<IUpcoming>(cancel))
            if (source is not UpcomingEvents)
                coming.AddRange(await source.GetAsync(now, Most, reader, cancel));
        return coming;
    }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var events = db.Set<Item>()
            .AsNoTracking()
            .Where(i => i.State == ItemState.Published && i.Kind == ItemKind.Event);
        var gone = await events.Where(i => (i.EndsAt ?? i.StartsAt) < now).Select(i => i.StartsAt).ToListAsync(cancel);
        Past = [.. gone.OfType<DateTimeOffset>().Select(s => s.Year).Distinct().OrderDescending()];
        if (Year is < 1901 or > 9997)
            Year = null;
        var (from, to) = (
            new DateTimeOffset(Year ?? 2000, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset((Year ?? 2000) + 1, 1, 1, 0, 0, 0, TimeSpan.Zero)
        );
        var own = Year is null
            ? await Coming(db, now).Take(Most).ToListAsync(cancel)
            : await events
                .Where(i => i.StartsAt >= from && i.StartsAt < to)
                .OrderBy(i => i.StartsAt)
                .Take(Most)
                .ToListAsync(cancel);
        // What takes place in sessions stays on their pages; the years gone by are those of events.
        var elsewhere = Year is null ? await FindElsewhereAsync(contributions, now, texts.Language, cancel) : [];
        Months =
        [
            .. own.Select(i => CalendarEntry.Of(i, texts.Language))
                .Concat(elsewhere.Select(CalendarEntry.Of))
                .OrderBy(e => e.StartsAt)
                .Take(Most)
                .GroupBy(e => e.Month),
        ];
    }
}
