using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Places;
using Plenaria.Platform.Site;

namespace Plenaria.Publishing.Content;

/// <summary>What takes place when: what is to come by day, and what was, year by year.</summary>
[AllowAnonymous, Cacheable]
internal sealed class CalendarModel(PlenariaDb db, TimeProvider time) : PageModel
{
    private const int Most = 200;

    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    public IReadOnlyList<IGrouping<string, Item>> Months { get; private set; } = [];
    public IReadOnlyList<int> Past { get; private set; } = [];

    public static IQueryable<Item> Coming(PlenariaDb db, DateTimeOffset now) =>
        db.Set<Item>()
            .AsNoTracking()
            .Where(i => i.State == ItemState.Published && i.Kind == ItemKind.Event && (i.EndsAt ?? i.StartsAt) >= now)
            .OrderBy(i => i.StartsAt);

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
        var shown = Year is null
            ? await Coming(db, now).Take(Most).ToListAsync(cancel)
            : await events
                .Where(i => i.StartsAt >= from && i.StartsAt < to)
                .OrderBy(i => i.StartsAt)
                .Take(Most)
                .ToListAsync(cancel);
        Months =
        [
            .. shown.GroupBy(i =>
                PlaceTime
                    .In(i.Zone, i.StartsAt!.Value)
                    .ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture)
            ),
        ];
    }
}
