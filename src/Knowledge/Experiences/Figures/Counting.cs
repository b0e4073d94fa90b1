using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Places;

namespace Plenaria.Experiences.Figures;

/// <summary>
/// What of the knowledge bank a figure of the plan counts: practices, the members that gave them, where they were taken
/// up.
/// </summary>
internal enum Counted
{
    Practices,
    Contributors,
    Adoptions,
}

/// <summary>
/// The records behind the figures: what was published, or confirmed as taken up, in a region over a period.
/// </summary>
internal sealed class Counting(PlenariaDb db)
{
    /// <summary>The world as a region.</summary>
    public const string World = "001";

    public async Task<IReadOnlyList<Experience>> Published(
        string region,
        DateOnly first,
        DateOnly last,
        CancellationToken cancel
    )
    {
        var (from, to) = Bounds(first, last);
        var published = db.Set<Experience>()
            .AsNoTracking()
            .Where(e => e.State == EditorialState.Published && e.PublishedAt >= from && e.PublishedAt < to);
        if (region != World)
        {
            var within = Within(region);
            published = published.Where(e => e.Country != null && within.Contains(e.Country));
        }
        return await published.OrderBy(e => e.PublishedAt).ThenBy(e => e.Number).ToListAsync(cancel);
    }

    public async Task<IReadOnlyList<Adoption>> Adopted(
        string region,
        DateOnly first,
        DateOnly last,
        CancellationToken cancel
    )
    {
        var (from, to) = Bounds(first, last);
        var adopted = db.Set<Adoption>().AsNoTracking().Where(a => a.IsConfirmed && a.At >= from && a.At < to);
        if (region != World)
        {
            var within = Within(region);
            adopted = adopted.Where(a => within.Contains(a.Country));
        }
        return await adopted.OrderBy(a => a.At).ToListAsync(cancel);
    }

    private static List<string> Within(string region) => [.. Countries.All.Where(c => Regions.Of(c).Contains(region))];

    private static (DateTimeOffset From, DateTimeOffset To) Bounds(DateOnly first, DateOnly last) =>
        (
            new(first.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
            last == DateOnly.MaxValue
                ? DateTimeOffset.MaxValue
                : new(last.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
        );
}
